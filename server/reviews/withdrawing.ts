import { eq } from 'drizzle-orm'
import type { Reader, Tx } from '#server/platform/db/db.ts'
import { iso } from '#server/platform/kernel/clock.ts'
import { announce, recordAudit } from '#server/platform/kernel/records.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { fastPublication, requireWriter } from '#server/entries/index.ts'
import { person, type Actor } from '#server/people/index.ts'
import { askersOf, reviewRow, stateOf, type ReviewRow } from './queries.ts'
import { noteWaiting } from './queue.ts'
import { reviewEnd, withdrawal } from './tables.ts'

/**
 * Takes a review back before it is decided; votes and remarks are kept, and the draft can be saved again. Who brought it
 * about may. Refuses `right.missing`, `review.closed`, and `review.fast_lane_open` while agents read the text by the
 * fast lane: a member put it before them, so a member's return, the committee or the clock takes it away, never its
 * author alone.
 */
export function withdrawReview(
  tx: Tx,
  now: number,
  actor: Actor,
  reviewId: number,
  reason: string | null,
): void {
  requireWriter(actor)
  const row = reviewRow(tx, reviewId)
  if (!askersOf(tx, row).includes(actor.id)) throw new Refusal('right.missing')
  if (stateOf(tx, reviewId) !== 'in_review') throw new Refusal('review.closed')
  if (isOutByFastLane(tx, now, row)) throw new Refusal('review.fast_lane_open')
  tx.insert(reviewEnd).values({ reviewId, state: 'withdrawn', at: now }).run()
  tx.insert(withdrawal).values({ reviewId, personId: actor.id, reason, at: now }).run()
  noteWaiting(tx, row)
  recordAudit(tx, now, actor, 'review.withdrawn', `review:${reviewId}`, { after: { reason } })
  announce(tx, now, 'review.withdrawn', `review:${reviewId}`)
}

/** Whether a person could withdraw a review now. */
export const mayWithdraw = (db: Reader, now: number, actor: Actor, row: ReviewRow): boolean =>
  stateOf(db, row.id) === 'in_review' &&
  askersOf(db, row).includes(actor.id) &&
  !isOutByFastLane(db, now, row)

const isOutByFastLane = (db: Reader, now: number, row: ReviewRow): boolean =>
  row.kind === 'publication' && fastPublication(db, now, row.revisionId) !== undefined

/** Who withdrew a review and why; null for any other. `department` is their own. */
export function withdrawalOf(db: Reader, reviewId: number) {
  const found = db
    .select({
      name: person.name,
      department: person.department,
      reason: withdrawal.reason,
      at: withdrawal.at,
    })
    .from(withdrawal)
    .innerJoin(person, eq(person.id, withdrawal.personId))
    .where(eq(withdrawal.reviewId, reviewId))
    .get()
  return found ? { ...found, at: iso(found.at) } : null
}
