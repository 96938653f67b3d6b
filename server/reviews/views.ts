import { eq } from 'drizzle-orm'
import type { ReviewList, ReviewQuery, ReviewSummary, ReviewView } from '#server/contract/review.ts'
import type { RevisionState } from '#server/contract/lists.ts'
import type { RevisionView } from '#server/contract/writing.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { iso } from '#server/platform/kernel/clock.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import {
  authorsOf,
  fastPublication,
  publicationsOf,
  publicationStanding,
  revisionsInForce,
  revisionRow,
  revisionText,
} from '#server/entries/index.ts'
import { person, requireRole, type Actor } from '#server/people/index.ts'
import { compareTexts } from './diff.ts'
import {
  commentsOf,
  requiredOf,
  reviewPage,
  reviewRow,
  roundsOf,
  stateOf,
  votesOf,
  type ReviewRow,
} from './queries.ts'
import { checklistOf, missing } from './rules.ts'
import { seatsOf } from './seats.ts'
import { fieldTexts } from './text.ts'
import { hasFastLane } from './voting.ts'

/** Reviews by due date. `mine` keeps those in which the actor's seat is still waited for and may vote. */
export function reviewList(db: Reader, now: number, actor: Actor, query: ReviewQuery): ReviewList {
  requireRole(actor, 'expert', 'reviewer', 'chair', 'supervisor')
  const departments = seatsOf(db, now, actor.id).map(seat => seat.department)
  const waiting = query.mine ? { personId: actor.id, departments } : undefined
  const { total, rows } = reviewPage(db, query.state ?? 'in_review', query, waiting)
  return { total, reviews: rows.map(row => summaryOf(db, row)) }
}

/** One review whole; for its authors and for those who may review. Refuses `review.not_found` to everyone else. */
export function reviewView(db: Reader, now: number, actor: Actor, id: number): ReviewView {
  const row = reviewRow(db, id)
  const authors = authorsOf(db, row.revisionId)
  const isAuthor = authors.some(author => author.id === actor.id)
  if (!isAuthor && !seesReviews(db, now, actor)) throw new Refusal('review.not_found')
  const rounds = roundsOf(db, row.revisionId, row.kind).filter(one => one.round <= row.round)
  const fast = fastPublication(db, now, row.revisionId)
  const may = mayVote(db, now, actor, row, isAuthor)
  const isMember = actor.roles.some(role => role === 'reviewer' || role === 'chair')
  return {
    ...summaryOf(db, row),
    ...saidIn(db, rounds.toReversed()),
    ...changesOf(db, now, row, rounds),
    reason: row.reason,
    required: requiredOf(db, row),
    minimum: row.minimum,
    checklist: checklistOf(revisionRow(db, row.revisionId).kind),
    revision: revisionView(db, now, actor, row.revisionId),
    mayVote: may,
    mayFastLane: may && isMember && !fast && hasFastLane(db, row),
    fastUntil: fast ? iso(fast.until) : null,
  }
}

const saidIn = (db: Reader, rounds: readonly ReviewRow[]) => ({
  votes: rounds.flatMap(({ id, round }) =>
    votesOf(db, id).map(cast => ({ ...cast, round, at: iso(cast.at) })),
  ),
  comments: rounds.flatMap(({ id, round }) =>
    commentsOf(db, id).map(said => ({ ...said, round, at: iso(said.at) })),
  ),
})

/** What is new against the text in force, and against the last round; retiring changes no text. */
function changesOf(db: Reader, now: number, row: ReviewRow, rounds: readonly ReviewRow[]) {
  const [current] = revisionsInForce(db, now, [row.entryId])
  const other =
    current && current.revisionId !== row.revisionId ? revisionRow(db, current.revisionId) : undefined
  const previous = rounds.find(one => one.round === row.round - 1)
  return {
    diff: row.kind === 'publication' ? compareTexts(other ? fieldTexts(db, now, other) : {}, row.text) : [],
    sinceLast: previous ? compareTexts(previous.text, row.text) : [],
  }
}

/** A revision for its authors and those who may review it; refuses `revision.not_found` to everyone else. */
export function revisionView(db: Reader, now: number, actor: Actor, id: number): RevisionView {
  const row = revisionRow(db, id)
  const isAuthor = authorsOf(db, id).some(author => author.id === actor.id)
  const state = revisionState(db, now, id)
  const [last] = roundsOf(db, id, 'publication')
  const submitted = last !== undefined
  if (!isAuthor && !(submitted && seesReviews(db, now, actor))) throw new Refusal('revision.not_found')
  const isOpen = state === 'draft' || state === 'returned'
  const mayEdit = isAuthor && isOpen && publicationsOf(db, id).length === 0
  return { ...revisionText(db, now, row), state, reviewId: last?.id ?? null, mayEdit }
}

/** Where a revision stands at `now`: what was published speaks first, then the last round on it. */
export function revisionState(db: Reader, now: number, id: number): RevisionState {
  const published = publicationStanding(db, now, id)
  if (published) return published
  const [last] = roundsOf(db, id, 'publication')
  const state = last && stateOf(db, last.id)
  return state === undefined || state === 'withdrawn' ? 'draft' : state
}

/** Whether a person may look at what others submitted: members, who stands in for one, and who oversees them. */
const seesReviews = (db: Reader, now: number, actor: Actor): boolean =>
  seatsOf(db, now, actor.id).length > 0 || actor.roles.includes('supervisor')

function mayVote(db: Reader, now: number, actor: Actor, row: ReviewRow, isAuthor: boolean): boolean {
  const asked = row.kind === 'retirement' ? row.openedBy === actor.id : isAuthor
  const voted = votesOf(db, row.id).some(cast => cast.personId === actor.id)
  return (
    !asked && !voted && stateOf(db, row.id) === 'in_review' && seatsOf(db, now, actor.id, row.id).length > 0
  )
}

function summaryOf(db: Reader, row: ReviewRow): ReviewSummary {
  const { standardQuestion, kind: entryKind, category, ownerDepartment } = revisionRow(db, row.revisionId)
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
  }
}
