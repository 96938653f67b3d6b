import { eq } from 'drizzle-orm'
import type { ReviewList, ReviewQuery, ReviewSummary, ReviewView } from '#server/contract/review.ts'
import type { RevisionState } from '#server/contract/lists.ts'
import type { RevisionView } from '#server/contract/writing.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { iso, isoOrNull } from '#server/platform/kernel/clock.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import {
  authorsOf,
  contentOf,
  fastPublication,
  publicationsOf,
  publicationStanding,
  revisionsInForce,
  revisionRow,
  revisionText,
  type NewRevision,
} from '#server/entries/index.ts'
import { person, requireRole, type Actor } from '#server/people/index.ts'
import { readBody } from '#server/scripts/index.ts'
import { compareTexts } from './diff.ts'
import { commentsOf, requiredOf, reviewRow, roundsOf, stateOf, votesOf, type ReviewRow } from './queries.ts'
import { checklistOf, missing } from './rules.ts'
import { reviewPage, waitingPage } from './queue.ts'
import { seatsOf, seatsToVoteFrom } from './seats.ts'
import { fieldTexts } from './text.ts'
import { hasFastLane } from './voting.ts'
import { mayWithdraw, withdrawalOf } from './withdrawing.ts'

/** Reviews by due date. `mine` gives those that are open and wait for the actor's vote. */
export function reviewList(db: Reader, now: number, actor: Actor, query: ReviewQuery): ReviewList {
  requireRole(actor, 'expert', 'reviewer', 'chair', 'supervisor')
  const seats = seatsOf(db, now, actor.id).map(({ department, forPersonId }) => ({
    department,
    holder: forPersonId ?? actor.id,
  }))
  const { total, rows } = query.mine
    ? waitingPage(db, { personId: actor.id, seats }, query)
    : reviewPage(db, query.state ?? 'in_review', query)
  return { total, reviews: rows.map(row => summaryOf(db, now, row)) }
}

/** One review whole with the text that was submitted; for its authors and for those who may review. Refuses `review.not_found` to everyone else. */
export function reviewView(db: Reader, now: number, actor: Actor, id: number): ReviewView {
  const row = reviewRow(db, id)
  if (!seesReview(db, now, actor, row)) throw new Refusal('review.not_found')
  const rounds = roundsOf(db, row.revisionId, row.kind).filter(one => one.round <= row.round)
  const mayVote = stateOf(db, row.id) === 'in_review' && seatsToVoteFrom(db, now, actor.id, row).length > 0
  const isMember = actor.roles.some(role => role === 'reviewer' || role === 'chair')
  return {
    ...summaryOf(db, now, row),
    ...saidIn(db, rounds.toReversed()),
    ...changesOf(db, now, row, rounds),
    reason: row.reason,
    required: requiredOf(db, row),
    minimum: row.minimum,
    checklist: checklistOf(row.content.kind),
    revision: shown(db, now, actor, row.revisionId, row.content),
    mayVote,
    mayFastLane: mayVote && isMember && hasFastLane(db, row),
    mayWithdraw: mayWithdraw(db, now, actor, row),
    fastReason: fastPublication(db, now, row.revisionId)?.reason ?? null,
  }
}

const saidIn = (db: Reader, rounds: readonly ReviewRow[]) => ({
  votes: rounds.flatMap(({ id, round }) =>
    votesOf(db, id).map(cast => ({ ...cast, round, at: iso(cast.at) })),
  ),
  comments: rounds.flatMap(({ id, round }) =>
    commentsOf(db, id).map(said => ({ ...said, round, at: iso(said.at) })),
  ),
  withdrawals: rounds.flatMap(({ id, round }) => {
    const found = withdrawalOf(db, id)
    return found ? [{ ...found, round }] : []
  }),
})

