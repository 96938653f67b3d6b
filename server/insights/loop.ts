import { and, eq, gte, inArray, isNull, lt, min, sql, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { QuestionState, QuestionStepKind } from '#server/contract/question-lists.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { callback, callbackTry, question, questionStep } from '#server/questions/index.ts'
import type { Period } from './periods.ts'

/** A question, or one customer who asked it, as the figures need it; times in ms, null of what has not happened. */
export interface Run {
  id: number
  text: string
  department: string
  raisedAt: number
  dueAt: number
  state: QuestionState
  routedAt: number | null
  answeredAt: number | null
  publishedAt: number | null
}

/** Which steps count as reaching a point; the first of them does. An answer counts when it is written. */
const REACHED = {
  routedAt: ['routed'],
  answeredAt: ['answered', 'submitted', 'published'],
  publishedAt: ['published'],
} satisfies Record<string, QuestionStepKind[]>

/** Questions raised in a period, of one department when it is named. Merged ones are not counted beside the one they joined. */
export function runsOf(db: Reader, period: Period, department?: string): Run[] {
  const where = and(raisedIn(period), isNull(question.leadId), of(department))
  const { id, text, raisedAt, dueAt, state } = question
  const columns = { id, text, department: question.department, raisedAt, dueAt, state }
  const rows = db.select(columns).from(question).where(where).all()
  const reached = new Map(
    Object.entries(REACHED).map(([name, kinds]) => [name, firstSteps(db, where, kinds)]),
  )
  const at = (name: keyof typeof REACHED, run: number) => reached.get(name)!.get(run) ?? null
  return rows.map(row => ({
    ...row,
    routedAt: at('routedAt', row.id),
    answeredAt: at('answeredAt', row.id),
    publishedAt: at('publishedAt', row.id),
  }))
}

const raisedIn = ({ start, end }: Period): SQL | undefined =>
  and(gte(question.raisedAt, start), lt(question.raisedAt, end))
const of = (department: string | undefined): SQL | undefined =>
  department === undefined ? undefined : eq(question.department, department)

function firstSteps(db: Reader, where: SQL | undefined, kinds: QuestionStepKind[]): Map<number, number> {
  const rows = db
    .select({ id: question.id, at: min(questionStep.at) })
    .from(questionStep)
    .innerJoin(question, eq(question.id, questionStep.questionId))
    .where(and(where, inArray(questionStep.kind, kinds)))
    .groupBy(question.id)
    .all()
  return new Map(rows.map(row => [row.id, row.at!]))
}

/** Every customer called back and reached, whose asking was raised in a period: an asking each, merged or not. */
export function toldOf(db: Reader, period: Period, department?: string) {
  const lead = alias(question, 'lead')
  const { id, text, raisedAt } = question
  const isReached = eq(callbackTry.result, 'reached')
  return db
    .select({ id, text, department: lead.department, raisedAt, calledBackAt: min(callbackTry.at) })
    .from(callbackTry)
    .innerJoin(callback, eq(callback.id, callbackTry.callbackId))
    .innerJoin(question, eq(question.id, callback.questionId))
    .innerJoin(lead, eq(lead.id, sql`coalesce(${question.leadId}, ${id})`))
    .where(
      and(
        isReached,
        raisedIn(period),
        department === undefined ? undefined : eq(lead.department, department),
      ),
    )
    .groupBy(id)
    .all()
}
