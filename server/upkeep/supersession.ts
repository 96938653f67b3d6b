import { eq } from 'drizzle-orm'
import type { EntryLink } from '#server/contract/entry.ts'
import type { Reader, Tx } from '#server/platform/db/db.ts'
import { DAY } from '#server/platform/kernel/clock.ts'
import { announce } from '#server/platform/kernel/records.ts'
import { linkOf, revisionsInForce, revisionBasis, type PublishedRevision } from '#server/entries/index.ts'
import { requireRole, type Actor } from '#server/people/index.ts'
import { sourceById, supersedeSource } from '#server/sources/index.ts'
import { openTask } from './tasks.ts'

/** How long (days) an owner has to bring an entry in line with the document that replaced its source. */
const DAYS_TO_ADAPT = 14

/** Entries in force that cite a source. */
export function citingEntries(db: Reader, now: number, actor: Actor, sourceId: number): EntryLink[] {
  requireRole(actor, 'expert', 'reviewer', 'chair', 'supervisor')
  sourceById(db, now, actor, sourceId)
  return citing(db, now, sourceId).map(linkOf)
}

/**
 * Notes that one source replaced another. Every entry in force that cites the old one gets a task for its owner, and
 * with it the label 依据已更新 at once; where a policy says so it is hidden from agents until it is brought in line. Noting
 * the same again opens no second task.
 */
export function replaceSource(tx: Tx, now: number, actor: Actor, sourceId: number, by: number): EntryLink[] {
  requireRole(actor, 'reviewer', 'chair')
  const cited = citing(tx, now, sourceId)
  const isNoted = sourceById(tx, now, actor, sourceId).supersededBy?.id === by
  if (isNoted) return cited.map(linkOf)
  supersedeSource(tx, now, actor, sourceId, by)
  for (const one of cited)
    openTask(tx, now, actor, one, { kind: 'source_updated', dueAt: now + DAYS_TO_ADAPT * DAY })
  announce(tx, now, 'source.superseded', `source:${sourceId}`)
  return cited.map(linkOf)
}

function citing(db: Reader, now: number, sourceId: number): PublishedRevision[] {
  const rows = db
    .select({ id: revisionBasis.revisionId })
    .from(revisionBasis)
    .where(eq(revisionBasis.sourceId, sourceId))
    .all()
  const ids = new Set(rows.map(row => row.id))
  return revisionsInForce(db, now).filter(one => ids.has(one.revisionId))
}