/** What is new against the text in force, and against the last round; retiring changes no text. */
function changesOf(db: Reader, now: number, row: ReviewRow, rounds: readonly ReviewRow[]) {
  const [current] = revisionsInForce(db, now, [row.entryId])
  const isOther = current !== undefined && current.revisionId !== row.revisionId
  const texts = (content: NewRevision | undefined) => (content ? fieldTexts(db, now, content) : {})
  const holds = texts(isOther ? contentOf(db, current.revisionId) : undefined)
  const previous = rounds.find(one => one.round === row.round - 1)
  const submitted = fieldTexts(db, now, row.content)
  return {
    diff: row.kind === 'publication' ? compareTexts(holds, submitted) : [],
    sinceLast: previous ? compareTexts(texts(previous.content), submitted) : [],
  }
}

/**
 * A revision for its authors, and as it was submitted for those who may review it; refuses `revision.not_found` to
 * everyone else.
 */
export const revisionView = (db: Reader, now: number, actor: Actor, id: number): RevisionView =>
  shown(db, now, actor, id, contentShown(db, now, actor, id))

/** What a revision says to those who may read it; refuses `revision.not_found` as `revisionView` does. */
export function contentShown(db: Reader, now: number, actor: Actor, id: number): NewRevision {
  const content = contentFor(db, now, actor, id)
  const mayLook = authorsOf(db, id).some(author => author.id === actor.id) || seesReviews(db, now, actor)
  if (!content || !mayLook) throw new Refusal('revision.not_found')
  return content
}

/**
 * What a person may know of a revision: its authors all they wrote; everyone else what was published, or submitted
 * last. Undefined when there is no such revision or it is a draft of others.
 */
export function contentFor(db: Reader, now: number, actor: Actor, id: number): NewRevision | undefined {
  const isAuthor = authorsOf(db, id).some(author => author.id === actor.id)
  if (isAuthor || publicationStanding(db, now, id)) return contentOf(db, id)
  return roundsOf(db, id, 'publication')[0]?.content
}

function shown(db: Reader, now: number, actor: Actor, id: number, content: NewRevision): RevisionView {
  const row = revisionRow(db, id)
  const state = revisionState(db, now, id)
  const isAuthor = authorsOf(db, id).some(author => author.id === actor.id)
  const isOpen = state === 'draft' || state === 'returned'
  const mayEdit = isAuthor && isOpen && publicationsOf(db, id).length === 0
  const reviewId = roundsOf(db, id, 'publication')[0]?.id ?? null
  const script = content.kind === 'script' ? readBody(content.body) : null
  const text = { ...revisionText(db, now, row, content), script: Array.isArray(script) ? null : script }
  return { ...text, state, reviewId, mayEdit }
}

/** Where a revision stands at `now`: what was published speaks first, then the last round on it. */
export function revisionState(db: Reader, now: number, id: number): RevisionState {
  const published = publicationStanding(db, now, id)
  if (published) return published
  const [last] = roundsOf(db, id, 'publication')
  const state = last && stateOf(db, last.id)
  return state === undefined || state === 'withdrawn' ? 'draft' : state
}

/** Whether a person may look at a review: its authors, and who may look at what others submitted. */
export const seesReview = (db: Reader, now: number, actor: Actor, { revisionId }: ReviewRow): boolean =>
  authorsOf(db, revisionId).some(author => author.id === actor.id) || seesReviews(db, now, actor)

/** Whether a person may look at what others submitted: members, who stands in for one, and who oversees them. */
const seesReviews = (db: Reader, now: number, actor: Actor): boolean =>
  seatsOf(db, now, actor.id).length > 0 || actor.roles.includes('supervisor')

function summaryOf(db: Reader, now: number, row: ReviewRow): ReviewSummary {
  const { standardQuestion, kind: entryKind, category, ownerDepartment } = row.content
  const opener = db.select({ name: person.name }).from(person).where(eq(person.id, row.openedBy)).get()
  return {
    id: row.id,
    kind: row.kind,
    state: stateOf(db, row.id),
    entryId: row.entryId,
    revisionId: row.revisionId,
    title: standardQuestion,
    entryKind,
    category,
    owner: ownerDepartment,
    round: row.round,
    openedAt: iso(row.openedAt),
    openedBy: opener?.name ?? '',
    dueAt: iso(row.dueAt),
    waitingFor: missing(votesOf(db, row.id), requiredOf(db, row)),
    fastUntil: isoOrNull(fastPublication(db, now, row.revisionId)?.until ?? null),
  }
}
