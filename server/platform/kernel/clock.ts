/** The only source of "now" in the service: milliseconds since 1970 UTC. Tests pass their own. */
export type Clock = () => number

export const systemClock: Clock = () => Date.now()

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** An instant as JSON shows it. */
export const iso = (ms: number): string => new Date(ms).toISOString()
export const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms))
