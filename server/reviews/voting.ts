import type { NewFastLane, NewVote } from '#server/contract/review.ts'
import type { ReviewState } from '#server/contract/lists.ts'
import type { Reader, Tx } from '#server/platform/db/db.ts'
import { HOUR, iso } from '#server/platform/kernel/clock.ts'
import { announce, recordAudit } from '#server/platform/kernel/records.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import {
  authorsOf,
  endFastPublication,
  fastPublication,
  policyFor,
  publishRevision,
  retireEntry,
  revisionRow,
} from '#server/entries/index.ts'
import { requireRole, type Actor } from '#server/people/index.ts'
import { requiredOf, reviewRow, stateOf, votesOf, type ReviewRow } from './queries.ts'
import { missing, standing } from './rules.ts'
import { seatsOf, type Standing } from './seats.ts'
import { reviewEnd, vote } from './tables.ts'

/** Casts a member's verdict; the one that decides publishes or retires in the same transaction. */
export function castVote(
  tx: Tx,
  now: number,
  actor: Actor,
  reviewId: number,
  { verdict, reason }: NewVote,
): ReviewState {
  const row = reviewRow(tx, reviewId)
  const seat = seatToVoteFrom(tx, now, actor, row)
  if (stateOf(tx, reviewId) !== 'in_review') throw new Refusal('review.closed')
  const before = votesOf(tx, reviewId)
  if (before.some(one => one.personId === actor.id)) throw new Refusal('review.already_voted')
  const words = reason?.trim() || null
  if (verdict === 'return' && words === null)
    throw new Refusal('review.reason_required', [{ path: 'body.reason', message: 'required' }])
  tx.insert(vote)
    .values({ reviewId, personId: actor.id, ...seat, verdict, reason: words, at: now })
    .run()
  recordAudit(tx, now, actor, 'vote.cast', `review:${reviewId}`, {
    note: verdict,
    after: { ...seat, verdict, reason: words },
  })
  return decide(tx, now, row)
}

/**
 * Publishes what is under review at once, for some hours, on the word of one duty reviewer; the committee decides in
 * time or it lapses by itself. Refuses `review.fast_lane_closed` where the policy has none or it was used already.
 */
export function publishFast(
  tx: Tx,
  now: number,
  actor: Actor,
  reviewId: number,
  { hours, reason }: NewFastLane,
): number {
  requireRole(actor, 'reviewer', 'chair')
  const row = reviewRow(tx, reviewId)
  const { department } = seatToVoteFrom(tx, now, actor, row)
  if (stateOf(tx, reviewId) !== 'in_review') throw new Refusal('review.closed')
  if (!hasFastLane(tx, row) || fastPublication(tx, now, row.revisionId))
    throw new Refusal('review.fast_lane_closed')
  const until = now + hours * HOUR
  publishRevision(tx, now, row.revisionId, [{ department, personId: actor.id }], until)
  recordAudit(tx, now, actor, 'review.fast_lane', `review:${reviewId}`, {
    note: `until ${iso(until)}`,
    after: reason,
  })
  return until
}

/** Whether the policy of what is under review lets one reviewer publish it for a while; retiring never is that urgent. */
export function hasFastLane(tx: Reader, row: ReviewRow): boolean {
  const { kind, category } = revisionRow(tx, row.revisionId)
  return row.kind === 'publication' && policyFor(tx, kind, category).fastLane
}

/** The seat a vote is cast from: one whose department is still waited for, else any. */
function seatToVoteFrom(tx: Tx, now: number, actor: Actor, row: ReviewRow): Standing {
  const authors = authorsOf(tx, row.revisionId).map(author => author.id)
  const asker = row.kind === 'retirement' ? [row.openedBy] : authors
  if (asker.includes(actor.id)) throw new Refusal('review.author_may_not_vote')
  const seats = seatsOf(tx, now, actor.id, row.id)
  const waited = missing(votesOf(tx, row.id), requiredOf(tx, row))
  const seat = seats.find(one => waited.includes(one.department)) ?? seats[0]
  if (!seat) throw new Refusal('review.not_a_member')
  return seat
}

function decide(tx: Tx, now: number, row: ReviewRow): ReviewState {
  const votes = votesOf(tx, row.id)
  const state = standing(votes, requiredOf(tx, row), row.minimum)
  if (state === 'in_review') return state
  tx.insert(reviewEnd).values({ reviewId: row.id, state, at: now }).run()
  recordAudit(tx, now, null, `review.${state}`, `review:${row.id}`)
  if (state === 'returned') {
    endFastPublication(tx, now, row.revisionId)
    announce(tx, now, 'review.returned', `review:${row.id}`)
  }
  if (state === 'approved' && row.kind === 'publication') publishRevision(tx, now, row.revisionId, votes)
  if (state === 'approved' && row.kind === 'retirement')
    retireEntry(tx, now, { id: row.openedBy }, row.entryId, row.reason ?? '')
  return state
}
