/** Days are those of China, wherever the computer is and whatever its clock is set to: the grid runs on one time. */
export const CHINA = 'Asia/Shanghai'

const OFFSET = 8 * 3_600_000
const DAY = 86_400_000

/** The day YYYY-MM-DD in China at a moment (ms). */
export const dayAt = (ms: number): string => new Date(ms + OFFSET).toISOString().slice(0, 10)

/** The day on which an instant falls; '' for none. */
export const dayFrom = (instant: string | null): string =>
  instant === null ? '' : dayAt(Date.parse(instant))

/** The last day of a time that is over at the instant; '' for none. */
export const lastDayBefore = (instant: string | null): string =>
  instant === null ? '' : dayAt(Date.parse(instant) - 1)

/** The instant at which a day YYYY-MM-DD begins; null for '' and for what is no day. */
export const beginningOf = (day: string): string | null => instantAt(startOf(day))

/** The instant at which a day is over. */
export const endOf = (day: string): string | null => instantAt(startOf(day) + DAY)

/** Whether two days are a time that does not end before it begins. */
export const isSpan = (first: string, last: string): boolean => startOf(first) <= startOf(last)

/** How many days lie between two moments (ms), counted by midnights. */
export const daysBetween = (from: number, to: number): number =>
  Math.floor((to + OFFSET) / DAY) - Math.floor((from + OFFSET) / DAY)

const startOf = (day: string): number => Date.parse(`${day}T00:00:00+08:00`)
const instantAt = (ms: number): string | null => (Number.isNaN(ms) ? null : new Date(ms).toISOString())
