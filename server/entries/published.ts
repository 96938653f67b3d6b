import { and, eq, getTableColumns, gt, inArray, isNull, or, sql, type SQL } from 'drizzle-orm'
import type { Reader } from '#server/platform/db/db.ts'
import { entry, publication, retirement, revision } from './tables.ts'

/**
 * The one query behind everything an agent can see: for each entry the latest published revision whose validFrom has
 * come, unless the entry was retired after that publication or the revision's validUntil has passed at `now` (ms).
 * `ids` narrows it to some entries. Every other query, suggestion, list or export goes through it.
 */
export function publishedRevisions(db: Reader, now: number, ids?: readonly number[]): PublishedRevision[] {
  const { id: _id, ...columns } = getTableColumns(revision)
  return db
    .select({ ...columns, revisionId: revision.id, key: entry.key, publishedAt: publication.at })
    .from(publication)
    .innerJoin(revision, eq(revision.id, publication.revisionId))
    .innerJoin(entry, eq(entry.id, publication.entryId))
    .where(and(inForce(now), ids && inArray(publication.entryId, [...ids])))
    .all()
}

export type PublishedRevision = Omit<typeof revision.$inferSelect, 'id'> & {
  revisionId: number
  key: string | null
  publishedAt: number
}

function inForce(now: number): SQL | undefined {
  const latest = sql`${publication.id} = (
    select max(p.id) from publication p join revision r on r.id = p.revision_id
    where p.entry_id = ${publication.entryId} and (r.valid_from is null or r.valid_from <= ${now}))`
  const retired = sql`exists (
    select 1 from retirement t where t.entry_id = ${publication.entryId} and t.publication_id >= ${publication.id})`
  return and(latest, sql`not ${retired}`, or(isNull(revision.validUntil), gt(revision.validUntil, now)))
}

/** Ids of entries whose standing changed by the clock alone in the time (from, to]: they came into force or lapsed. */
export function entriesTurnedBetween(db: Reader, from: number, to: number): number[] {
  const between = (column: typeof revision.validFrom | typeof revision.validUntil) =>
    sql`${column} > ${from} and ${column} <= ${to}`
  const rows = db
    .selectDistinct({ id: revision.entryId })
    .from(revision)
    .where(or(between(revision.validFrom), between(revision.validUntil)))
    .all()
  return rows.map(row => row.id)
}

/** The last publication of an entry that no retirement has ended, whatever its validity; undefined when there is none. */
export function standingPublication(
  db: Reader,
  entryId: number,
): typeof publication.$inferSelect | undefined {
  return db
    .select()
    .from(publication)
    .where(
      and(
        eq(publication.entryId, entryId),
        sql`not exists (select 1 from ${retirement} where ${retirement.publicationId} >= ${publication.id} and ${retirement.entryId} = ${entryId})`,
      ),
    )
    .orderBy(sql`${publication.id} desc`)
    .get()
}

/** Where a published revision stands at `now`; undefined when it was never published. */
export function publicationStanding(db: Reader, now: number, revisionId: number) {
  const found = db.select().from(publication).where(eq(publication.revisionId, revisionId)).get()
  if (!found) return undefined
  const [current] = publishedRevisions(db, now, [found.entryId])
  if (current?.revisionId === revisionId) return 'in_force'
  const { validFrom, validUntil } = db.select().from(revision).where(eq(revision.id, revisionId)).get()!
  if (standingPublication(db, found.entryId) === undefined) return 'retired'
  if (validUntil !== null && validUntil <= now) return 'expired'
  return validFrom !== null && validFrom > now ? 'approved' : 'superseded'
}
