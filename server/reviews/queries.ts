import { and, asc, count, desc, eq, isNull, sql, type SQL } from 'drizzle-orm'
import type { ReviewKind, ReviewState } from '#server/contract/lists.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
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
      verdict: vote.verdict,
      reason: vote.reason,
      at: vote.at,
    })
    .from(vote)
    .innerJoin(person, eq(person.id, vote.personId))
    .where(eq(vote.reviewId, reviewId))
    .orderBy(asc(vote.id))
    .all()

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

/** Narrows a list to what waits for one person: their id and the departments whose seats they may vote from. */
export interface Waiting {
  personId: number
  departments: readonly string[]
}

/** A page of the reviews in a state, the first due first, and how many there are. */
export function reviewPage(
  db: Reader,
  state: ReviewState,
  page: { limit: number; offset: number },
  waiting?: Waiting,
) {
  const inState = state === 'in_review' ? isNull(reviewEnd.state) : eq(reviewEnd.state, state)
  const where = and(inState, waiting && waitsFor(waiting))
  const ended = eq(reviewEnd.reviewId, review.id)
  const total =
    db.select({ total: count() }).from(review).leftJoin(reviewEnd, ended).where(where).get()?.total ?? 0
  const rows = db.select({ review }).from(review).leftJoin(reviewEnd, ended).where(where)
  const wanted = rows.orderBy(asc(review.dueAt), asc(review.id)).limit(page.limit).offset(page.offset).all()
  return { total, rows: wanted.map(row => row.review) }
}

/** Neither written nor voted on by the person, and one of their departments has still to approve. */
function waitsFor({ personId, departments }: Waiting): SQL {
  const mine = sql.join(
    departments.map(one => sql`${one}`),
    sql`, `,
  )
  return sql`${review.openedBy} <> ${personId}
    and not exists (select 1 from revision_author a where a.revision_id = ${review.revisionId} and a.person_id = ${personId})
    and not exists (select 1 from vote v where v.review_id = ${review.id} and v.person_id = ${personId})
    and exists (
      select 1 from (
        select value as department from json_each(${review.required})
        union select department from called_in c where c.review_id = ${review.id}
      ) needed
      where needed.department in (${mine}) and not exists (
        select 1 from vote v where v.review_id = ${review.id} and v.department = needed.department and v.verdict = 'approve'))`
}
