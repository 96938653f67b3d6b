/** A search that follows within this time (ms) is still the same question being typed. */
export const STILL_TYPING = 2_000

/** What is left in the outbox, with the call's id, when a call has ended or what is said of an ended one has changed. */
export const CALL_ENDED = 'call.ended'

/** The window (ms) in which an answer's use counts as recent: for "most used" and "resolved lately". */
export const RECENT = 30 * 86_400_000

/** The digits of a telephone or account number 户号, letters kept; undefined when nothing is left. */
export function plainNumber(text: string | undefined): string | undefined {
  const plain = text?.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '')
  return plain ? plain : undefined
}

export const last4 = (text: string): string => text.slice(-4)
