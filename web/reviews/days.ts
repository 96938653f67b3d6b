const two = (value: number) => String(value).padStart(2, '0')

/** A calendar day of this computer as YYYY-MM-DD; `at` in ms. */
export function dayText(at: number): string {
  const day = new Date(at)
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}

/** When a day YYYY-MM-DD begins here, in ms; `later` days on. NaN when it is no day. */
export function dayStart(day: string, later = 0): number {
  const [year = Number.NaN, month = Number.NaN, date = Number.NaN] = day.split('-').map(Number)
  return new Date(year, month - 1, date + later).getTime()
}

/** Whether two days are a time that does not end before it begins. */
export const isSpan = (first: string, last: string): boolean => dayStart(first) <= dayStart(last)
