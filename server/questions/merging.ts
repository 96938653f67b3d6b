import { asc, eq } from 'drizzle-orm'
import type { Reader, Tx } from '#server/platform/db/db.ts'
import { announce } from '#server/platform/kernel/records.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import type { Actor } from '#server/people/index.ts'
import { questionPolicyOf } from './policy.ts'
import { requireAct } from './rights.ts'
import { OPEN, dueFrom, moreUrgent } from './rules.ts'
import { closeIfAllTold } from './settle.ts'
import { questionRow, stepsOf, takeStep, type QuestionRow } from './steps.ts'
import { question } from './tables.ts'

/** The askings that were merged into a question, oldest first. */
export const mergedInto = (db: Reader, leadId: number): QuestionRow[] =>
  db.select().from(question).where(eq(question.leadId, leadId)).orderBy(asc(question.id)).all()

/**
 * Joins a question, and what was merged into it, to another one. The lead becomes as urgent as the most urgent of them.
 * Every asker keeps their own call-back. Returns the question as it stands then.
 */
export function joinLead(
  tx: Tx,
  now: number,
  actor: Actor,
  row: QuestionRow,
  lead: QuestionRow,
): QuestionRow {
  const merged = takeStep(tx, now, actor, row, 'merged', { otherId: lead.id })
  for (const follower of mergedInto(tx, row.id))
    takeStep(tx, now, actor, follower, 'merged', { otherId: lead.id })
  const urgency = moreUrgent(row.urgency, lead.urgency)
  if (urgency !== lead.urgency) {
    takeStep(tx, now, actor, lead, 'hastened', { urgency, dueAt: Math.min(row.dueAt, lead.dueAt) })
    announce(tx, now, 'question.routed', `question:${lead.id}`)
  }
  return merged
}

/** Merges a question that nobody has answered yet into an open one. Refuses `question.cannot_merge` for any other. */
export function mergeQuestion(tx: Tx, now: number, actor: Actor, id: number, intoId: number): QuestionRow {
  const row = questionRow(tx, id)
  requireAct(tx, actor, row, 'merge')
  const lead = questionRow(tx, intoId)
  if (lead.id === id || !OPEN.includes(lead.state))
    throw new Refusal('question.cannot_merge', [
      { path: 'body.intoId', message: 'is not another open question' },
    ])
  return joinLead(tx, now, actor, row, lead)
}

/**
 * Makes a merged asking a question again, routed where its lead was, with what had been merged into it before; its time
 * runs anew. The lead is closed when only this one's customers were still to be told. Refuses `question.cannot_merge` when it is not merged, `question.closed` once its lead is over.
 */
export function unmergeQuestion(tx: Tx, now: number, actor: Actor, id: number): QuestionRow {
  const row = questionRow(tx, id)
  requireAct(tx, actor, row, 'unmerge')
  const lead = questionRow(tx, row.leadId!)
  if (lead.state === 'closed') throw new Refusal('question.closed')
  const dueAt = dueFrom(questionPolicyOf(tx), now, row.urgency, row.category)
  const alone = takeStep(tx, now, actor, row, 'unmerged', {
    otherId: lead.id,
    department: lead.department,
    dueAt,
  })
  for (const follower of mergedInto(tx, lead.id))
    if (cameWith(tx, follower, id)) takeStep(tx, now, actor, follower, 'merged', { otherId: id })
  announce(tx, now, 'question.routed', `question:${id}`)
  closeIfAllTold(tx, now, lead.id)
  return alone
}

/** Whether an asking had been merged into a question before it came with that one to where it is now. */
function cameWith(db: Reader, { id }: QuestionRow, leadId: number): boolean {
  const before = stepsOf(db, id)
    .filter(step => step.kind === 'merged' || step.kind === 'unmerged')
    .at(-2)
  return before?.kind === 'merged' && before.otherId === leadId
}
