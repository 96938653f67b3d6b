import type { NewCall } from '#server/contract/call.ts'

/** What the telephone system hands over in the address when a call comes in. */
export interface ScreenPop {
  /** The call to begin; absent when the address names none. */
  call?: NewCall
  area?: string
  q?: string
  workNo?: string
  /** An entry to open, as links in texts of entries name it; or a notice, as notifications do. */
  entry?: number
  notice?: number
  /** A question of one's own, as notifications name it. */
  question?: number
}

const MAX_TEXT = 200

/** Reads an address' query. Parameters that are unknown, empty or not of their kind are ignored. */
export function readPop(search: string): ScreenPop {
  const given = new URLSearchParams(search)
  const text = (name: string) => given.get(name)?.trim().slice(0, MAX_TEXT) || undefined
  const [callId, callerNum, accountNo] = [
    text('callid')?.slice(0, 80),
    number(text('callerNum')),
    number(text('accountNo')),
  ]
  const area = text('area')?.slice(0, 60)
  const [entry, notice, question] = [id(text('entry')), id(text('notice')), id(text('question'))]
  return {
    ...((callId ?? callerNum ?? accountNo) && { call: { callId, callerNum, accountNo, area } }),
    ...(area && { area }),
    ...(text('q') && { q: text('q') }),
    ...(text('workNo') && { workNo: text('workNo') }),
    ...(entry && { entry }),
    ...(notice && { notice }),
    ...(question && { question }),
  }
}

/** What is to be opened of what the address names. */
export function linkedTarget({
  entry,
  notice,
}: ScreenPop): { kind: 'answer' | 'notice'; id: number } | undefined {
  if (entry !== undefined) return { kind: 'answer', id: entry }
  return notice === undefined ? undefined : { kind: 'notice', id: notice }
}

/** The number of a thing; undefined for what is none. */
function id(text: string | undefined): number | undefined {
  const number = Number(text)
  return Number.isSafeInteger(number) && number > 0 ? number : undefined
}

const number = (text: string | undefined) => text?.slice(0, 32)

/** Takes everything personal out of the address bar and the history: only the path is left. */
export function scrubAddress(): void {
  if (location.search !== '') history.replaceState(null, '', location.pathname)
}
