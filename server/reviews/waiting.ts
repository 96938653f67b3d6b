import type { Reader } from '#server/platform/db/db.ts'
import { seatsAt } from '#server/people/index.ts'
import { holdsAt } from './delegations.ts'
import { requiredOf, reviewRow, stateOf, votesOf } from './queries.ts'
import { missing } from './rules.ts'
import { seatsToVoteFrom } from './seats.ts'
import { delegation } from './tables.ts'

/**
 * Who may still vote in a review and is waited for: for a department that has not approved, or, when only the number of
 * approvals is short, for any. Nobody once the review is over.
 */
export function peopleWaitedFor(db: Reader, now: number, reviewId: number): number[] {
  return stateOf(db, reviewId) === 'in_review' ? mayDecide(db, now, reviewId) : []
}

/** Who had voted in a review that was withdrawn, or was waited for until then. */
export function peopleTakingPart(db: Reader, now: number, reviewId: number): number[] {
  const voted = votesOf(db, reviewId).map(cast => cast.personId)
  return [...new Set([...voted, ...mayDecide(db, now, reviewId)])]
}

function mayDecide(db: Reader, now: number, reviewId: number): number[] {
  const row = reviewRow(db, reviewId)
  const needed = missing(votesOf(db, reviewId), requiredOf(db, row))
  return membersAt(db, now).filter(id =>
    seatsToVoteFrom(db, now, id, row).some(seat => needed.length === 0 || needed.includes(seat.department)),
  )
}

/** Everyone who has a seat on the committee at `now` or stands in for one. */
function membersAt(db: Reader, now: number): number[] {
  const lent = db.select({ id: delegation.toPersonId }).from(delegation).where(holdsAt(now)).all()
  return [...new Set([...seatsAt(db, now).map(seat => seat.personId), ...lent.map(row => row.id)])]
}
