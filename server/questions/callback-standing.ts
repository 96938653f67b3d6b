import { and, asc, count, desc, eq, inArray, or, sql, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { CallbackState, QuestionState } from '#server/contract/lists.ts'
import { among, type Reader } from '#server/platform/db/db.ts'
import { revision } from '#server/entries/index.ts'
import { person } from '#server/people/index.ts'
import { callbackState, type CallbackFacts } from './callback-rules.ts'
import { callback, callbackTry, question, questionStep } from './tables.ts'

/** A call-back with what it stands on, and where that leaves it; times in ms. */
export type Standing = Row & { tries: TryRow[]; state: CallbackState }

type Row = ReturnType<typeof rowsWhere>[number]
type TryRow = ReturnType<typeof triesFor>[number]

const lead = alias(question, 'lead')
const leadId = sql`coalesce(${question.leadId}, ${question.id})`

/** The step that published or refused the leading question last: what there is to tell. */
const settlement = sql`(select max(s.id) from question_step s
  where s.question_id = ${lead.id} and s.kind in ('published', 'refused'))`

/** Which call-backs: of these conditions on `callback`, and of leading questions in these states; all, or the last of them. */
export interface Which {
  where?: SQL | undefined
  leads?: readonly QuestionState[] | undefined
  last?: { limit: number; offset: number }
}

/** The call-backs of some askings, or all, each with its state at `now`. */
export function standings(db: Reader, now: number, which: Which): Standing[] {
  const rows = rowsWhere(db, which)
  const ids = rows.map(row => row.callback.id)
  const tries = Map.groupBy(triesFor(db, ids), one => one.callbackId)
  return rows.map(row => {
    const own = tries.get(row.callback.id) ?? []
    return { ...row, tries: own, state: callbackState(factsOf(row, own), now) }
  })
}

export const factsOf = (row: Row, tries: TryRow[]): CallbackFacts => ({
  lead: row.lead.state,
  answer: row.answer,
  tries,
  isPurged: row.callback.purgedAt !== null,
})

/** The condition that a call-back's asking is `id`, or is led by it. */
export const ledBy = (id: number): SQL | undefined => or(eq(question.id, id), eq(question.leadId, id))

const rowsWhere = (db: Reader, { where, leads, last }: Which) =>
  db
    .select({
      callback,
      text: question.text,
      askedAt: question.raisedAt,
      lead: { id: lead.id, state: lead.state },
      readyAt: questionStep.at,
      reason: questionStep.reason,
      answer: questionStep.revisionId,
      entryId: revision.entryId,
      holder: { id: person.id, name: person.name, workNo: person.workNo, leftAt: person.leftAt },
    })
    .from(callback)
    .innerJoin(question, eq(question.id, callback.questionId))
    .innerJoin(lead, eq(lead.id, leadId))
    .innerJoin(person, eq(person.id, callback.holderId))
    .leftJoin(questionStep, eq(questionStep.id, settlement))
    .leftJoin(revision, eq(revision.id, questionStep.revisionId))
    .where(and(where, leads && inArray(lead.state, [...leads])))
    .orderBy(last ? desc(callback.id) : asc(callback.id))
    .limit(last?.limit ?? -1)
    .offset(last?.offset ?? 0)
    .all()

/** How many there are. */
export const countWhere = (db: Reader, { where, leads }: Pick<Which, 'where' | 'leads'>): number =>
  db
    .select({ rows: count() })
    .from(callback)
    .innerJoin(question, eq(question.id, callback.questionId))
    .innerJoin(lead, eq(lead.id, leadId))
    .where(and(where, leads && inArray(lead.state, [...leads])))
    .get()?.rows ?? 0

const triesFor = (db: Reader, ids: readonly number[]) =>
  db
    .select({
      callbackId: callbackTry.callbackId,
      result: callbackTry.result,
      solved: callbackTry.solved,
      retryAt: callbackTry.retryAt,
      note: callbackTry.note,
      revisionId: callbackTry.revisionId,
      personId: callbackTry.personId,
      by: person.name,
      at: callbackTry.at,
    })
    .from(callbackTry)
    .innerJoin(person, eq(person.id, callbackTry.personId))
    .where(among(callbackTry.callbackId, ids))
    .orderBy(asc(callbackTry.id))
    .all()

/** The states of the call-backs of these askings at `now`, by asking; an asking without one is not in it. */
export function callbackStates(
  db: Reader,
  now: number,
  askings: readonly number[],
): Map<number, CallbackState> {
  const found = standings(db, now, { where: among(callback.questionId, askings) })
  return new Map(found.map(one => [one.callback.questionId, one.state]))
}

/** How many customers of a leading question are still to be called, now or later. */
export const openCallbacks = (db: Reader, now: number, leading: number): number =>
  standings(db, now, { where: ledBy(leading) }).filter(one => one.state !== 'done').length
