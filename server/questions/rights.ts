import { and, eq, or } from 'drizzle-orm'
import type { Reader } from '#server/platform/db/db.ts'
import type { Code } from '#server/contract/codes.ts'
import type { QuestionView } from '#server/contract/question.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import type { Actor } from '#server/people/index.ts'
import { routingOf } from './policy.ts'
import { actsOf, seesWhole } from './rules.ts'
import type { QuestionRow } from './steps.ts'
import { question } from './tables.ts'

type Act = QuestionView['may'][number]

/** The departments that answer for a question: where it was routed, and those that support its category. */
export const departmentsOf = (db: Reader, { department, category }: QuestionRow): string[] => [
  ...new Set([department, ...routingOf(db, category).supporting]),
]

/** Whether someone asked a question, or one that was merged into it. */
export const isAsker = (db: Reader, actor: Actor, id: number): boolean =>
  db
    .select({ id: question.id })
    .from(question)
    .where(and(eq(question.personId, actor.id), or(eq(question.id, id), eq(question.leadId, id))))
    .get() !== undefined

/** Whether someone sees all of a question, not just what they asked themselves. */
export const mayReadWhole = (db: Reader, actor: Actor, row: QuestionRow): boolean =>
  seesWhole(actor, departmentsOf(db, row)) || row.takerId === actor.id

/** What someone may do with a question now. */
export const mayOf = (db: Reader, actor: Actor, row: QuestionRow): Act[] =>
  actsOf(actor, { ...row, departments: departmentsOf(db, row), isAsker: isAsker(db, actor, row.id) })

/** Where each act makes sense. */
const PLACES: Partial<Record<Act, Pick<QuestionRow, 'state'>>> = {
  unmerge: { state: 'merged' },
  releasing: { state: 'taken' },
  facts: { state: 'returned' },
}

/**
 * Refuses an act that the actor may not do now: `question.not_found` for what they may not see, `right.missing` for what
 * is never theirs to do, else what stands in the way of it at the moment.
 */
export function requireAct(db: Reader, actor: Actor, row: QuestionRow, act: Act): void {
  if (mayOf(db, actor, row).includes(act)) return
  const asked = isAsker(db, actor, row.id)
  if (!asked && !mayReadWhole(db, actor, row)) throw new Refusal('question.not_found')
  const departments = departmentsOf(db, row)
  const place = PLACES[act] ?? { state: 'routed' }
  const takerId = act === 'releasing' ? actor.id : null
  if (!actsOf(actor, { ...place, takerId, departments, isAsker: asked }).includes(act))
    throw new Refusal('right.missing')
  throw new Refusal(obstacle(row, act))
}

function obstacle({ state }: QuestionRow, act: Act): Code {
  if (act === 'unmerge') return 'question.cannot_merge'
  if (state === 'merged') return 'question.merged'
  if (state === 'published' || state === 'refused' || state === 'closed') return 'question.closed'
  if (act === 'facts') return 'question.not_asked_for_facts'
  if (state === 'answered' || state === 'in_review') return 'question.in_review'
  return 'question.taken'
}
