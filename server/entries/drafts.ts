import { and, eq } from 'drizzle-orm'
import type { DraftText } from '#server/contract/writing.ts'
import type { Tx } from '#server/platform/db/db.ts'
import { recordAudit } from '#server/platform/kernel/records.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { requireDepartment, requireRole, type Actor } from '#server/people/index.ts'
import { authorsOf, noteAuthor } from './authors.ts'
import { draftEntry, reviseEntry, writeBasis } from './commands.ts'
import { contentOf, textOf } from './content.ts'
import { publicationsOf, publicationStanding, revisionsInForce } from './published.ts'
import { citationsOf } from './queries.ts'
import { revisionsOf, type RevisionRow } from './revisions.ts'
import type { NewRevision } from './rules.ts'
import { revision } from './tables.ts'

/** Who may write knowledge: domain experts and members of the committee. */
export const requireWriter = (actor: Actor): void => requireRole(actor, 'expert', 'reviewer', 'chair')

/** Begins an entry nobody else sees yet; may be unfinished. Refuses `right.missing`, `department.not_found`. */
export function beginEntry(
  tx: Tx,
  now: number,
  actor: Actor,
  text: DraftText,
): { id: number; revisionId: number } {
  requireWriter(actor)
  const { entryId, revisionId } = draftEntry(tx, now, writtenBy(actor), revisionFrom(text))
  return { id: entryId, revisionId }
}

/**
 * Begins a new revision with the text in force, which stays in force; where nothing is, with the last text that was
 * published or that the actor wrote. Who wrote a later text that the fast lane published for a while goes on with it. When it must be verified is decided anew. Refuses `right.missing`,
 * `entry.not_found`.
 */
export function beginRevision(tx: Tx, now: number, actor: Actor, entryId: number): number {
  requireWriter(actor)
  const [current] = revisionsInForce(tx, now, [entryId])
  const base = lapsedTextOf(tx, now, actor, entryId) ?? current ?? lastTextFor(tx, actor, entryId)
  if (!base) throw new Refusal('entry.not_found')
  const basis = citationsOf(tx, 'revisionId' in base ? base.revisionId : base.id)
  return reviseEntry(tx, now, writtenBy(actor), entryId, { ...textOf(base), basis, verifyBy: null })
}

const lapsedTextOf = (tx: Tx, now: number, actor: Actor, entryId: number): RevisionRow | undefined =>
  revisionsOf(tx, entryId)
    .slice(0, 1)
    .find(
      ({ id }) =>
        publicationsOf(tx, id).length > 0 &&
        publicationStanding(tx, now, id) === undefined &&
        authorsOf(tx, id).some(author => author.id === actor.id),
    )

const lastTextFor = (tx: Tx, actor: Actor, entryId: number): RevisionRow | undefined =>
  revisionsOf(tx, entryId).find(
    ({ id }) => publicationsOf(tx, id).length > 0 || authorsOf(tx, id).some(author => author.id === actor.id),
  )

/**
 * Saves a draft over version `version`; whoever saves becomes one of its authors. `frozen` says whether a review holds
 * the text still. Refuses `revision.stale` when somebody saved since, `revision.frozen`, `right.missing`.
 */
export function saveDraft(
  tx: Tx,
  now: number,
  actor: Actor,
  id: number,
  version: number,
  text: DraftText,
): number {
  requireWriter(actor)
  requireDepartment(tx, text.ownerDepartment)
  const before = contentOf(tx, id)
  const { basis, ...columns } = revisionFrom(text)
  const saved = tx
    .update(revision)
    .set({ ...columns, version: version + 1, updatedAt: now })
    .where(and(eq(revision.id, id), eq(revision.version, version)))
    .run()
  if (saved.changes === 0) throw new Refusal('revision.stale')
  writeBasis(tx, now, id, basis)
  noteAuthor(tx, id, actor.id)
  const told = { note: `version ${version + 1}`, before, after: contentOf(tx, id) }
  recordAudit(tx, now, actor, 'revision.saved', `revision:${id}`, told)
  return version + 1
}

const writtenBy = ({ id, from }: Actor) => ({ personId: id, from })

const ms = (instant: string | null | undefined): number | null => (instant ? Date.parse(instant) : null)

const revisionFrom = ({
  tags = [],
  labels = [],
  validFrom,
  validUntil,
  verifyBy,
  ...text
}: DraftText): NewRevision => ({
  ...text,
  tags,
  labels,
  validFrom: ms(validFrom),
  validUntil: ms(validUntil),
  verifyBy: ms(verifyBy),
})
