const BEIJING = '+08:00'
const DAY = 86_400_000

/** The day YYYY-MM-DD in China on which an instant falls; '' for none. */
export const dayFrom = (instant: string | null): string =>
  instant === null ? '' : dayAt(Date.parse(instant))

/** The last day in China of a time that is over at the instant; '' for none. */
export const lastDayBefore = (instant: string | null): string =>
  instant === null ? '' : dayAt(Date.parse(instant) - 1)

/** The instant at which a day YYYY-MM-DD begins in China; null for '' and for what is no day. */
export const beginningOf = (day: string): string | null => instantAt(startOf(day))

/** The instant at which a day in China is over. */
export const endOf = (day: string): string | null => instantAt(startOf(day) + DAY)

const startOf = (day: string): number => Date.parse(`${day}T00:00:00${BEIJING}`)
const dayAt = (ms: number): string => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10)
const instantAt = (ms: number): string | null => (Number.isNaN(ms) ? null : new Date(ms).toISOString())
