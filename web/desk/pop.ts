import type { NewCall } from '#server/contract/call.ts'

/** What the telephone system hands over in the address when a call comes in. */
export interface ScreenPop {
  /** The call to begin; absent when the address names none. */
  call?: NewCall
  area?: string
  q?: string
  workNo?: string
  /** An entry to open, as links in texts of entries name it. */
  entry?: number
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
  const entry = Number(text('entry'))
  return {
    ...((callId ?? callerNum ?? accountNo) && { call: { callId, callerNum, accountNo, area } }),
    ...(area && { area }),
    ...(text('q') && { q: text('q') }),
    ...(text('workNo') && { workNo: text('workNo') }),
    ...(Number.isSafeInteger(entry) && entry > 0 && { entry }),
  }
}

const number = (text: string | undefined) => text?.slice(0, 32)

/** Takes everything personal out of the address bar and the history: only the path is left. */
export function scrubAddress(): void {
  if (location.search !== '') history.replaceState(null, '', location.pathname)
}
