import { and, eq, isNull, max } from 'drizzle-orm'
import type { Tx } from '#server/platform/db/db.ts'
import { DAY } from '#server/platform/kernel/clock.ts'
import { filled, noteOf } from '#server/platform/kernel/ledger.ts'
import { announce, leaveInOutbox, recordAudit, type Who } from '#server/platform/kernel/records.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { requireDepartment } from '#server/people/index.ts'
import { sourcesByIds } from '#server/sources/index.ts'
import { noteAuthor } from './authors.ts'
import { contentOf } from './content.ts'
import { publicationNote } from './ledger.ts'
import { policyFor } from './policy.ts'
import { fastPublication, standingPublication } from './published.ts'
import { CHECK_QUOTES, INDEX_ENTRY, type NewRevision } from './rules.ts'
import {
  approval,
  entry,
  publication,
  publicationEnd,
  retirement,
  revision,
  revisionBasis,
} from './tables.ts'

/** Who acts: a person, or nobody when content is imported on the server itself. */
type By = { personId: number | null; from?: string; importHash?: string }

/** Until when (ms) a publication by the fast lane holds, and why it was taken; nulls for any other. */
type FastLane = { until: number | null; reason: string | null }

/** Begins an entry with its first revision, which nobody sees until it is published. Refuses `department.not_found`. */
export function draftEntry(tx: Tx, now: number, by: By, input: NewRevision, key: string | null = null) {
  const { id } = tx.insert(entry).values({ key, createdAt: now }).returning({ id: entry.id }).get()
  return { entryId: id, revisionId: reviseEntry(tx, now, by, id, input) }
}

/** Sets what a revision cites. Refuses `source.not_found` naming each document that is not in the register. */
export function writeBasis(tx: Tx, now: number, revisionId: number, basis: NewRevision['basis']): void {
  const ids = basis.map(one => one.sourceId)
  const known = sourcesByIds(tx, now, ids)
  const faults = ids.flatMap((id, index) =>
    known.has(id) ? [] : [{ path: `body.basis.${index}.sourceId`, message: 'is not in the register' }],
  )
  if (faults.length > 0) throw new Refusal('source.not_found', faults)
  tx.delete(revisionBasis).where(eq(revisionBasis.revisionId, revisionId)).run()
  basis.forEach(({ sourceId, clause }, position) =>
    tx.insert(revisionBasis).values({ revisionId, position, sourceId, clause }).run(),
  )
}

/**
 * Adds a revision to an entry; the published one stays in force. Refuses `entry.not_found`, `department.not_found`,
 * `source.not_found`.
 */
export function reviseEntry(tx: Tx, now: number, by: By, entryId: number, input: NewRevision): number {
  if (!tx.select().from(entry).where(eq(entry.id, entryId)).get()) throw new Refusal('entry.not_found')
  requireDepartment(tx, input.ownerDepartment)
  const last = tx
    .select({ number: max(revision.number) })
    .from(revision)
    .where(eq(revision.entryId, entryId))
    .get()
  const { basis, ...columns } = input
  const { id } = tx
    .insert(revision)
    .values({
      ...columns,
      entryId,
      number: (last?.number ?? 0) + 1,
      authorId: by.personId,
      importHash: by.importHash,
      createdAt: now,
      updatedAt: now,
    })
    .returning({ id: revision.id })
    .get()
  writeBasis(tx, now, id, basis)
  if (by.personId !== null) noteAuthor(tx, id, by.personId)
  const told = { note: `revision:${id}`, after: contentOf(tx, id) }
  recordAudit(tx, now, { id: by.personId, from: by.from }, 'revision.written', `entry:${entryId}`, told)
  return id
}

/**
 * Puts a revision in force on the word of `approvals`, for good or, by the fast lane, until an instant (ms); the index
 * follows after the commit.
 * Refuses `revision.not_found` and `revision.already_published`.
 */
export function publishRevision(
  tx: Tx,
  now: number,
  revisionId: number,
  approvals: readonly { department: string; personId: number | null }[],
  { until, reason }: FastLane = { until: null, reason: null },
): void {
  const found = tx.select().from(revision).where(eq(revision.id, revisionId)).get()
  if (!found) throw new Refusal('revision.not_found')
  const standing = and(eq(publication.revisionId, revisionId), isNull(publication.until))
  if (tx.select().from(publication).where(standing).get()) {
    throw new Refusal('revision.already_published')
  }
  const last = standingPublication(tx, found.entryId)
  for (const { department, personId } of approvals)
    tx.insert(approval).values({ revisionId, department, personId, at: now }).run()
  tx.insert(publication).values({ entryId: found.entryId, revisionId, at: now, until, reason }).run()
  leaveTurned(tx, now, found.entryId)
  if (approvals.some(one => one.personId !== null))
    announce(tx, now, 'revision.published', `revision:${revisionId}`)
  recordAudit(tx, now, null, 'revision.published', `entry:${found.entryId}`, {
    note: publicationNote(found, until, approvals),
    before: last && contentOf(tx, last.revisionId),
    after: contentOf(tx, revisionId),
  })
}

/** Sets when a revision about to be published must be verified, as the policy says, unless its author has set it. */
export function dueForVerification(tx: Tx, now: number, revisionId: number): void {
  const found = tx.select().from(revision).where(eq(revision.id, revisionId)).get()
  if (!found) throw new Refusal('revision.not_found')
  if (found.verifyBy !== null) return
  const verifyBy = now + policyFor(tx, found.kind, found.category).verifyDays * DAY
  tx.update(revision).set({ verifyBy }).where(eq(revision.id, revisionId)).run()
}

/** Takes an entry out of force; the index follows after the commit. Refuses `entry.not_found` when it is not published. */
export function retireEntry(tx: Tx, now: number, who: Who, entryId: number, reason: string): void {
  const standing = standingPublication(tx, entryId)
  if (!standing) throw new Refusal('entry.not_found')
  const row = tx
    .insert(retirement)
    .values({ entryId, publicationId: standing.id, personId: who?.id, reason, at: now })
    .returning()
    .get()
  leaveTurned(tx, now, entryId)
  recordAudit(tx, now, who, 'entry.retired', `entry:${entryId}`, {
    note: noteOf({ revision: standing.revisionId }),
    before: contentOf(tx, standing.revisionId),
    after: filled(row),
  })
}

/** Ends the fast-lane publication of a revision at once, if one holds; what was in force before it holds again. */
export function endFastPublication(tx: Tx, now: number, revisionId: number): void {
  const found = fastPublication(tx, now, revisionId)
  if (!found) return
  const { entryId } = found
  tx.insert(publicationEnd).values({ publicationId: found.id, at: now }).run()
  leaveTurned(tx, now, entryId)
  recordAudit(tx, now, null, 'publication.ended', `entry:${entryId}`, { note: `revision:${revisionId}` })
}

/** What is in force of an entry is another thing now: the index and whoever quotes it must follow. */
function leaveTurned(tx: Tx, now: number, entryId: number): void {
  leaveInOutbox(tx, now, INDEX_ENTRY, String(entryId))
  leaveInOutbox(tx, now, CHECK_QUOTES, String(entryId))
}
