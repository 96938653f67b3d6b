import type { NewFastLane, NewVote } from '#server/contract/review.ts'
import type { ReviewState } from '#server/contract/lists.ts'
import type { Reader, Tx } from '#server/platform/db/db.ts'
import { HOUR, iso } from '#server/platform/kernel/clock.ts'
import { filled, noteOf } from '#server/platform/kernel/ledger.ts'
import { announce, recordAudit } from '#server/platform/kernel/records.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import {
  dueForVerification,
  endFastPublication,
  lastPublication,
  policyFor,
  publishRevision,
  retireEntry,
} from '#server/entries/index.ts'
import { requireRole, type Actor } from '#server/people/index.ts'
import { requireWords } from './commands.ts'
import { askersOf, requiredOf, reviewRow, stateOf, votesOf, type ReviewRow } from './queries.ts'
import { noteWaiting } from './queue.ts'
import { missing, standing } from './rules.ts'
import { seatsOf, seatsToVoteFrom, type Standing } from './seats.ts'
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
  const words = reason?.trim() || null
  if (verdict === 'return' && words === null)
    throw new Refusal('review.reason_required', [{ path: 'body.reason', message: 'required' }])
  if (words !== null) requireWords('body.reason', words)
  const values = { reviewId, personId: actor.id, ...seat, verdict, reason: words, at: now }
  const cast = tx.insert(vote).values(values).returning().get()
  recordAudit(tx, now, actor, 'vote.cast', `review:${reviewId}`, {
    note: noteOf({ verdict, department: seat.department, for: seat.forPersonId }),
    after: filled(cast),
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
  if (!hasFastLane(tx, row)) throw new Refusal('review.fast_lane_closed')
  requireWords('body.reason', reason)
  const until = now + hours * HOUR
  dueForVerification(tx, now, row.revisionId)
  publishRevision(tx, now, row.revisionId, [{ department, personId: actor.id }], { until, reason })
  recordAudit(tx, now, actor, 'review.fast_lane', `review:${reviewId}`, {
    note: noteOf({ revision: row.revisionId, until: iso(until) }),
    after: reason,
  })
  return until
}

/**
 * Whether the policy of what is under review lets one reviewer publish it for a while: once, until the committee has
 * approved something of the entry again, so that what it returned or let lapse is not put back under another number.
 * Retiring never is that urgent.
 */
export function hasFastLane(tx: Reader, row: ReviewRow): boolean {
  const { kind, category } = row.content
  const isUsed = (lastPublication(tx, row.entryId)?.until ?? null) !== null
  return row.kind === 'publication' && !isUsed && policyFor(tx, kind, category).fastLane
}

/**
 * The seat a vote is cast from: one whose department is still waited for, else any. Refuses
 * `review.author_may_not_vote`, also in an author's place, `review.not_a_member`, `review.closed` and
 * `review.already_voted`, also when somebody has voted from the seat in its holder's place.
 */
function seatToVoteFrom(tx: Tx, now: number, actor: Actor, row: ReviewRow): Standing {
  const askers = askersOf(tx, row)
  const own = seatsOf(tx, now, actor.id)
  const free = seatsToVoteFrom(tx, now, actor.id, row)
  if (askers.includes(actor.id)) throw new Refusal('review.author_may_not_vote')
  if (own.length + free.length === 0) throw new Refusal('review.not_a_member')
  if (stateOf(tx, row.id) !== 'in_review') throw new Refusal('review.closed')
  const waited = missing(votesOf(tx, row.id), requiredOf(tx, row))
  const seat = free.find(one => waited.includes(one.department)) ?? free[0]
  if (seat) return seat
  const inTheirPlace = own.every(one => askers.includes(one.forPersonId ?? actor.id))
  throw new Refusal(inTheirPlace ? 'review.author_may_not_vote' : 'review.already_voted')
}

function decide(tx: Tx, now: number, row: ReviewRow): ReviewState {
  const votes = votesOf(tx, row.id)
  const state = standing(votes, requiredOf(tx, row), row.minimum)
  if (state !== 'in_review') tx.insert(reviewEnd).values({ reviewId: row.id, state, at: now }).run()
  noteWaiting(tx, row)
  if (state === 'in_review') return state
  recordAudit(tx, now, null, `review.${state}`, `review:${row.id}`)
  if (state === 'returned') {
    if (row.kind === 'publication') endFastPublication(tx, now, row.revisionId)
    announce(tx, now, 'review.returned', `review:${row.id}`)
  }
  if (state === 'approved' && row.kind === 'publication') {
    dueForVerification(tx, now, row.revisionId)
    publishRevision(tx, now, row.revisionId, votes)
  }
  if (state === 'approved' && row.kind === 'retirement')
    retireEntry(tx, now, { id: row.openedBy }, row.entryId, row.reason ?? '')
  return state
}
