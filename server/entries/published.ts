import { and, desc, eq, getTableColumns, gt, inArray, isNull, or, sql, type SQL } from 'drizzle-orm'
import type { Reader } from '#server/platform/db/db.ts'
import { policies } from './policy.ts'
import { entry, publication, publicationEnd, retirement, revision } from './tables.ts'
import { verification } from './upkeep-tables.ts'

/**
 * The one query behind everything an agent can see: what is in force and no policy hides. `ids` narrows it to some
 * entries. Every query, suggestion, list or export that is for agents goes through it.
 */
export const publishedRevisions = (db: Reader, now: number, ids?: readonly number[]): PublishedRevision[] =>
  standingRevisions(db, now, ids, notHidden(db, now))

/** What is in force, also where a policy hides it from agents: for the people who bring it back in order. */
export const revisionsInForce = (db: Reader, now: number, ids?: readonly number[]): PublishedRevision[] =>
  standingRevisions(db, now, ids)

function standingRevisions(
  db: Reader,
  now: number,
  ids?: readonly number[],
  more?: SQL,
): PublishedRevision[] {
  const { id: _id, ...columns } = getTableColumns(revision)
  const { at: publishedAt, until } = publication
  return db
    .select({ ...columns, revisionId: revision.id, key: entry.key, publishedAt, until })
    .from(publication)
    .innerJoin(revision, eq(revision.id, publication.revisionId))
    .innerJoin(entry, eq(entry.id, publication.entryId))
    .where(and(inForce(now), more, ids && inArray(publication.entryId, [...ids])))
    .all()
}

export type PublishedRevision = Omit<typeof revision.$inferSelect, 'id'> & {
  revisionId: number
  key: string | null
  publishedAt: number
  until: number | null
}

/**
 * For each entry the published revision that began to hold last: when it was published, or at its validFrom if that
 * came later; unless the entry was retired after that publication or the revision's validUntil has passed at `now` (ms).
 * A publication by the fast lane counts until it lapses; then the one before it holds again.
 */
function inForce(now: number): SQL | undefined {
  const latest = sql`${publication.id} = (
    select p.id from publication p join revision r on r.id = p.revision_id
    where p.entry_id = ${publication.entryId} and (r.valid_from is null or r.valid_from <= ${now})
      and (p.until is null or (p.until > ${now} and not exists (select 1 from publication_end e where e.publication_id = p.id)))
    order by max(p.at, coalesce(r.valid_from, 0)) desc, p.id desc limit 1)`
  const retired = sql`exists (
    select 1 from retirement t where t.entry_id = ${publication.entryId} and t.publication_id >= ${publication.id})`
  return and(latest, sql`not ${retired}`, or(isNull(revision.validUntil), gt(revision.validUntil, now)))
}

const VERIFY_BY = sql`coalesce(
  (select v.verify_by from verification v where v.revision_id = ${revision.id} order by v.id desc limit 1), ${revision.verifyBy})`
/** An open task says that what the text rests on, a source or a quoted entry, is another one now. */
const GROUND_CHANGED = sql`exists (
  select 1 from entry_task t left join entry_task_end e on e.task_id = t.id
  where t.revision_id = ${revision.id} and t.kind in ('source_updated', 'quote_updated') and e.task_id is null)`

/** What the policies that hide something leave to be seen; most hide nothing, and then nothing is asked. */
function notHidden(db: Reader, now: number): SQL | undefined {
  const all = policies(db)
  const hiding = all.filter(policy => policy.hideOverdue || policy.hideSuperseded)
  const conditions = hiding.map(({ kind, category, hideOverdue, hideSuperseded }) => {
    const others = all.filter(one => one.kind === kind && one.category !== null).map(one => one.category!)
    const ofCategory =
      category === null
        ? sql`${revision.category} not in ${[...others, '']}`
        : eq(revision.category, category)
    const overdue = hideOverdue ? sql`${VERIFY_BY} <= ${now}` : sql`0`
    const replaced = hideSuperseded ? GROUND_CHANGED : sql`0`
    return sql`not (${revision.kind} = ${kind} and ${ofCategory} and (coalesce(${overdue}, 0) or ${replaced}))`
  })
  return and(...conditions)
}

