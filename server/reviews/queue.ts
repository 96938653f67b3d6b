import { and, asc, count, desc, eq, isNull, or, sql, type SQL } from 'drizzle-orm'
import type { ReviewState } from '#server/contract/lists.ts'
import type { Reader } from '#server/platform/db/db.ts'
import type { ReviewRow } from './queries.ts'
import { review, reviewEnd } from './tables.ts'

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
  waiting?: Waiting,
): { total: number; rows: ReviewRow[] } {
  const inState = state === 'in_review' ? isNull(reviewEnd.state) : eq(reviewEnd.state, state)
  const where = and(inState, waiting && waitsFor(waiting))
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

/** How many open reviews wait for each department, how many of them past `now`, and since when (ms) the oldest. */
export const waitingByDepartment = (db: Reader, now: number) =>
  db.all<{ department: string; open: number; overdue: number; oldestAt: number }>(sql`
    select needed.department, count(*) as open, sum(r.due_at <= ${now}) as overdue, min(r.opened_at) as oldestAt
    from (
      select r.id as review_id, j.value as department from review r, json_each(r.required) j
      union select review_id, department from called_in
    ) needed
    join review r on r.id = needed.review_id
    left join review_end e on e.review_id = r.id
    where e.review_id is null and not ${approvedBy(sql`needed.department`, sql`r.id`)}
    group by needed.department`)

/**
 * Reviews a person may vote in and is waited for: a department they speak for has still to approve, or every department
 * has and only the number of approvals is short. Authors wait for others, and a seat counts once.
 */
function waitsFor({ personId, seats }: Waiting): SQL | undefined {
  const missing = sql`(
    select n.department from (
      select value as department from json_each(${review.required})
      union select department from called_in where review_id = ${review.id}
    ) n where not ${approvedBy(sql`n.department`, sql`${review.id}`)})`
  const isShort = sql`not exists ${missing}`
  const fromSeats = seats.map(
    ({ department, holder }) =>
      sql`((${department} in ${missing} or ${isShort}) and ${isOther(sql`${holder}`)} and ${isUnused(sql`${holder}`)})`,
  )
  const given = sql`exists (
    select 1 from stand_in s where s.review_id = ${review.id} and s.person_id = ${personId}
      and (s.department in ${missing} or ${isShort}))`
  return and(isOther(sql`${personId}`), hasNotVoted(sql`${personId}`), or(...fromSeats, given))
}

const approvedBy = (department: SQL, id: SQL): SQL => sql`exists (
  select 1 from vote v where v.review_id = ${id} and v.department = ${department} and v.verdict = 'approve')`

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
