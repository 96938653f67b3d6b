import type { BasisView } from '#server/contract/entry.ts'
import type { ViewLabel } from '#server/contract/lists.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { publishedRevisions, type PublishedRevision } from './published.ts'
import { basisOf } from './queries.ts'
import { standingsOf } from './standing.ts'

/** A published revision with all that a search needs of it. */
export type SearchableEntry = Omit<PublishedRevision, 'labels'> & { labels: ViewLabel[]; basis: BasisView[] }

/** Entries in force at `now`, or those of `ids` that are, with all the labels an agent must see. */
export function searchableEntries(db: Reader, now: number, ids?: readonly number[]): SearchableEntry[] {
  const found = publishedRevisions(db, now, ids)
  const basis = basisOf(
    db,
    now,
    found.map(one => one.revisionId),
  )
  const standings = standingsOf(db, now, found, basis)
  return found.map(one => ({
    ...one,
    labels: standings.get(one.revisionId)!.labels,
    basis: basis.get(one.revisionId) ?? [],
  }))
}
