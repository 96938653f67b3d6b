import { asc, eq } from 'drizzle-orm'
import type { NewComment } from '#server/contract/review.ts'
import type { ReviewKind } from '#server/contract/lists.ts'
import type { Reader, Tx } from '#server/platform/db/db.ts'
import { DAY } from '#server/platform/kernel/clock.ts'
import { filled, noteOf } from '#server/platform/kernel/ledger.ts'
import { announce, recordAudit } from '#server/platform/kernel/records.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import {
  authorsOf,
  contentOf,
  policyFor,
  publicationsOf,
  revisionsInForce,
  requireWriter,
  revisionRow,
  type NewRevision,
} from '#server/entries/index.ts'
import { examine, noteFindings, type Lexicons } from '#server/scripts/index.ts'
import { departments, type Actor } from '#server/people/index.ts'
import {
  askersOf,
  isOpenOn,
  latestRound,
  reviewRow,
  roundsOf,
  stateOf,
  votesOf,
  type ReviewRow,
} from './queries.ts'
import { noteWaiting } from './queue.ts'
import { FIELDS_OF_WEIGHT, changed, submissionFaults, wordFaults } from './rules.ts'
import { seatsOf } from './seats.ts'
import { calledIn, review, reviewComment, vote } from './tables.ts'

/**
 * Submits a draft to the committee. Refuses `revision.incomplete` naming every fault, `revision.frozen`, and
 * `review.open` also while another revision of the entry is under review: what is voted on is compared with what holds.
 */
export function submitForReview(
  tx: Tx,
  now: number,
  actor: Actor,
  revisionId: number,
  words: Lexicons,
): number {
  const content = textToSubmit(tx, actor, revisionId)
  const faults = [...submissionFaults(content, now), ...examine(tx, now, words, content).faults]
  if (faults.length > 0) throw new Refusal('revision.incomplete', faults)
  return openRound(tx, now, actor, { kind: 'publication', revisionId, reason: null })
}

/**
 * Notes which rules a script breaks that is handed in. It is a write of its own before the submission, which takes back what it wrote
 * when it refuses; refuses who and what may not be submitted as that does.
 */
export function noteAttempt(tx: Tx, now: number, actor: Actor, revisionId: number, words: Lexicons): void {
  const { findings } = examine(tx, now, words, textToSubmit(tx, actor, revisionId))
  noteFindings(tx, now, revisionId, findings)
}

function textToSubmit(tx: Tx, actor: Actor, revisionId: number): NewRevision {
  requireWriter(actor)
  const { entryId } = revisionRow(tx, revisionId)
  if (!authorsOf(tx, revisionId).some(author => author.id === actor.id))
    throw new Refusal('revision.not_found')
  requireEditable(tx, revisionId)
  if (isOpenOn(tx, entryId, 'publication')) throw new Refusal('review.open')
  return contentOf(tx, revisionId)!
}

/** Asks the committee to retire an entry in force. Refuses `entry.not_found`, `review.open` when that is asked already. */
export function askForRetirement(tx: Tx, now: number, actor: Actor, entryId: number, reason: string): number {
  requireWriter(actor)
  const [current] = revisionsInForce(tx, now, [entryId])
  if (!current) throw new Refusal('entry.not_found')
  if (isOpenOn(tx, entryId, 'retirement')) throw new Refusal('review.open')
  requireWords('body.reason', reason)
  return openRound(tx, now, actor, { kind: 'retirement', revisionId: current.revisionId, reason })
}

/** Refuses unless a revision may still be saved: no round is open on it, none approved it, and it was never in force. */
export function requireEditable(tx: Tx, revisionId: number): void {
  const held = heldBy(tx, revisionId)
  if (held) throw new Refusal(held)
}

/** Whether a revision may still be saved. */
export const isEditable = (db: Reader, revisionId: number): boolean => heldBy(db, revisionId) === undefined

function heldBy(db: Reader, revisionId: number): 'review.open' | 'revision.frozen' | undefined {
  const state = latestRound(db, revisionId)?.state
  if (state === 'in_review') return 'review.open'
  const wasInForce = publicationsOf(db, revisionId).length > 0
  return state === 'approved' || wasInForce ? 'revision.frozen' : undefined
}

