import { and, asc, count, eq, inArray, isNull, lte, ne, or, sql, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { QuestionList, QuestionQuery, QuestionSummary } from '#server/contract/question.ts'
import type { Reader } from '#server/platform/db/db.ts'
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

const listed = (db: Reader, where: SQL | undefined, page: { limit: number; offset: number }) =>
  db
    .select(COLUMNS)
    .from(question)
    .innerJoin(lead, isLed)
    .leftJoin(person, eq(person.id, lead.takerId))
    .where(where)
    .orderBy(BY_URGENCY, asc(lead.dueAt), asc(question.id))
    .limit(page.limit)
    .offset(page.offset)
    .all()

const BY_URGENCY = sql`case ${lead.urgency} when 'safety' then 0 when 'urgent' then 1 else 2 end`

/**
 * Questions by urgency and due date. Chair and supervisors see all, experts and reviewers those their department leads
 * or supports; everybody what they asked themselves, as rows of their own.
 */
export function questionList(db: Reader, now: number, actor: Actor, query: QuestionQuery): QuestionList {
  requireAnyRole(actor)
  const where = and(visibleTo(db, actor), wanted(actor, now, query))
  const total =
    db.select({ rows: count() }).from(question).innerJoin(lead, isLed).where(where).get()?.rows ?? 0
  const supporting = new Map(routings(db).map(one => [one.category, one.supporting]))
  const rows = listed(db, where, query)
  return { total, questions: rows.map(row => summaryOf(row, now, actor, supporting.get(row.category) ?? [])) }
}

/** One asking as it looks in a list. */
export function summary(db: Reader, now: number, actor: Actor, id: number): QuestionSummary | undefined {
  const [row] = listed(db, eq(question.id, id), { limit: 1, offset: 0 })
  const supporting = row && routings(db).find(one => one.category === row.category)?.supporting
  return row && summaryOf(row, now, actor, supporting ?? [])
}

const isCommittee = ({ roles }: Actor): boolean =>
  roles.some(role => role === 'expert' || role === 'reviewer' || role === 'chair' || role === 'supervisor')

/** Committee members see leading questions; who only asks, their own askings, wherever these were merged. */
function visibleTo(db: Reader, actor: Actor): SQL | undefined {
  if (!isCommittee(actor)) return eq(question.personId, actor.id)
  if (seesWhole(actor, [])) return isNull(question.leadId)
  const supported = routings(db)
    .filter(one => one.supporting.includes(actor.department))
    .map(one => one.category)
  const { department, category, personId, takerId } = question
  const theirs = or(eq(department, actor.department), inArray(category, supported), eq(takerId, actor.id))
  return or(and(isNull(question.leadId), theirs), eq(personId, actor.id))
}

function wanted(
  actor: Actor,
  now: number,
  { state, department, category, mine }: QuestionQuery,
): SQL | undefined {
  const late = and(inArray(lead.state, [...CAN_BE_LATE]), lte(lead.dueAt, now))
  const byState =
    state === undefined
      ? undefined
      : state === 'open'
        ? inArray(lead.state, [...OPEN])
        : state === 'overdue'
          ? late
          : state === 'merged'
            ? ne(question.id, lead.id)
            : eq(lead.state, state)
  return and(
    byState,
    department === undefined ? undefined : eq(lead.department, department),
    category === undefined ? undefined : eq(lead.category, category),
    mine ? or(eq(lead.takerId, actor.id), eq(question.personId, actor.id)) : undefined,
  )
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
