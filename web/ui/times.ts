import { CHINA, dayAt, daysBetween } from './days.ts'

const DAY = 86_400_000

/** A length of time as a clock: 02:41, or 1:02:41 from an hour on. Never negative. `ms` in milliseconds. */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${two(minutes)}:${two(seconds % 60)}`
}

const two = (value: number) => String(value).padStart(2, '0')

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', DAY],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

/** How far `at` is from `now` in words of the language: “18 分钟前”, “2 小时后”; “现在” within a minute. Both ms. */
export function relativeText(at: number, now: number, locale: string): string {
  const difference = at - now
  const [unit, size] = STEPS.find(([, step]) => Math.abs(difference) >= step) ?? [
    'second',
    Number.POSITIVE_INFINITY,
  ]
  const count = Math.trunc(difference / size)
  return new Intl.RelativeTimeFormat(locale, { numeric: count === 0 ? 'auto' : 'always' }).format(count, unit)
}

/** How long something still lasts, in hours and from the last hour on in minutes: “27小时”, “8分钟”; never less than a minute. `ms` in milliseconds. */
export function leftText(ms: number, locale: string): string {
  const [unit, size] = ms >= 3_600_000 ? (['hour', 3_600_000] as const) : (['minute', 60_000] as const)
  const count = Math.max(1, Math.floor(ms / size))
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count)
}

/** The moment `at` as it is said today: 20:30; 明天 08:00; 周四 08:00 within six days; 9月12日 08:00 beyond. Both ms. */
export function momentText(at: number, now: number, locale: string): string {
  const time = timeOfDay(locale).format(at)
  const days = daysBetween(now, at)
  if (days === 0) return time
  return `${dayWord(at, days, locale)} ${time}`
}

/** From–to, naming the day of the end only when it is another. Both ms. */
export function spanText(from: number, to: number, now: number, locale: string): string {
  const end = daysBetween(from, to) === 0 ? timeOfDay(locale).format(to) : momentText(to, now, locale)
  return `${momentText(from, now, locale)}–${end}`
}

/** A calendar day: 9月12日 in the year of `now`, with its year in any other. Both ms. */
export function dayText(at: number, now: number, locale: string): string {
  const sameYear = dayAt(at).slice(0, 4) === dayAt(now).slice(0, 4)
  const month = locale.startsWith('zh') ? 'long' : 'short'
  const options: Intl.DateTimeFormatOptions = {
    month,
    day: 'numeric',
    timeZone: CHINA,
    ...(sameYear ? {} : { year: 'numeric' }),
  }
  return new Intl.DateTimeFormat(locale, options).format(at)
}

function dayWord(at: number, days: number, locale: string): string {
  if (Math.abs(days) === 1)
    return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day')
  if (days > 1 && days < 7)
    return new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: CHINA }).format(at)
  return new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', timeZone: CHINA }).format(at)
}

const timeOfDay = (locale: string) =>
  new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: CHINA,
  })
