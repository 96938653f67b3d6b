const DAY = 86_400_000
/** China has one time zone and no summer time. */
const CHINA = 8 * 3_600_000

/** Where the line of a Pareto chart is drawn: the groups that make this share of all are the vital few. */
export const PARETO_LINE = 0.8

/** The share of each count in all of them, 0 to 1; 0 of nothing. */
export function shares(counts: readonly number[]): number[] {
  const all = counts.reduce((sum, count) => sum + count, 0)
  return counts.map(count => (all === 0 ? 0 : count / all))
}

/** For counts in falling order the share up to and with each, and whether it is needed to reach the line. */
export function pareto(counts: readonly number[]): { cumulated: number; isVital: boolean }[] {
  const all = counts.reduce((sum, count) => sum + count, 0)
  let reached = 0
  return counts.map(count => {
    const isVital = reached < PARETO_LINE * all
    reached += count
    return { cumulated: all === 0 ? 0 : reached / all, isVital }
  })
}

/** The value at a rank of a part (0 to 1) of all, by nearest rank: always one that occurred; null of none. */
export function nearestRank(values: readonly number[], part: number): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? null
}

/** Median and 90th percentile by nearest rank. */
export const spreadOf = (values: readonly number[]) => ({
  count: values.length,
  median: nearestRank(values, 0.5),
  p90: nearestRank(values, 0.9),
})

/** A figure with what it is made of; without a value when there is nothing to divide by. */
export const ratioOf = (numerator: number, denominator: number) => ({
  numerator,
  denominator,
  value: denominator === 0 ? null : numerator / denominator,
})

/** The first instant (ms) of the ISO week, in China, that holds an instant: a Monday. */
export function weekStart(at: number): number {
  const day = Math.floor((at + CHINA) / DAY)
  const sinceMonday = (day + 3) % 7 // day 0, 1 January 1970, was a Thursday
  return (day - sinceMonday) * DAY - CHINA
}

/** The name of the ISO week, in China, that holds an instant, such as 2026-W47. A week is of the year of its Thursday. */
export function weekName(at: number): string {
  const thursday = new Date(weekStart(at) + CHINA + 3 * DAY)
  const year = thursday.getUTCFullYear()
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY)) + 1
  return `${year}-W${String(week).padStart(2, '0')}`
}

/**
 * Which of a call's searches, in their order, were asked: what the next one goes on with was still being typed, and what
 * was asked before is not asked again.
 */
export function asked<T extends { wording: string }>(searches: readonly T[]): T[] {
  const whole = searches.filter(({ wording }, index) => {
    const next = searches[index + 1]?.wording
    return wording !== '' && !(next !== undefined && next !== wording && next.startsWith(wording))
  })
  const first = new Map(whole.toReversed().map(one => [one.wording, one]))
  return whole.filter(one => first.get(one.wording) === one)
}

/** A contact of somebody at some time (ms) on some topic. Numbers are hashes. */
export interface Contact {
  id: number
  at: number
  topic: string | null
  caller: string | null
  account: string | null
}

/** What the same customer, by number or account, did on the same topic before and after a contact: ms in between. */
export interface Around {
  before: number
  after: number
}

/**
 * How far each contact is from the one before and after it of the same customer and topic; Infinity where there is none.
 * Contacts without a number or without a topic cannot be compared and are left out.
 */
export function aroundEach(contacts: readonly Contact[]): Map<number, Around> {
  const sorted = contacts.toSorted((a, b) => a.at - b.at || a.id - b.id)
  const around = new Map<number, Around>()
  const last = new Map<string, Contact>()
  for (const one of sorted)
    for (const key of keysOf(one)) {
      const own = around.get(one.id) ?? { before: Infinity, after: Infinity }
      const previous = last.get(key)
      if (previous) {
        own.before = Math.min(own.before, one.at - previous.at)
        const theirs = around.get(previous.id)!
        theirs.after = Math.min(theirs.after, one.at - previous.at)
      }
      around.set(one.id, own)
      last.set(key, one)
    }
  return around
}

function keysOf({ topic, caller, account }: Contact): string[] {
  if (topic === null) return []
  const known = { number: caller, account }
  return Object.entries(known).flatMap(([kind, hash]) => (hash === null ? [] : [`${kind} ${hash} ${topic}`]))
}

/**
 * Whether a contact was the first and stayed the only one within a window (ms): `undefined` when it is not to be counted,
 * since it was a repeat itself or the window is not over at `now`.
 */
export function stayedAlone(
  { before, after }: Around,
  at: number,
  window: number,
  now: number,
): boolean | undefined {
  return before < window || now < at + window ? undefined : after >= window
}
