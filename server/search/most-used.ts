import type { Db } from '#server/platform/db/db.ts'
import { openingCounts } from '#server/calls/index.ts'
import { publishedRevisions } from '#server/entries/index.ts'
import { entryDocumentId } from './documents.ts'

type MostUsed = { ids: string[]; total: number; facets: Record<string, Record<string, number>> }
type Filter = { kind?: string; category?: string }

/** What an empty query lists: entries in force, the most opened of the last 30 days first, then the newest. */
export function mostUsed(db: Db, now: number, filter: Filter): MostUsed {
  const openings = new Map(openingCounts(db, now).map(row => [row.entryId, row.openings]))
  const all = publishedRevisions(db, now)
  const found = all
    .filter(one => fits(one, filter))
    .toSorted(
      (a, b) =>
        (openings.get(b.entryId) ?? 0) - (openings.get(a.entryId) ?? 0) ||
        b.publishedAt - a.publishedAt ||
        a.entryId - b.entryId,
    )
  return {
    ids: found.map(one => entryDocumentId(one.entryId)),
    total: found.length,
    facets: {
      kind: counts(all.filter(one => fits(one, { category: filter.category })).map(one => one.kind)),
      category: counts(all.filter(one => fits(one, { kind: filter.kind })).map(one => one.category)),
    },
  }
}

const fits = (one: { kind: string; category: string }, { kind, category }: Filter): boolean =>
  (kind === undefined || one.kind === kind) && (category === undefined || one.category === category)

function counts(values: readonly string[]): Record<string, number> {
  const found: Record<string, number> = Object.create(null)
  for (const value of values) found[value] = (found[value] ?? 0) + 1
  return { ...found }
}