/** Ids of entries whose standing changed by the clock alone in the time (from, to]: they came into force or lapsed. */
export function entriesTurnedBetween(db: Reader, from: number, to: number): number[] {
  const between = (column: Timed) => sql`${column} > ${from} and ${column} <= ${to}`
  const { validFrom, validUntil, verifyBy, entryId } = revision
  const byRevision = or(between(validFrom), between(validUntil), between(verifyBy))
  const lapsed = db
    .selectDistinct({ id: publication.entryId })
    .from(publication)
    .where(between(publication.until))
    .all()
  const overdue = db
    .selectDistinct({ id: entryId })
    .from(verification)
    .innerJoin(revision, eq(revision.id, verification.revisionId))
    .where(between(verification.verifyBy))
    .all()
  const turned = db.selectDistinct({ id: entryId }).from(revision).where(byRevision).all()
  return [...new Set([...turned, ...lapsed, ...overdue].map(row => row.id))]
}

type Timed =
  | typeof revision.validFrom
  | typeof revision.validUntil
  | typeof revision.verifyBy
  | typeof publication.until
  | typeof verification.verifyBy

/** The last publication of an entry that no retirement has ended, whatever its validity; undefined when there is none. */
export function standingPublication(
  db: Reader,
  entryId: number,
): typeof publication.$inferSelect | undefined {
  const notRetired = sql`not exists (
    select 1 from retirement t where t.publication_id >= ${publication.id} and t.entry_id = ${entryId})`
  const where = and(eq(publication.entryId, entryId), notRetired)
  return db
    .select()
    .from(publication)
    .where(where)
    .orderBy(sql`${publication.id} desc`)
    .get()
}

/** Where a published revision stands at `now`; undefined when it was never published, or only for a while that is over. */
export function publicationStanding(db: Reader, now: number, revisionId: number) {
  const rows = db.select().from(publication).where(eq(publication.revisionId, revisionId)).all()
  const found = rows.find(row => row.until === null) ?? fastPublication(db, now, revisionId)
  if (!found) return undefined
  const [current] = revisionsInForce(db, now, [found.entryId])
  if (current?.revisionId === revisionId) return 'in_force'
  const { validFrom, validUntil } = db.select().from(revision).where(eq(revision.id, revisionId)).get()!
  if (standingPublication(db, found.entryId) === undefined)
    return lastPublication(db, found.entryId)?.id === found.id ? 'retired' : 'superseded'
  if (validUntil !== null && validUntil <= now) return 'expired'
  return validFrom !== null && validFrom > now ? 'approved' : 'superseded'
}

/** The fast-lane publication of a revision that holds at `now`, if there is one. */
export function fastPublication(
  db: Reader,
  now: number,
  revisionId: number,
): { id: number; entryId: number; until: number; reason: string | null } | undefined {
  const running = and(
    eq(publication.revisionId, revisionId),
    gt(publication.until, now),
    isNull(publicationEnd.at),
  )
  const found = db
    .select({ ...getTableColumns(publication) })
    .from(publication)
    .leftJoin(publicationEnd, eq(publicationEnd.publicationId, publication.id))
    .where(running)
    .get()
  return found ? { ...found, until: found.until! } : undefined
}

/** The last publication of an entry, whether it holds or not. */
export const lastPublication = (db: Reader, entryId: number) =>
  db.select().from(publication).where(eq(publication.entryId, entryId)).orderBy(desc(publication.id)).get()

/** When, until when and, by the fast lane, why a revision was put in force, oldest first. */
export const publicationsOf = (db: Reader, revisionId: number) =>
  db.select().from(publication).where(eq(publication.revisionId, revisionId)).orderBy(publication.id).all()

/** When and why an entry was taken out of force, oldest first. */
export const retirementsOf = (db: Reader, entryId: number) =>
  db.select().from(retirement).where(eq(retirement.entryId, entryId)).orderBy(retirement.id).all()
