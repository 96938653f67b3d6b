import { and, asc, eq, gte, inArray, lt, min, sql } from 'drizzle-orm'
import { among, type Reader } from '#server/platform/db/db.ts'
import { wordingOf } from '#server/platform/text/likeness.ts'
import { callOutcome, callSearch } from '#server/calls/index.ts'
import { question, questionAnswer, questionStep } from '#server/questions/index.ts'
import type { Period } from './periods.ts'

/** A call that would have raised a question again, had it not been answered before. */
export interface Spared {
  questionId: number
  callId: number
  text: string
  department: string
  raisedAt: number
  /** When the call was settled (ms). */
  at: number
}

/**
 * Calls of a period settled with the entry that answered a question, after it was published, in which the question's own
 * wording, or the query it was raised with, was searched again. A call spares one question at most.
 */
export function sparedBy(db: Reader, period: Period, department?: string): Spared[] {
  const settled = settledCalls(db, period)
  const known = answeredBy(db, [...new Set(settled.map(one => one.entryId!))])
  const spared = new Map<number, Spared>()
  for (const { callId, entryId, at, query } of settled) {
    const wording = wordingOf(query)
    const same = known.get(entryId!)?.find(one => one.publishedAt < at && one.wordings.has(wording))
    if (!same || spared.has(callId) || (department !== undefined && same.department !== department)) continue
    const { questionId, text, raisedAt } = same
    spared.set(callId, { questionId, callId, text, department: same.department, raisedAt, at })
  }
  return [...spared.values()]
}

/** What was searched in calls whose last outcome is that an entry which answers a question resolved them. */
function settledCalls(db: Reader, { start, end }: Period) {
  const { callId, entryId, at, verdict } = callOutcome
  const isLast = sql`${callOutcome.id} = (select max(o.id) from call_outcome o where o.call_id = ${callId})`
  const answers = db.select({ id: questionAnswer.entryId }).from(questionAnswer)
  const inPeriod = and(gte(at, start), lt(at, end))
  return db
    .select({ callId, entryId, at, query: callSearch.query })
    .from(callOutcome)
    .innerJoin(callSearch, eq(callSearch.callId, callId))
    .where(and(inArray(entryId, answers), inPeriod, eq(verdict, 'resolved'), isLast))
    .orderBy(asc(callSearch.id))
    .all()
}

interface Answered {
  questionId: number
  text: string
  department: string
  raisedAt: number
  publishedAt: number
  wordings: Set<string>
}

/** The questions each entry was published to answer, the first raised first, in all their wordings. */
function answeredBy(db: Reader, entryIds: readonly number[]): Map<number, Answered[]> {
  const { id, text, department, raisedAt } = question
  const isLast = sql`${questionAnswer.id} = (select max(a.id) from question_answer a where a.question_id = ${id})`
  const rows = db
    .select({
      questionId: id,
      text,
      department,
      raisedAt,
      entryId: questionAnswer.entryId,
      publishedAt: min(questionStep.at),
    })
    .from(questionAnswer)
    .innerJoin(question, eq(id, questionAnswer.questionId))
    .innerJoin(questionStep, and(eq(questionStep.questionId, id), eq(questionStep.kind, 'published')))
    .where(and(among(questionAnswer.entryId, entryIds), isLast))
    .groupBy(id)
    .orderBy(asc(id))
    .all()
  const wordings = wordingsOf(
    db,
    rows.map(row => row.questionId),
  )
  const answered = new Map<number, Answered[]>()
  for (const { entryId, publishedAt, ...row } of rows) {
    const one = { ...row, publishedAt: publishedAt!, wordings: wordings.get(row.questionId)! }
    answered.set(entryId, [...(answered.get(entryId) ?? []), one])
  }
  return answered
}

function wordingsOf(db: Reader, ids: readonly number[]): Map<number, Set<string>> {
  const lead = sql<number>`coalesce(${question.leadId}, ${question.id})`
  const rows = db
    .select({ lead, folded: question.folded, query: question.query })
    .from(question)
    .where(sql`(${among(question.id, ids)} or ${among(question.leadId, ids)})`)
    .all()
  const wordings = new Map<number, Set<string>>(ids.map(id => [id, new Set()]))
  for (const row of rows)
    for (const wording of [row.folded, wordingOf(row.query ?? '')])
      if (wording !== '') wordings.get(row.lead)?.add(wording)
  return wordings
}
