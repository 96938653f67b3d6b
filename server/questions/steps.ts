import { and, asc, desc, eq } from 'drizzle-orm'
import type { QuestionStepKind } from '#server/contract/lists.ts'
import type { Reader, Tx } from '#server/platform/db/db.ts'
import { recordAudit, type Who } from '#server/platform/kernel/records.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { placeAfter, type Place } from './rules.ts'
import { question, questionStep } from './tables.ts'

export type QuestionRow = typeof question.$inferSelect
export type StepRow = typeof questionStep.$inferSelect

type Facts = Partial<Pick<StepRow, 'department' | 'reason' | 'otherId' | 'revisionId' | 'dueAt' | 'urgency'>>

/** A question by its id, whoever asks; refuses `question.not_found`. */
export function questionRow(db: Reader, id: number): QuestionRow {
  const found = db.select().from(question).where(eq(question.id, id)).get()
  if (!found) throw new Refusal('question.not_found')
  return found
}

/** The question that does the work for this one: itself, unless it was merged. */
export const leadOf = (db: Reader, row: QuestionRow): QuestionRow =>
  row.leadId === null ? row : questionRow(db, row.leadId)

/** The steps of a question, in their order. */
export const stepsOf = (db: Reader, questionId: number): StepRow[] =>
  db
    .select()
    .from(questionStep)
    .where(eq(questionStep.questionId, questionId))
    .orderBy(asc(questionStep.id))
    .all()

/** The last step of one kind, if there was any. */
export const lastStep = (db: Reader, questionId: number, kind: QuestionStepKind): StepRow | undefined =>
  db
    .select()
    .from(questionStep)
    .where(and(eq(questionStep.questionId, questionId), eq(questionStep.kind, kind)))
    .orderBy(desc(questionStep.id))
    .get()

/** Writes a step and where it leads, with its line of the audit trail. Returns the question as it stands then. */
export function takeStep(
  tx: Tx,
  now: number,
  who: Who,
  row: QuestionRow,
  kind: QuestionStepKind,
  facts: Facts = {},
): QuestionRow {
  const step = { ...NO_FACTS, ...facts, questionId: row.id, kind, personId: who?.id ?? null, at: now }
  tx.insert(questionStep).values(step).run()
  const place: Place = placeAfter(kind === 'raised' ? undefined : row, step)
  const { urgency, state, leadId, department, takerId, dueAt, escalation, endedAt } = place
  const columns = { urgency, state, leadId, department, takerId, dueAt, escalation, endedAt }
  tx.update(question).set(columns).where(eq(question.id, row.id)).run()
  const note = [facts.department, facts.otherId && `question:${facts.otherId}`].filter(Boolean).join(' ')
  recordAudit(tx, now, who, `question.${kind}`, `question:${row.id}`, {
    note: note || undefined,
    after: step,
  })
  return { ...row, ...columns }
}

const NO_FACTS = {
  department: null,
  reason: null,
  otherId: null,
  revisionId: null,
  dueAt: null,
  urgency: null,
}
