import { and, asc, desc, eq, ne } from 'drizzle-orm'
import type { ApprovalView, BasisView, EntryLink, EntryView } from '#server/contract/entry.ts'
import { among, type Reader } from '#server/platform/db/db.ts'
import { iso, isoOrNull } from '#server/platform/kernel/clock.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { renderMarkdown, withoutFrontMatter } from '#server/platform/markdown/render.ts'
import { person, requireAnyRole, type Actor } from '#server/people/index.ts'
import { sourcesByIds } from '#server/sources/index.ts'
import { publicationsOf, publishedRevisions, type PublishedRevision } from './published.ts'
import { standingsOf } from './standing.ts'
import { approval, entry, favourite, revision, revisionBasis } from './tables.ts'

/** What stands in for a name where the committee as a whole approved imported content at its founding. */
const FOUNDING_COMMITTEE = '知识库运维小组'
const MAX_RELATED = 5
const MAX_FAVOURITES = 100

/** The published revision of an entry in force; refuses `entry.not_found` for anything else, to everyone alike. */
export function publishedEntry(db: Reader, now: number, actor: Actor, id: number): EntryView {
  requireAnyRole(actor)
  const [found] = publishedRevisions(db, now, [id])
  if (!found) throw new Refusal('entry.not_found')
  return {
    ...linkOf(found),
    say: found.say,
    bodyHtml: renderMarkdown(withoutFrontMatter(found.body), ref => resolveEntry(db, now, ref)),
    tags: found.tags,
    validFrom: isoOrNull(found.validFrom),
    ...standingBeside(db, now, found),
    favourite: isFavourite(db, actor, id),
    related: relatedTo(db, now, found),
  }
}

/** What is told of a revision in force beside its text: how it is filed, its labels and times, and on whose word it holds. */
export function standingBeside(db: Reader, now: number, found: PublishedRevision) {
  const { category, similarQuestions, scope, number, ownerDepartment } = found
  const basis = basisOf(db, now, [found.revisionId]).get(found.revisionId) ?? []
  const standing = standingsOf(db, now, [found], new Map([[found.revisionId, basis]])).get(found.revisionId)!
  return {
    category,
    similarQuestions,
    scope,
    revision: number,
    owner: ownerDepartment,
    basis,
    labels: standing.labels,
    validUntil: isoOrNull(found.validUntil),
    verifiedAt: iso(standing.verifiedAt),
    verifyBy: isoOrNull(standing.verifyBy),
    publishedAt: iso(found.publishedAt),
    approvedBy: approvalsOf(db, found),
  }
}

/** Citations of revisions, by revision id, in their order, with each source's status at `now`. */
export function basisOf(db: Reader, now: number, revisionIds: readonly number[]): Map<number, BasisView[]> {
  const rows = db
    .select()
    .from(revisionBasis)
    .where(among(revisionBasis.revisionId, revisionIds))
    .orderBy(asc(revisionBasis.revisionId), asc(revisionBasis.position))
    .all()
  const sources = sourcesByIds(db, now, [...new Set(rows.map(row => row.sourceId))])
  const byRevision = new Map<number, BasisView[]>(revisionIds.map(id => [id, []]))
  for (const row of rows) byRevision.get(row.revisionId)!.push(cited(row, sources))
  return byRevision
}

type Citation = { sourceId: number; clause?: string | null }

/** Citations with what is known of each source at `now`. */
export function basisViews(db: Reader, now: number, citations: readonly Citation[]): BasisView[] {
  const sources = sourcesByIds(db, now, [...new Set(citations.map(one => one.sourceId))])
  return citations.map(one => cited(one, sources))
}

function cited({ sourceId, clause = null }: Citation, sources: ReturnType<typeof sourcesByIds>): BasisView {
  const { title, number, status } = sources.get(sourceId)!
  return { sourceId, title, number, clause, status }
}

/** The citations of one revision as they are written. */
export const citationsOf = (db: Reader, revisionId: number): { sourceId: number; clause?: string }[] =>
  db
    .select()
    .from(revisionBasis)
    .where(eq(revisionBasis.revisionId, revisionId))
    .orderBy(asc(revisionBasis.position))
    .all()
    .map(({ sourceId, clause }) => ({ sourceId, ...(clause !== null && { clause }) }))

/** Links to those of `ids` that are in force, in the order given. */
export function entryLinks(db: Reader, now: number, actor: Actor, ids: readonly number[]): EntryLink[] {
  requireAnyRole(actor)
  const found = new Map(publishedRevisions(db, now, ids).map(one => [one.entryId, one]))
  return ids.flatMap(id => found.get(id) ?? []).map(linkOf)
}

/** What the actor marked, latest first, as far as it is in force. */
export function favouriteEntries(db: Reader, now: number, actor: Actor): EntryLink[] {
  const rows = db
    .select({ id: favourite.entryId })
    .from(favourite)
    .where(eq(favourite.personId, actor.id))
    .orderBy(desc(favourite.at))
    .limit(MAX_FAVOURITES)
    .all()
  return entryLinks(
    db,
    now,
    actor,
    rows.map(row => row.id),
  )
}

type Linked = Pick<PublishedRevision, 'entryId' | 'kind' | 'topic' | 'standardQuestion'>

/** What a list needs to lead to an entry. */
export const linkOf = ({ entryId, kind, topic, standardQuestion }: Linked): EntryLink => ({
  id: entryId,
  kind,
  topic,
  title: standardQuestion,
})

export function resolveEntry(db: Reader, now: number, ref: string): number | undefined {
  const id = /^\d+$/u.test(ref)
    ? Number(ref)
    : db.select({ id: entry.id }).from(entry).where(eq(entry.key, ref)).get()?.id
  return id !== undefined && publishedRevisions(db, now, [id]).length > 0 ? id : undefined
}

/** On whose word a revision was put in force; those of a fast-lane publication before it are not among them. */
function approvalsOf(
  db: Reader,
  { revisionId, publishedAt }: Pick<PublishedRevision, 'revisionId' | 'publishedAt'>,
): ApprovalView[] {
  const rows = db
    .select({ name: person.name, department: approval.department, at: approval.at })
    .from(approval)
    .leftJoin(person, eq(person.id, approval.personId))
    .where(and(eq(approval.revisionId, revisionId), eq(approval.at, publishedAt)))
    .orderBy(asc(approval.id))
    .all()
  return rows.map(row => ({
    name: row.name ?? FOUNDING_COMMITTEE,
    department: row.department,
    at: iso(row.at),
  }))
}

/** On whose word a revision was put in force last; nobody's when it never was. */
export function approvalsOfRevision(db: Reader, revisionId: number): ApprovalView[] {
  const last = publicationsOf(db, revisionId).at(-1)
  return last ? approvalsOf(db, { revisionId, publishedAt: last.at }) : []
}

const isFavourite = (db: Reader, actor: Actor, entryId: number): boolean =>
  db
    .select()
    .from(favourite)
    .where(and(eq(favourite.personId, actor.id), eq(favourite.entryId, entryId)))
    .get() !== undefined

function relatedTo(db: Reader, now: number, { entryId, topic }: PublishedRevision): EntryLink[] {
  const rows = db
    .selectDistinct({ id: revision.entryId })
    .from(revision)
    .where(and(eq(revision.topic, topic), ne(revision.entryId, entryId)))
    .all()
  return publishedRevisions(
    db,
    now,
    rows.map(row => row.id),
  )
    .filter(one => one.topic === topic)
    .slice(0, MAX_RELATED)
    .map(linkOf)
}
