import type { NewComment, NewVote } from '#server/contract/review.ts'
import type { ReviewKind, ReviewState } from '#server/contract/lists.ts'
import type { Tx } from '#server/platform/db/db.ts'
import { DAY } from '#server/platform/kernel/clock.ts'
import { announce, recordAudit } from '#server/platform/kernel/records.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import {
  authorsOf,
  citationsOf,
  policyFor,
  publishedRevisions,
  publishRevision,
  requireWriter,
  retireEntry,
  revisionRow,
} from '#server/entries/index.ts'
import { departments, type Actor } from '#server/people/index.ts'
import { requiredOf, reviewRow, roundsOf, stateOf, votesOf } from './queries.ts'
import { standing, submissionFaults } from './rules.ts'
import { seatsOf, type Standing } from './seats.ts'
import { calledIn, review, reviewComment, reviewEnd, vote } from './tables.ts'
import { fieldTexts } from './text.ts'

/** Submits a draft to the committee. Refuses `revision.incomplete` naming every fault, `review.open`, `revision.frozen`. */
export function submitForReview(tx: Tx, now: number, actor: Actor, revisionId: number): number {
  requireWriter(actor)
  const row = revisionRow(tx, revisionId)
  if (!authorsOf(tx, revisionId).some(author => author.id === actor.id)) throw new Refusal('right.missing')
  requireEditable(tx, revisionId)
  const faults = submissionFaults({ ...row, basis: citationsOf(tx, revisionId) }, now)
  if (faults.length > 0) throw new Refusal('revision.incomplete', faults)
  return openRound(tx, now, actor, 'publication', revisionId, null)
}

/** Asks the committee to retire an entry in force. Refuses `entry.not_found`, `review.open` when that is asked already. */
export function askForRetirement(tx: Tx, now: number, actor: Actor, entryId: number, reason: string): number {
  requireWriter(actor)
  const [current] = publishedRevisions(tx, now, [entryId])
  if (!current) throw new Refusal('entry.not_found')
  const asked = roundsOf(tx, current.revisionId, 'retirement').some(
    one => stateOf(tx, one.id) === 'in_review',
  )
  if (asked) throw new Refusal('review.open')
  return openRound(tx, now, actor, 'retirement', current.revisionId, reason)
}

/** Refuses unless a revision may still be saved: no round is open on it and none has approved it. */
export function requireEditable(tx: Tx, revisionId: number): void {
  const [last] = roundsOf(tx, revisionId, 'publication')
  const state = last && stateOf(tx, last.id)
  if (state === 'in_review') throw new Refusal('review.open')
  if (state === 'approved') throw new Refusal('revision.frozen')
}

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

/** Remarks on a field or paragraph while the round is open; members and authors may. */
export function commentOn(tx: Tx, now: number, actor: Actor, reviewId: number, input: NewComment): void {
  const row = reviewRow(tx, reviewId)
  const isAuthor = authorsOf(tx, row.revisionId).some(author => author.id === actor.id)
  if (!isAuthor && seatsOf(tx, now, actor.id).length === 0) throw new Refusal('review.not_a_member')
  if (stateOf(tx, reviewId) !== 'in_review') throw new Refusal('review.closed')
  tx.insert(reviewComment)
    .values({ reviewId, personId: actor.id, ...input, at: now })
    .run()
  recordAudit(tx, now, actor, 'review.commented', `review:${reviewId}`, { note: input.field, after: input })
}

/** Asks one more department to approve: its submitter or a member may. Calling in twice is calling in once. */
export function callIn(tx: Tx, now: number, actor: Actor, reviewId: number, department: string): void {
  const row = reviewRow(tx, reviewId)
  if (row.openedBy !== actor.id && seatsOf(tx, now, actor.id).length === 0)
    throw new Refusal('review.not_a_member')
  if (stateOf(tx, reviewId) !== 'in_review') throw new Refusal('review.closed')
  if (!departments(tx).some(one => one.slug === department)) throw new Refusal('department.not_found')
  tx.insert(calledIn)
    .values({ reviewId, department, personId: actor.id, at: now })
    .onConflictDoNothing()
    .run()
  recordAudit(tx, now, actor, 'review.called_in', `review:${reviewId}`, { note: department })
  announce(tx, now, 'review.opened', `review:${reviewId}`)
}

function openRound(
  tx: Tx,
  now: number,
  actor: Actor,
  kind: ReviewKind,
  revisionId: number,
  reason: string | null,
): number {
  const row = revisionRow(tx, revisionId)
  const asked = policyFor(tx, row.kind, row.category)
  const [last] = roundsOf(tx, revisionId, kind)
  const values = {
    kind,
    entryId: row.entryId,
    revisionId,
    round: (last?.round ?? 0) + 1,
    required: [...new Set([row.ownerDepartment, ...asked.departments])],
    minimum: asked.minimum,
    text: fieldTexts(tx, now, row),
    reason,
    openedBy: actor.id,
    openedAt: now,
    dueAt: now + asked.daysToDecide * DAY,
  }
  const { id } = tx.insert(review).values(values).returning({ id: review.id }).get()
  const note = `${kind} round ${values.round}`
  recordAudit(tx, now, actor, 'review.opened', `review:${id}`, { note, after: values.text })
  announce(tx, now, 'review.opened', `review:${id}`)
  return id
}

/** The seat a vote is cast from: one whose department is still waited for, else any. */
function seatToVoteFrom(tx: Tx, now: number, actor: Actor, row: typeof review.$inferSelect): Standing {
  const authors = authorsOf(tx, row.revisionId).map(author => author.id)
  const asker = row.kind === 'retirement' ? [row.openedBy] : authors
  if (asker.includes(actor.id)) throw new Refusal('review.author_may_not_vote')
  const seats = seatsOf(tx, now, actor.id)
  const required = requiredOf(tx, row)
  const seat = seats.find(one => required.includes(one.department)) ?? seats[0]
  if (!seat) throw new Refusal('review.not_a_member')
  return seat
}

function decide(tx: Tx, now: number, row: typeof review.$inferSelect): ReviewState {
  const votes = votesOf(tx, row.id)
  const state = standing(votes, requiredOf(tx, row), row.minimum)
  if (state === 'in_review') return state
  tx.insert(reviewEnd).values({ reviewId: row.id, state, at: now }).run()
  recordAudit(tx, now, null, `review.${state}`, `review:${row.id}`)
  if (state === 'returned') announce(tx, now, 'review.returned', `review:${row.id}`)
  if (state === 'approved' && row.kind === 'publication') publishRevision(tx, now, row.revisionId, votes)
  if (state === 'approved' && row.kind === 'retirement')
    retireEntry(tx, now, { id: row.openedBy }, row.entryId, row.reason ?? '')
  return state
}
