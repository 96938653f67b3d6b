import { FCR_FIGURES, type FcrFigure, type FcrGroup } from '#server/contract/insight.ts'
import type { Verdict } from '#server/contract/lists.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { DAY, HOUR } from '#server/platform/kernel/clock.ts'
import { callContacts, callbackContacts, type Attribution, type CallContact } from './contacts.ts'
import type { Period } from './periods.ts'
import { aroundEach, ratioOf, stayedAlone, weekName, type Around } from './rules.ts'

const TWO_DAYS = 48 * HOUR

/** A contact that is in a figure's denominator; `counted` says whether it is in the numerator too. */
export interface Counted extends Attribution {
  callId: number | null
  questionId: number | null
  personId: number
  at: number
  verdict: Verdict | null
  counted: boolean
}

/** What each figure is made of in a period. None of them looks at what another one goes by (docs/figures.md). */
export function countedContacts(
  db: Reader,
  now: number,
  { start, end }: Period,
  repeatDays: number,
): Record<FcrFigure, Counted[]> {
  const window = repeatDays * DAY
  const margin = Math.max(TWO_DAYS, window)
  const calls = callContacts(db, start - margin, end + margin)
  const around = aroundEach(calls)
  const own = calls.filter(one => one.at >= start && one.at < end)
  return {
    fcr_verdict: pick(own, one => (one.verdict === null ? undefined : one.verdict === 'resolved')),
    fcr_no_repeat_48h: pick(own, one => aloneFor(around, one, TWO_DAYS, now)),
    fcr_no_repeat_days: pick(own, one => aloneFor(around, one, window, now)),
    fcr_callback: callbackContacts(db, start, end).map(one => ({
      ...one,
      verdict: null,
      counted: one.solved,
    })),
    first_answer: pick(own, one => (one.consulted ? isAnsweredAtOnce(one) : undefined)),
  }
}

function pick(calls: readonly CallContact[], judge: (one: CallContact) => boolean | undefined): Counted[] {
  return calls.flatMap(one => {
    const counted = judge(one)
    return counted === undefined ? [] : [{ ...one, callId: one.id, counted }]
  })
}

function aloneFor(around: ReadonlyMap<number, Around>, one: CallContact, window: number, now: number) {
  const near = around.get(one.id)
  return near && stayedAlone(near, one.at, window, now)
}

/** Whether an approved entry or script was the answer in the call itself: nobody else was needed for it. */
const isAnsweredAtOnce = ({ verdict, named, questionId }: CallContact): boolean =>
  named && verdict !== 'escalated' && questionId === null

/** Every figure of some contacts. */
export const figuresOf = (counted: Record<FcrFigure, readonly Counted[]>) =>
  FCR_FIGURES.map(definition => {
    const rows = counted[definition]
    return { definition, ...ratioOf(rows.filter(row => row.counted).length, rows.length) }
  })

/** What a contact is grouped by, as it stands in a reply; null when it has no such thing. */
export const keyOf = (one: Attribution & { at: number }, by: FcrGroup): string | null => {
  if (by === 'week') return weekName(one.at)
  const { entryId: entry, scriptId: script, topic, category, department } = one
  const value = { entry, script, topic, category, department }[by]
  return value === null ? null : String(value)
}
