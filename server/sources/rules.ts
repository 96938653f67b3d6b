import type { SourceStatus } from '#server/contract/lists.ts'

/** The calendar day in China at `now`, YYYY-MM-DD. China has one time zone and no summer time. */
export const chinaDay = (now: number): string => new Date(now + 8 * 3_600_000).toISOString().slice(0, 10)

/** A source's status on a day: one that went out of force or was replaced is outdated, whatever was noted of it. */
export function statusOn(
  source: { status: SourceStatus; inForceTo: string | null; supersededBy: number | null },
  day: string,
): SourceStatus {
  const over = source.inForceTo !== null && source.inForceTo < day
  if (over) return 'outdated'
  return source.supersededBy !== null && source.status === 'current' ? 'outdated' : source.status
}
