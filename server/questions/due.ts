import { and, asc, eq, inArray, lte, or } from 'drizzle-orm'
import { write, type Db, type Reader, type Tx } from '#server/platform/db/db.ts'
import { HOUR } from '#server/platform/kernel/clock.ts'
import { announce } from '#server/platform/kernel/records.ts'
import { questionPolicyOf } from './policy.ts'
import { CAN_BE_LATE, escalationDue } from './rules.ts'
import { questionRow, takeStep } from './steps.ts'
import { question } from './tables.ts'

/** How many are escalated at a look; the others follow with the next. */
const BATCH = 200

/** Tells the department's members and the chair of questions that are late, and some hours later the supervisors too. */
export function escalate(db: Db, now: number): void {
  for (const id of late(db, now)) write(db, tx => escalateOne(tx, now, id))
}

function late(db: Reader, now: number): number[] {
  const { state, dueAt, escalation } = question
  const until = now - questionPolicyOf(db).supervisorAfterHours * HOUR
  const next = or(and(eq(escalation, 0), lte(dueAt, now)), and(eq(escalation, 1), lte(dueAt, until)))
  const rows = db
    .select({ id: question.id })
    .from(question)
    .where(and(inArray(state, [...CAN_BE_LATE]), next))
  return rows
    .orderBy(asc(dueAt))
    .limit(BATCH)
    .all()
    .map(row => row.id)
}

/** One step at a time, so that nobody is passed over. */
function escalateOne(tx: Tx, now: number, id: number): void {
  const row = questionRow(tx, id)
  if (row.escalation >= escalationDue(row, questionPolicyOf(tx), now)) return
  takeStep(tx, now, null, row, 'escalated')
  announce(tx, now, 'question.overdue', `question:${id}`)
}
