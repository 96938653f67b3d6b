import { and, asc, desc, eq, isNull } from 'drizzle-orm'
import type { ReviewKind, ReviewState } from '#server/contract/lists.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { authorsOf } from '#server/entries/index.ts'
import { person } from '#server/people/index.ts'
import { calledIn, review, reviewComment, reviewEnd, vote } from './tables.ts'

export type ReviewRow = typeof review.$inferSelect

/** A review by its id; refuses `review.not_found`. */
export function reviewRow(db: Reader, id: number): ReviewRow {
  const found = db.select().from(review).where(eq(review.id, id)).get()
  if (!found) throw new Refusal('review.not_found')
  return found
}

/** The rounds on a revision, the latest first. */
export const roundsOf = (db: Reader, revisionId: number, kind: ReviewKind): ReviewRow[] =>
  db
    .select()
    .from(review)
    .where(and(eq(review.revisionId, revisionId), eq(review.kind, kind)))
    .orderBy(desc(review.id))
    .all()

/** The last round on the publication of a revision: who opened it, and where it stands; undefined before the first. */
export function latestRound(db: Reader, revisionId: number): Round | undefined {
  const [last] = roundsOf(db, revisionId, 'publication')
  return last && { id: last.id, openedBy: last.openedBy, state: stateOf(db, last.id) }
}
export type Round = { id: number; openedBy: number; state: ReviewState }

/** Where a review stands. */
export const stateOf = (db: Reader, reviewId: number): ReviewState =>
  db.select().from(reviewEnd).where(eq(reviewEnd.reviewId, reviewId)).get()?.state ?? 'in_review'

/** Votes of a round, in the order they were cast. */
export const votesOf = (db: Reader, reviewId: number) =>
  db
    .select({
      personId: vote.personId,
      name: person.name,
      department: vote.department,
      forPersonId: vote.forPersonId,
      verdict: vote.verdict,
      reason: vote.reason,
      at: vote.at,
    })
    .from(vote)
    .innerJoin(person, eq(person.id, vote.personId))
    .where(eq(vote.reviewId, reviewId))
    .orderBy(asc(vote.id))
    .all()

/** Who brought a review about and so has no vote in it: the authors, or who asked for a retirement. */
export const askersOf = (db: Reader, row: ReviewRow): number[] =>
  row.kind === 'retirement' ? [row.openedBy] : authorsOf(db, row.revisionId).map(author => author.id)

/** Whether a review of a kind is open on any revision of an entry. */
export const isOpenOn = (db: Reader, entryId: number, kind: ReviewKind): boolean =>
  db
    .select({ id: review.id })
    .from(review)
    .leftJoin(reviewEnd, eq(reviewEnd.reviewId, review.id))
    .where(and(eq(review.entryId, entryId), eq(review.kind, kind), isNull(reviewEnd.state)))
    .get() !== undefined

/** Remarks of a round, in the order they were made; `department` is the speaker's own. */
export const commentsOf = (db: Reader, reviewId: number) =>
  db
    .select({
      name: person.name,
      department: person.department,
      field: reviewComment.field,
      paragraph: reviewComment.paragraph,
      text: reviewComment.text,
      at: reviewComment.at,
    })
    .from(reviewComment)
    .innerJoin(person, eq(person.id, reviewComment.personId))
    .where(eq(reviewComment.reviewId, reviewId))
    .orderBy(asc(reviewComment.id))
    .all()

/** Departments whose approval a review needs: those of the policy and those called in. */
export function requiredOf(db: Reader, row: ReviewRow): string[] {
  const more = db.select().from(calledIn).where(eq(calledIn.reviewId, row.id)).orderBy(asc(calledIn.at)).all()
  return [...new Set([...row.required, ...more.map(one => one.department)])]
}
