const BEIJING = '+08:00'
const DAY = 86_400_000

/** The first instant (ms) of a day YYYY-MM-DD in China. */
export const startOfDay = (day: string): number => Date.parse(`${day}T00:00:00${BEIJING}`)

/** The instant (ms) at which a day in China is over. */
export const endOfDay = (day: string): number => startOfDay(day) + DAY
