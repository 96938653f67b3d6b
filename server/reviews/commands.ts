import type { NewComment } from '#server/contract/review.ts'
import type { ReviewKind } from '#server/contract/lists.ts'
import type { Tx } from '#server/platform/db/db.ts'
import { DAY } from '#server/platform/kernel/clock.ts'
import { announce, recordAudit } from '#server/platform/kernel/records.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import {
  authorsOf,
  citationsOf,
  policyFor,
  publicationsOf,
  revisionsInForce,
  requireWriter,
  revisionRow,
} from '#server/entries/index.ts'
import { departments, type Actor } from '#server/people/index.ts'
import { reviewRow, roundsOf, stateOf, votesOf, type ReviewRow } from './queries.ts'
import { FIELDS_OF_WEIGHT, submissionFaults } from './rules.ts'
import { seatsOf } from './seats.ts'
import { calledIn, review, reviewComment, vote } from './tables.ts'
import { fieldTexts } from './text.ts'

/** Submits a draft to the committee. Refuses `revision.incomplete` naming every fault, `review.open`, `revision.frozen`. */
export function submitForReview(tx: Tx, now: number, actor: Actor, revisionId: number): number {
  requireWriter(actor)
  const row = revisionRow(tx, revisionId)
  if (!authorsOf(tx, revisionId).some(author => author.id === actor.id)) throw new Refusal('right.missing')
  requireEditable(tx, revisionId)
  const faults = submissionFaults({ ...row, basis: citationsOf(tx, revisionId) }, now)
  if (faults.length > 0) throw new Refusal('revision.incomplete', faults)
  return openRound(tx, now, actor, { kind: 'publication', revisionId, reason: null })
}

/** Asks the committee to retire an entry in force. Refuses `entry.not_found`, `review.open` when that is asked already. */
export function askForRetirement(tx: Tx, now: number, actor: Actor, entryId: number, reason: string): number {
  requireWriter(actor)
  const [current] = revisionsInForce(tx, now, [entryId])
  if (!current) throw new Refusal('entry.not_found')
  const asked = roundsOf(tx, current.revisionId, 'retirement').some(
    one => stateOf(tx, one.id) === 'in_review',
  )
  if (asked) throw new Refusal('review.open')
  return openRound(tx, now, actor, { kind: 'retirement', revisionId: current.revisionId, reason })
}

/** Refuses unless a revision may still be saved: no round is open on it, none approved it, and it was never in force. */
export function requireEditable(tx: Tx, revisionId: number): void {
  const [last] = roundsOf(tx, revisionId, 'publication')
  const state = last && stateOf(tx, last.id)
  if (state === 'in_review') throw new Refusal('review.open')
  const wasInForce = publicationsOf(tx, revisionId).length > 0
  if (state === 'approved' || wasInForce) throw new Refusal('revision.frozen')
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

type Asked = { kind: ReviewKind; revisionId: number; reason: string | null }

function openRound(tx: Tx, now: number, actor: Actor, { kind, revisionId, reason }: Asked): number {
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
  if (asked.keepApprovals && last)
    carryApprovals(tx, now, { id, text: values.text }, last, row.ownerDepartment)
  announce(tx, now, 'review.opened', `review:${id}`)
  return id
}

/**
 * Approvals of the last round stand when nothing of weight changed since. The owner always looks again; so does
 * everyone once a field of weight has changed.
 */
function carryApprovals(
  tx: Tx,
  now: number,
  to: Pick<ReviewRow, 'id' | 'text'>,
  last: ReviewRow,
  owner: string,
): void {
  if (FIELDS_OF_WEIGHT.some(field => (last.text[field] ?? '') !== (to.text[field] ?? ''))) return
  for (const { personId, department, verdict } of votesOf(tx, last.id)) {
    if (verdict !== 'approve' || department === owner) continue
    const carried = { reviewId: to.id, personId, department, verdict, carriedFrom: last.id, at: now }
    tx.insert(vote).values(carried).run()
    recordAudit(tx, now, { id: personId }, 'vote.carried', `review:${to.id}`, { note: `review:${last.id}` })
  }
}
