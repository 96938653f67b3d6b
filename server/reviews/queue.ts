import { and, asc, count, desc, eq, inArray, isNull, min, or, sql, type SQL } from 'drizzle-orm'
import type { ReviewState } from '#server/contract/lists.ts'
import type { Reader, Tx } from '#server/platform/db/db.ts'
import { requiredOf, stateOf, votesOf, type ReviewRow } from './queries.ts'
import { missing } from './rules.ts'
import { ANYONE, review, reviewEnd, reviewWait } from './tables.ts'

/** Narrows a list to what waits for one person: their id, and each seat they may vote from with whose it is. */
export interface Waiting {
  personId: number
  seats: readonly { department: string; holder: number }[]
}

/** A page of the reviews in a state and how many there are: open ones the first due first, others the last ended first. */
export function reviewPage(
  db: Reader,
  state: ReviewState,
  page: { limit: number; offset: number },
): { total: number; rows: ReviewRow[] } {
  const where = state === 'in_review' ? isNull(reviewEnd.state) : eq(reviewEnd.state, state)
  const ended = eq(reviewEnd.reviewId, review.id)
  const total =
    db.select({ total: count() }).from(review).leftJoin(reviewEnd, ended).where(where).get()?.total ?? 0
  const rows = db.select({ review }).from(review).leftJoin(reviewEnd, ended).where(where)
  const order =
    state === 'in_review' ? [asc(review.dueAt), asc(review.id)] : [desc(reviewEnd.at), desc(review.id)]
  const wanted = rows
    .orderBy(...order)
    .limit(page.limit)
    .offset(page.offset)
    .all()
  return { total, rows: wanted.map(row => row.review) }
}

/** A page of the open reviews that wait for somebody, the first due first, and how many there are. */
export function waitingPage(
  db: Reader,
  waiting: Waiting,
  { limit, offset }: { limit: number; offset: number },
): { total: number; rows: ReviewRow[] } {
  const found = db
    .selectDistinct({ id: review.id, dueAt: review.dueAt })
    .from(reviewWait)
    .innerJoin(review, eq(review.id, reviewWait.reviewId))
    .where(waitsFor(waiting))
    .orderBy(asc(review.dueAt), asc(review.id))
    .all()
  const ids = found.slice(offset, offset + limit).map(row => row.id)
  const rows = db
    .select()
    .from(review)
    .where(inArray(review.id, ids))
    .orderBy(asc(review.dueAt), asc(review.id))
  return { total: found.length, rows: rows.all() }
}

/** Notes what a review waits for now. Whatever changes votes or departments of a round must call it. */
export function noteWaiting(tx: Tx, row: ReviewRow): void {
  tx.delete(reviewWait).where(eq(reviewWait.reviewId, row.id)).run()
  if (stateOf(tx, row.id) !== 'in_review') return
  const left = missing(votesOf(tx, row.id), requiredOf(tx, row))
  for (const department of left.length > 0 ? left : [ANYONE])
    tx.insert(reviewWait).values({ department, reviewId: row.id }).run()
}

/** How many open reviews wait for each department, how many of them past `now`, and since when (ms) the oldest. */
export const waitingByDepartment = (db: Reader, now: number) =>
  db
    .select({
      department: reviewWait.department,
      open: count(),
      overdue: sql<number>`sum(${review.dueAt} <= ${now})`,
      oldestAt: min(review.openedAt),
    })
    .from(reviewWait)
    .innerJoin(review, eq(review.id, reviewWait.reviewId))
    .groupBy(reviewWait.department)
    .all()

/**
 * Reviews a person may vote in and is waited for: a department they speak for has still to approve, or every department
 * has and only the number of approvals is short. Authors wait for others, and a seat counts once.
 */
function waitsFor({ personId, seats }: Waiting): SQL | undefined {
  const { department, reviewId } = reviewWait
  const me = sql`${personId}`
  const given = sql`(${reviewId}, ${department}) in (select review_id, department from stand_in where person_id = ${me})`
  const givenAny = sql`${reviewId} in (select review_id from stand_in where person_id = ${me})`
  const fromSeats = seats.map(({ department: own, holder }) =>
    and(inArray(department, [own, ANYONE]), isOther(sql`${holder}`), isUnused(sql`${holder}`)),
  )
  const isMember = seats.some(seat => seat.holder === personId)
  const fromChair = isMember ? [given, and(eq(department, ANYONE), givenAny)] : []
  return and(or(sql`0`, ...fromSeats, ...fromChair), isOther(me), hasNotVoted(me))
}

/** Whether a person did not bring the review about. */
const isOther = (
  person: SQL,
): SQL => sql`(${review.openedBy} <> ${person} and (${review.kind} = 'retirement' or not exists (
  select 1 from revision_author a where a.revision_id = ${review.revisionId} and a.person_id = ${person})))`

/** Whether no vote was cast yet from the seat of `holder`. */
const isUnused = (holder: SQL): SQL => sql`not exists (
  select 1 from vote v where v.review_id = ${review.id} and coalesce(v.for_person_id, v.person_id) = ${holder})`

const hasNotVoted = (person: SQL): SQL =>
  sql`not exists (select 1 from vote v where v.review_id = ${review.id} and v.person_id = ${person})`
