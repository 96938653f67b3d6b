import type { VerificationItem, VerificationList, VerificationQuery } from '#server/contract/upkeep.ts'
import type { Reader, Tx } from '#server/platform/db/db.ts'
import { DAY, iso } from '#server/platform/kernel/clock.ts'
import { filled, noteOf } from '#server/platform/kernel/ledger.ts'
import { leaveInOutbox, recordAudit } from '#server/platform/kernel/records.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { openingCounts } from '#server/calls/index.ts'
import {
  INDEX_ENTRY,
  latestVerifications,
  linkOf,
  policyFor,
  revisionsInForce,
  verification,
  type PublishedRevision,
} from '#server/entries/index.ts'
import { requireRole, type Actor } from '#server/people/index.ts'
import { requireOwner } from './tasks.ts'

/**
 * Notes that the owner found a published revision still right; it comes up again after the policy's interval. Returns
 * when (ms). Refuses `entry.not_found`, and `right.missing` to whom the entry does not belong.
 */
export function verifyEntry(tx: Tx, now: number, actor: Actor, entryId: number): number {
  const [current] = revisionsInForce(tx, now, [entryId])
  if (!current) throw new Refusal('entry.not_found')
  requireOwner(actor, current.ownerDepartment)
  const verifyBy = now + policyFor(tx, current.kind, current.category).verifyDays * DAY
  const row = tx
    .insert(verification)
    .values({ revisionId: current.revisionId, personId: actor.id, verifyBy, at: now })
    .returning()
    .get()
  leaveInOutbox(tx, now, INDEX_ENTRY, String(entryId))
  const note = noteOf({ verification: row.id, revision: current.revisionId, until: iso(verifyBy) })
  recordAudit(tx, now, actor, 'entry.verified', `entry:${entryId}`, { note, after: filled(row) })
  return verifyBy
}

/**
 * Entries due for verification within some days, those first that are used most for longest overdue: openings of the
 * last 30 days × days overdue. Each counts as opened and as overdue at least once, so that neither hides the other.
 */
export function verificationList(
  db: Reader,
  now: number,
  actor: Actor,
  query: VerificationQuery,
): VerificationList {
  requireRole(actor, 'expert', 'reviewer', 'chair', 'supervisor')
  const { department, within, offset, limit } = query
  const all = revisionsInForce(db, now).filter(one => !department || one.ownerDepartment === department)
  const ids = all.map(one => one.revisionId)
  const verified = latestVerifications(db, ids)
  const openings = new Map(openingCounts(db, now).map(row => [row.entryId, row.openings]))
  const items = all.flatMap(one => {
    const verifyBy = verified.get(one.revisionId)?.verifyBy ?? one.verifyBy
    const isDue = verifyBy !== null && verifyBy <= now + within * DAY
    return isDue ? [itemOf(one, verifyBy, now, openings.get(one.entryId) ?? 0)] : []
  })
  const sorted = items.toSorted(
    (a, b) => b.weight - a.weight || b.overdueDays - a.overdueDays || a.entry.id - b.entry.id,
  )
  return { total: sorted.length, items: sorted.slice(offset, offset + limit) }
}

function itemOf(one: PublishedRevision, verifyBy: number, now: number, openings: number): VerificationItem {
  const overdueDays = Math.floor((now - verifyBy) / DAY)
  const weight = (openings + 1) * Math.max(1, overdueDays + 1)
  return {
    entry: linkOf(one),
    department: one.ownerDepartment,
    verifyBy: iso(verifyBy),
    overdueDays,
    openings,
    weight,
  }
}
