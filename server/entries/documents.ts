import type { Reader } from '#server/platform/db/db.ts'
import type { BasisView } from '#server/contract/entry.ts'
import { basisOf } from './queries.ts'
import { publishedRevisions, type PublishedRevision } from './published.ts'
import { labelsOf } from './rules.ts'

/** A published revision with all that a search needs of it. */
export type SearchableEntry = PublishedRevision & { basis: BasisView[] }

/** Entries in force at `now`, or those of `ids` that are; labels include what their sources have become. */
export function searchableEntries(db: Reader, now: number, ids?: readonly number[]): SearchableEntry[] {
  const found = publishedRevisions(db, now, ids)
  const basis = basisOf(
    db,
    now,
    found.map(one => one.revisionId),
  )
  return found.map(one => {
    const cited = basis.get(one.revisionId) ?? []
    const labels = labelsOf(
      one.labels,
      cited.map(source => source.status),
    )
    return { ...one, labels, basis: cited }
  })
}