/** Remarks on a field or paragraph while the round is open; members and authors may. */
export function commentOn(tx: Tx, now: number, actor: Actor, reviewId: number, input: NewComment): void {
  const row = reviewRow(tx, reviewId)
  const isAuthor = authorsOf(tx, row.revisionId).some(author => author.id === actor.id)
  if (!isAuthor && seatsOf(tx, now, actor.id).length === 0) throw new Refusal('review.not_a_member')
  if (stateOf(tx, reviewId) !== 'in_review') throw new Refusal('review.closed')
  requireWords('body.text', input.text)
  const said = { reviewId, personId: actor.id, ...input, at: now }
  const comment = tx.insert(reviewComment).values(said).returning().get()
  const note = noteOf({ comment: comment.id, field: input.field })
  recordAudit(tx, now, actor, 'review.commented', `review:${reviewId}`, { note, after: filled(comment) })
}

/** Refuses `request.invalid` for what is blank or holds control characters. */
export function requireWords(path: string, words: string): void {
  const faults = wordFaults(path, words)
  if (faults.length > 0) throw new Refusal('request.invalid', faults)
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
  noteWaiting(tx, row)
  recordAudit(tx, now, actor, 'review.called_in', `review:${reviewId}`, { note: department })
  announce(tx, now, 'review.opened', `review:${reviewId}`)
}

type Asked = { kind: ReviewKind; revisionId: number; reason: string | null }

function openRound(tx: Tx, now: number, actor: Actor, { kind, revisionId, reason }: Asked): number {
  const { entryId } = revisionRow(tx, revisionId)
  const content = contentOf(tx, revisionId)!
  const asked = policyFor(tx, content.kind, content.category)
  const [last] = roundsOf(tx, revisionId, kind)
  const values = {
    kind,
    entryId,
    revisionId,
    round: (last?.round ?? 0) + 1,
    required: [...new Set([content.ownerDepartment, ...asked.departments])],
    minimum: asked.minimum,
    content,
    reason,
    openedBy: actor.id,
    openedAt: now,
    dueAt: now + asked.daysToDecide * DAY,
  }
  const opened = tx.insert(review).values(values).returning().get()
  const { id, round, minimum } = opened
  const needs = { required: opened.required.join(','), minimum }
  const note = noteOf({ kind, entry: entryId, revision: revisionId, round, ...needs })
  recordAudit(tx, now, actor, 'review.opened', `review:${id}`, { note, after: filled(opened) })
  if (last) callInAgain(tx, now, id, last)
  if (asked.keepApprovals && last) carryApprovals(tx, now, opened, last)
  noteWaiting(tx, opened)
  announce(tx, now, 'review.opened', `review:${id}`)
  return id
}

/** Whoever was called in stays called in: a return must not get rid of a department that has something to say. */
function callInAgain(tx: Tx, now: number, reviewId: number, last: ReviewRow): void {
  const before = tx
    .select()
    .from(calledIn)
    .where(eq(calledIn.reviewId, last.id))
    .orderBy(asc(calledIn.at))
    .all()
  for (const { department, personId } of before) {
    tx.insert(calledIn).values({ reviewId, department, personId, at: now }).run()
    recordAudit(tx, now, { id: personId }, 'review.called_in', `review:${reviewId}`, { note: department })
  }
}

/**
 * Approvals of the last round stand when nothing of weight changed since. The owner always looks again; so does
 * everyone once a field of weight has changed. Whoever has become an author since has no approval any more.
 */
function carryApprovals(tx: Tx, now: number, to: ReviewRow, last: ReviewRow): void {
  const { id, content } = to
  if (changed(last.content, content).some(field => FIELDS_OF_WEIGHT.includes(field))) return
  const askers = askersOf(tx, to)
  for (const { personId, department, forPersonId, verdict } of votesOf(tx, last.id)) {
    if (verdict !== 'approve' || department === content.ownerDepartment) continue
    if (askers.includes(personId) || askers.includes(forPersonId ?? personId)) continue
    const seat = { personId, department, forPersonId }
    const values = { reviewId: id, ...seat, verdict, carriedFrom: last.id, at: now }
    const carried = tx.insert(vote).values(values).returning().get()
    const note = noteOf({ verdict, department, for: forPersonId, review: last.id })
    recordAudit(tx, now, { id: personId }, 'vote.carried', `review:${id}`, { note, after: filled(carried) })
  }
}
