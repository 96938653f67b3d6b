import { asc, desc } from 'drizzle-orm'
import { CATEGORIES, type Category } from '#server/contract/lists.ts'
import type { QuestionPolicy, Routing } from '#server/contract/routing.ts'
import type { Reader, Tx } from '#server/platform/db/db.ts'
import { recordAudit } from '#server/platform/kernel/records.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { departments, requireDepartment, requireRole, type Actor } from '#server/people/index.ts'
import { POLICY, ROUTINGS } from './rules.ts'
import { questionPolicy, routing } from './tables.ts'

/** The matrix 归口管理 as it holds now, a line for each category. */
export function routings(db: Reader): Routing[] {
  const known = new Set(departments(db).map(one => one.slug))
  const latest = new Map(
    db
      .select()
      .from(routing)
      .orderBy(asc(routing.id))
      .all()
      .map(row => [row.category, row]),
  )
  return CATEGORIES.map(category => {
    const { lead, supporting } = latest.get(category) ?? ROUTINGS[category]
    return {
      category,
      lead: known.has(lead) ? lead : somebody(known),
      supporting: supporting.filter(one => known.has(one)),
    }
  })
}

/** Who takes what the matrix gives to a department that this installation does not have. */
const somebody = (known: ReadonlySet<string>): string =>
  known.has('service') ? 'service' : ([...known][0] ?? '')

/** Who leads and who supports for a category. */
export const routingOf = (db: Reader, category: Category): Routing =>
  routings(db).find(one => one.category === category)!

/** Sets a line of the matrix. Supervisors and the chair only; refuses `department.not_found`. */
export function setRouting(tx: Tx, now: number, actor: Actor, { category, lead, supporting }: Routing): void {
  requireRole(actor, 'supervisor', 'chair')
  for (const slug of [lead, ...supporting]) requireDepartment(tx, slug)
  const before = routingOf(tx, category)
  const set = { lead, supporting: supporting.filter(one => one !== lead) }
  tx.insert(routing)
    .values({ category, ...set, personId: actor.id, at: now })
    .run()
  const note = [lead, ...set.supporting].join(' ')
  recordAudit(tx, now, actor, 'routing.set', `routing:${category}`, {
    note,
    before,
    after: { category, ...set },
  })
}

/** What is promised for questions and call-backs now. */
export const questionPolicyOf = (db: Reader): QuestionPolicy =>
  db.select().from(questionPolicy).orderBy(desc(questionPolicy.id)).get()?.content ?? POLICY

/** Sets what is promised, for what is asked from now on. Supervisors only; refuses two hours for one case. */
export function setQuestionPolicy(tx: Tx, now: number, actor: Actor, content: QuestionPolicy): void {
  requireRole(actor, 'supervisor')
  const cases = content.exceptions.map(one => `${one.category} ${one.urgency}`)
  const twice = cases.findIndex((one, at) => cases.indexOf(one) < at)
  if (twice >= 0)
    throw new Refusal('request.invalid', [{ path: `body.exceptions.${twice}`, message: 'is there already' }])
  const before = questionPolicyOf(tx)
  tx.insert(questionPolicy).values({ content, personId: actor.id, at: now }).run()
  const told = { note: JSON.stringify(content), before, after: content }
  recordAudit(tx, now, actor, 'question_policy.set', 'question-policy', told)
}
