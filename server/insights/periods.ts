import { DAY } from '#server/platform/kernel/clock.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { endOfDay, startOfDay } from '#server/entries/index.ts'
import { chinaDay } from '#server/sources/index.ts'

/** The longest period, in days, that figures are reckoned for at once. */
const LONGEST = 92
const USUAL = 28

/** A period of whole days in China, and its instants (ms), half-open. */
export interface Period {
  from: string
  until: string
  start: number
  end: number
}

/** The period asked for; the last 28 days when nothing is named. Refuses one that is longer than 92 days or ends before it begins. */
export function periodOf(now: number, asked: { from?: string; until?: string }): Period {
  const until = asked.until ?? chinaDay(now)
  const from = asked.from ?? chinaDay(startOfDay(until) - (USUAL - 1) * DAY)
  const [start, end] = [startOfDay(from), endOfDay(until)]
  if (!(start < end) || end - start > LONGEST * DAY)
    throw new Refusal('request.invalid', [{ path: 'query.from', message: `1 to ${LONGEST} days` }])
  return { from, until, start, end }
}
