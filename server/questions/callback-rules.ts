import type { CallbackResult, CallbackState, QuestionState } from '#server/contract/question-lists.ts'

/** A try to reach the customer. `revisionId` is the publication it told of, null a refusal; times in ms. */
export interface Try {
  result: CallbackResult
  revisionId: number | null
  /** When to try again; null after a try that was not the last word means that it was given up. */
  retryAt: number | null
}

/** What the state of a call-back follows from. */
export interface CallbackFacts {
  /** The state of the question that leads its asking. */
  lead: QuestionState
  /** The publication that answers it; null while there is none, and when it was refused. */
  answer: number | null
  /** Oldest first. */
  tries: readonly Try[]
  isPurged: boolean
}

/** Whether there is something to tell the customer: the answer, or that there will be none. */
export const isSettled = (lead: QuestionState): boolean => lead === 'published' || lead === 'refused'

/** The tries that told, or tried to tell, of what is to be told now. */
export const triesOf = ({ answer, tries }: Pick<CallbackFacts, 'answer' | 'tries'>): Try[] =>
  tries.filter(one => one.revisionId === answer && !endsForGood(one))

/**
 * Where a call-back stands. It is done once the customer heard this answer, was given up for it, cannot be reached by
 * this number or wants no more; a customer who heard of one publication is called again only for another. A question is
 * closed only when all was told, so its call-backs are done too.
 */
export function callbackState(facts: CallbackFacts, now: number): CallbackState {
  if (facts.isPurged || facts.lead === 'closed' || facts.tries.some(endsForGood)) return 'done'
  if (!isSettled(facts.lead)) return 'waiting'
  const last = triesOf(facts).at(-1)
  if (!last) return 'due'
  if (last.result === 'reached' || last.retryAt === null) return 'done'
  return last.retryAt > now ? 'later' : 'due'
}

const endsForGood = ({ result }: Try): boolean => result === 'wrong_number' || result === 'not_wanted'

/** When to try again (ms) after a customer was not reached for the `made`-th time; null when it is given up. */
export const nextTryAt = (made: number, most: number, wished: number): number | null =>
  made >= most ? null : wished
