import type { MoreFacts, NewRouting } from '#server/contract/question.ts'
import type { Tx } from '#server/platform/db/db.ts'
import { announce } from '#server/platform/kernel/records.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { maskNumbers } from '#server/platform/text/personal.ts'
import { requireDepartment, type Actor } from '#server/people/index.ts'
import { requireAct } from './rights.ts'
import { tellAll } from './settle.ts'
import { lastStep, leadOf, questionRow, takeStep, type QuestionRow } from './steps.ts'

/** Gives a question to another department, which takes it up anew. Refuses the department it is at. */
export function routeQuestion(
  tx: Tx,
  now: number,
  actor: Actor,
  id: number,
  { department, reason }: NewRouting,
): QuestionRow {
  const row = questionRow(tx, id)
  requireAct(tx, actor, row, 'routing')
  requireDepartment(tx, department)
  if (department === row.department)
    throw new Refusal('request.invalid', [{ path: 'body.department', message: 'has it already' }])
  const routed = takeStep(tx, now, actor, row, 'routed', { department, reason: wordsOf(reason, 'reason') })
  announce(tx, now, 'question.routed', `question:${id}`)
  return routed
}

/** Takes a question up; twice is once. Of two who take it at the same time the second is refused `question.taken`. */
export function takeQuestion(tx: Tx, now: number, actor: Actor, id: number): QuestionRow {
  const row = questionRow(tx, id)
  if (row.state === 'taken' && row.takerId === actor.id) return row
  requireAct(tx, actor, row, 'taking')
  return takeStep(tx, now, actor, row, 'taken')
}

/** Gives a question back to its department: one's own, or, for the chair and supervisors, anybody's. */
export function releaseQuestion(tx: Tx, now: number, actor: Actor, id: number): QuestionRow {
  const row = questionRow(tx, id)
  requireAct(tx, actor, row, 'releasing')
  return takeStep(tx, now, actor, row, 'released')
}

/** Asks the agents who raised a question for more. */
export function returnQuestion(tx: Tx, now: number, actor: Actor, id: number, reason: string): QuestionRow {
  const row = questionRow(tx, id)
  requireAct(tx, actor, row, 'return')
  const returned = takeStep(tx, now, actor, row, 'returned', { reason: wordsOf(reason, 'reason') })
  announce(tx, now, 'question.returned', `question:${id}`)
  return returned
}

/** Adds what was asked for; the time that was waited for it is added to when the answer is due. */
export function supplementQuestion(
  tx: Tx,
  now: number,
  actor: Actor,
  id: number,
  { text }: MoreFacts,
): QuestionRow {
  const row = leadOf(tx, questionRow(tx, id))
  requireAct(tx, actor, row, 'facts')
  const waited = now - lastStep(tx, row.id, 'returned')!.at
  const facts = { reason: wordsOf(text, 'text'), dueAt: row.dueAt + waited }
  const supplemented = takeStep(tx, now, actor, row, 'supplemented', facts)
  if (supplemented.takerId === null) announce(tx, now, 'question.routed', `question:${row.id}`)
  return supplemented
}

/** Says that there will be no answer, and why; the customers who wait for one are to be told so. */
export function refuseQuestion(tx: Tx, now: number, actor: Actor, id: number, reason: string): QuestionRow {
  const row = questionRow(tx, id)
  requireAct(tx, actor, row, 'refusal')
  const refused = takeStep(tx, now, actor, row, 'refused', { reason: wordsOf(reason, 'reason') })
  tellAll(tx, now, id, 'question.refused')
  return refused
}

/** Words as they are stored, without numbers of customers; refuses blank ones. */
function wordsOf(text: string, field: string): string {
  const words = maskNumbers(text).trim()
  if (words === '')
    throw new Refusal('request.invalid', [{ path: `body.${field}`, message: 'must say something' }])
  return words
}
