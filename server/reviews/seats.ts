import { and, eq } from 'drizzle-orm'
import type { NewStandIn } from '#server/contract/review.ts'
import type { Reader, Tx } from '#server/platform/db/db.ts'
import { announce, recordAudit } from '#server/platform/kernel/records.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { requireDepartment, requireRole, seatsAt, type Actor } from '#server/people/index.ts'
import { holdsAt } from './delegations.ts'
import { askersOf, reviewRow, stateOf, votesOf, type ReviewRow } from './queries.ts'
import { delegation, standIn } from './tables.ts'

/** A seat somebody may vote from: their own, or one they stand in for. */
export interface Standing {
  department: string
  forPersonId: number | null
}

/**
 * The seats a person may vote from at `now`: own ones first, then those lent to them. A delegation is not passed on:
 * only the holder's own seat is lent.
 */
export function seatsOf(db: Reader, now: number, personId: number): Standing[] {
  const seats = seatsAt(db, now)
  const heldBy = (id: number) => seats.filter(seat => seat.personId === id).map(seat => seat.department)
  const own = heldBy(personId).map(department => ({ department, forPersonId: null }))
  const lent = db
    .select({ id: delegation.fromPersonId })
    .from(delegation)
    .where(and(eq(delegation.toPersonId, personId), holdsAt(now)))
    .all()
    .flatMap(({ id }) => heldBy(id).map(department => ({ department, forPersonId: id })))
  return [...own, ...lent]
}

/**
 * The seats a person may still vote from in a review, those the chair gave them among them. Nobody votes in the place of
 * who brought the review about, and no seat votes twice, whoever sat on it.
 */
export function seatsToVoteFrom(db: Reader, now: number, personId: number, row: ReviewRow): Standing[] {
  const askers = askersOf(db, row)
  if (askers.includes(personId)) return []
  const votes = votesOf(db, row.id)
  if (votes.some(cast => cast.personId === personId)) return []
  const out = new Set([...askers, ...votes.map(cast => cast.forPersonId ?? cast.personId)])
  const free = seatsOf(db, now, personId).filter(seat => !out.has(seat.forPersonId ?? personId))
  return seatsAt(db, now).some(seat => seat.personId === personId)
    ? [...free, ...givenSeats(db, personId, row.id)]
    : free
}

/**
 * Lets a member speak for a department in one review, when its own seat is empty or late. The chair alone may, and
 * gives no second vote: whoever has voted cannot vote again. Refuses `review.not_a_member` for a person without a seat,
 * and `delegation.not_allowed` while the department can still vote in time.
 */
export function giveStandIn(
  tx: Tx,
  now: number,
  actor: Actor,
  reviewId: number,
  { department, personId }: NewStandIn,
): void {
  requireRole(actor, 'chair')
  const review = reviewRow(tx, reviewId)
  requireDepartment(tx, department)
  if (stateOf(tx, reviewId) !== 'in_review') throw new Refusal('review.closed')
  if (!seatsAt(tx, now).some(seat => seat.personId === personId)) throw new Refusal('review.not_a_member')
  const askers = askersOf(tx, review)
  if (askers.includes(personId)) throw new Refusal('review.author_may_not_vote')
  const canVote = seatsAt(tx, now).some(
    seat => seat.department === department && !askers.includes(seat.personId),
  )
  if (canVote && now < review.dueAt)
    throw new Refusal('delegation.not_allowed', [
      { path: 'body.department', message: 'its own seat is neither empty nor late' },
    ])
  const row = { reviewId, department, personId, byPersonId: actor.id, at: now }
  tx.insert(standIn).values(row).onConflictDoNothing().run()
  recordAudit(tx, now, actor, 'review.reassigned', `review:${reviewId}`, {
    note: `${department} person:${personId}`,
  })
  announce(tx, now, 'review.opened', `review:${reviewId}`)
}

const givenSeats = (db: Reader, personId: number, reviewId: number): Standing[] =>
  db
    .select({ department: standIn.department })
    .from(standIn)
    .where(and(eq(standIn.reviewId, reviewId), eq(standIn.personId, personId)))
    .all()
    .map(({ department }) => ({ department, forPersonId: null }))
