import { computed } from 'vue'
import { serverNow } from '../api/index.ts'
import { dayAt, isSpan } from '../ui/days.ts'
import { keptText } from '../ui/kept.ts'

const DAY = 86_400_000

/** Periods to choose from: so many days up to today, all there is (gaps alone), or two days one names. */
export const SPANS = ['7', '28', '91', 'all', 'own'] as const
export type Span = (typeof SPANS)[number]
/** The server reckons figures for so many days at most. */
export const LONGEST = 92

const kept = keptText('insights.span')
export const ownFrom = keptText('insights.from')
export const ownUntil = keptText('insights.until')

export const span = computed<Span>({
  get: () => SPANS.find(one => one === kept.value) ?? '28',
  set: one => {
    if (one === 'own' && ownFrom.value === '') {
      const { from = '', until = '' } = periodOf('28', serverNow())
      ownFrom.value = from
      ownUntil.value = until
    }
    kept.value = one
  },
})

/** First and last day of a span of days that ends today; nothing for all there is. `now` in ms. */
export function periodOf(chosen: Span, now: number): { from?: string; until?: string } {
  if (chosen === 'all') return {}
  if (chosen === 'own') return { from: ownFrom.value, until: ownUntil.value }
  return { from: dayAt(now - (Number(chosen) - 1) * DAY), until: dayAt(now) }
}

/** Why the days one named are no period, as a key of the locale files; undefined when they are one. */
export function spanFault(from: string, until: string, longest = Infinity): string | undefined {
  if (from === '' || until === '' || !isSpan(from, until)) return 'insights.period.backwards'
  const days = (Date.parse(until) - Date.parse(from)) / DAY + 1
  return days > longest ? 'insights.period.long' : undefined
}

/** The period of the gap board. */
export const gapPeriod = (): { from?: string; until?: string } => periodOf(span.value, serverNow())
/** The period of the figures: not all there ever was, but 13 weeks of it. */
export const figurePeriod = (): { from?: string; until?: string } =>
  periodOf(span.value === 'all' ? '91' : span.value, serverNow())

/** What is wrong with the period chosen; `longest` in days. */
export const periodFault = (longest?: number): string | undefined =>
  span.value === 'own' ? spanFault(ownFrom.value, ownUntil.value, longest) : undefined
