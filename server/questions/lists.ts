import { and, asc, count, eq, inArray, isNotNull, lte, ne, or, sql, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { QuestionList, QuestionQuery, QuestionSummary } from '#server/contract/question.ts'
import { among, type Reader } from '#server/platform/db/db.ts'
import { iso } from '#server/platform/kernel/clock.ts'
import { person, requireAnyRole, type Actor } from '#server/people/index.ts'
import { routings } from './policy.ts'
import { CAN_BE_LATE, OPEN, isOverdue, seesWhole } from './rules.ts'
import { question } from './tables.ts'

const lead = alias(question, 'lead')
const isLed = eq(lead.id, sql`coalesce(${question.leadId}, ${question.id})`)

/** What is listed of an asking: its own words, and where the question stands that does its work. */
const COLUMNS = {
  id: question.id,
  text: question.text,
  personId: question.personId,
  raisedAt: question.raisedAt,
  category: lead.category,
  urgency: lead.urgency,
  state: lead.state,
  department: lead.department,
  dueAt: lead.dueAt,
  escalation: lead.escalation,
  takerId: lead.takerId,
  taker: person.name,
  count: sql<number>`(select 1 + count(*) from question m where m.lead_id = ${lead.id})`,
}

/** What an asking looks like in a list, before it is shown. */
type Listed = ReturnType<typeof listed>[number]

const listed = (db: Reader, ids: readonly number[]) =>
  db
    .select(COLUMNS)
    .from(question)
    .innerJoin(lead, isLed)
    .leftJoin(person, eq(person.id, lead.takerId))
    .where(among(question.id, ids))
    .all()

/** Where the columns of a question are looked at: a leading one's are its own. */
type At = typeof question | typeof lead

const byUrgency = ({ urgency, dueAt }: At) => [
  sql`case ${urgency} when 'safety' then 0 when 'urgent' then 1 else 2 end`,
  asc(dueAt),
  asc(question.id),
]

/**
 * Questions by urgency and due date. Chair and supervisors see all, experts and reviewers those their department leads
 * or supports; everybody what they asked themselves, as rows of their own.
 */
export function questionList(db: Reader, now: number, actor: Actor, query: QuestionQuery): QuestionList {
  requireAnyRole(actor)
  const { total, ids } = isCommittee(actor)
    ? leadsFor(db, now, actor, query)
    : askingsBy(db, now, actor, query)
  return { total, questions: summaries(db, now, actor, ids) }
}

/** Askings as they look in a list, in the order of their ids. */
export function summaries(db: Reader, now: number, actor: Actor, ids: readonly number[]): QuestionSummary[] {
  const supporting = new Map(routings(db).map(one => [one.category, one.supporting]))
  const rows = new Map(listed(db, ids).map(row => [row.id, row]))
  return ids
    .flatMap(id => rows.get(id) ?? [])
    .map(row => summaryOf(row, now, actor, supporting.get(row.category) ?? []))
}

/** A page of the leading questions that a member of the committee sees; asked of one index, without a join. */
function leadsFor(db: Reader, now: number, actor: Actor, query: QuestionQuery) {
  const leading = query.state === 'merged' ? undefined : ne(question.state, 'merged')
  const where = and(leading, visibleTo(db, actor), wanted(question, actor, now, query))
  const rows = db
    .select({ id: question.id })
    .from(question)
    .where(where)
    .orderBy(...byUrgency(question))
  const total = db.select({ rows: count() }).from(question).where(where).get()?.rows ?? 0
  return { total, ids: pageOf(rows.limit(query.limit).offset(query.offset).all()) }
}

/** A page of what somebody asked, wherever it was merged. */
function askingsBy(db: Reader, now: number, actor: Actor, query: QuestionQuery) {
  const where = and(eq(question.personId, actor.id), wanted(lead, actor, now, query))
  const rows = db.select({ id: question.id }).from(question).innerJoin(lead, isLed).where(where)
  const total =
    db.select({ rows: count() }).from(question).innerJoin(lead, isLed).where(where).get()?.rows ?? 0
  const page = rows
    .orderBy(...byUrgency(lead))
    .limit(query.limit)
    .offset(query.offset)
  return { total, ids: pageOf(page.all()) }
}

const pageOf = (rows: readonly { id: number }[]): number[] => rows.map(row => row.id)

const isCommittee = ({ roles }: Actor): boolean =>
  roles.some(role => role === 'expert' || role === 'reviewer' || role === 'chair' || role === 'supervisor')

/** Which leading questions a member of the committee sees: all, or those of their department and their own. */
function visibleTo(db: Reader, actor: Actor): SQL | undefined {
  if (seesWhole(actor, [])) return undefined
  const supported = routings(db)
    .filter(one => one.supporting.includes(actor.department))
    .map(one => one.category)
  const { department, category, personId, takerId } = question
  const theirs = or(eq(department, actor.department), inArray(category, supported))
  return or(theirs, eq(takerId, actor.id), eq(personId, actor.id))
}

function wanted(
  at: At,
  actor: Actor,
  now: number,
  { state, department, category, mine }: QuestionQuery,
): SQL | undefined {
  return and(
    state === undefined ? undefined : inState(at, now, state),
    department === undefined ? undefined : eq(at.department, department),
    category === undefined ? undefined : eq(at.category, category),
    mine ? or(eq(at.takerId, actor.id), eq(question.personId, actor.id)) : undefined,
  )
}

function inState(at: At, now: number, state: NonNullable<QuestionQuery['state']>): SQL | undefined {
  if (state === 'open') return inArray(at.state, [...OPEN])
  if (state === 'overdue') return and(inArray(at.state, [...CAN_BE_LATE]), lte(at.dueAt, now))
  return state === 'merged' ? isNotNull(question.leadId) : eq(at.state, state)
}

function summaryOf(row: Listed, now: number, actor: Actor, supporting: readonly string[]): QuestionSummary {
  const { personId, takerId, taker, raisedAt, dueAt, ...rest } = row
  return {
    ...rest,
    supporting: supporting.filter(one => one !== row.department),
    raisedAt: iso(raisedAt),
    dueAt: iso(dueAt),
    isOverdue: isOverdue(row, now),
    taker: takerId === null ? null : { id: takerId, name: taker ?? '' },
    isMine: takerId === actor.id || personId === actor.id,
  }
}
