import { asc, eq, or, and } from 'drizzle-orm'
import type { Category } from '#server/contract/lists.ts'
import type { QuestionView } from '#server/contract/question.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { iso } from '#server/platform/kernel/clock.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { publishedRevisions } from '#server/entries/index.ts'
import { nameOf, person, type Actor } from '#server/people/index.ts'
import { latestRound } from '#server/reviews/index.ts'
import { isRead, latestAnswer } from './answers.ts'
import { callbackStates } from './callback-standing.ts'
import { summaries } from './lists.ts'
import { mergedInto } from './merging.ts'
import { isAsker, mayOf, mayReadWhole } from './rights.ts'
import { leadOf, questionRow, type QuestionRow } from './steps.ts'
import { questionStep } from './tables.ts'

type Whole = Omit<QuestionView, 'near' | 'candidates'> & { isWhole: boolean }

/**
 * A question with its askings, steps and answer. Its departments, chair and supervisors see all of it; who asked it sees
 * their own askings, what came of them, and only approved text. Refuses `question.not_found` to everyone else.
 */
export function questionView(db: Reader, now: number, actor: Actor, id: number): Whole {
  const row = questionRow(db, id)
  const lead = leadOf(db, row)
  const isWhole = mayReadWhole(db, actor, lead)
  const own = row.personId === actor.id || isAsker(db, actor, id)
  if (!isWhole && !own) throw new Refusal('question.not_found')
  const may = [
    ...new Set([...mayOf(db, actor, row), ...mayOf(db, actor, lead).filter(act => act === 'facts')]),
  ]
  return {
    ...summaries(db, now, actor, [id])[0]!,
    mergedInto: row.leadId,
    askings: askingsOf(db, now, lead).filter(one => isWhole || one.by.id === actor.id),
    steps: stepsShown(db, lead, isWhole ? undefined : actor),
    answer: answerOf(db, now, lead, isWhole),
    may,
    isWhole,
  }
}

/**
 * The wordings of a question, the leading one first, and the entry that answers it, null while none is in force: as far as the actor
 * may see them. Refuses `question.not_found`.
 */
export function answeredQuestion(
  db: Reader,
  now: number,
  actor: Actor,
  id: number,
): { wordings: string[]; category: Category; entryId: number | null } {
  const { askings, category, answer } = questionView(db, now, actor, id)
  const isInForce = answer !== null && answer.say !== null
  return { wordings: askings.map(one => one.text), category, entryId: isInForce ? answer.entryId : null }
}

function askingsOf(db: Reader, now: number, lead: QuestionRow): QuestionView['askings'] {
  const all = [lead, ...mergedInto(db, lead.id)]
  const callbacks = callbackStates(
    db,
    now,
    all.map(one => one.id),
  )
  return all.map(({ id, text, query, raisedAt, personId }) => ({
    id,
    text,
    query,
    at: iso(raisedAt),
    by: { id: personId, name: nameOf(db, personId) },
    callback: callbacks.get(id) ?? null,
  }))
}

/** Steps of others that tell of their own calls: not for an agent who asked the same. */
const OF_AN_ASKER = ['raised', 'merged', 'unmerged', 'supplemented']

/** The steps of a leading question, and those by which others joined it; for `only` without what other askers did. */
function stepsShown(db: Reader, lead: QuestionRow, only: Actor | undefined): QuestionView['steps'] {
  const { questionId, otherId, kind } = questionStep
  const joined = and(eq(otherId, lead.id), eq(kind, 'merged'))
  const rows = db
    .select()
    .from(questionStep)
    .leftJoin(person, eq(person.id, questionStep.personId))
    .where(or(eq(questionId, lead.id), joined))
    .orderBy(asc(questionStep.id))
    .all()
  return rows
    .filter(row => !only || row.person?.id === only.id || !OF_AN_ASKER.includes(row.question_step.kind))
    .map(({ question_step: step, person: by }) => ({
      kind: step.kind,
      at: iso(step.at),
      by: by && { id: by.id, name: by.name },
      department: step.department,
      reason: step.reason,
      otherId: step.questionId === lead.id ? step.otherId : step.questionId,
    }))
}

/** What answers a question; to who only asked it, once they may read it. `say` is approved text or null. */
function answerOf(db: Reader, now: number, lead: QuestionRow, isWhole: boolean): QuestionView['answer'] {
  const found = latestAnswer(db, lead.id)
  if (!found) return null
  const [current] = isRead(db, now, found) ? publishedRevisions(db, now, [found.entryId]) : []
  if (!isWhole && !current) return null
  const { entryId, revisionId, personId, isExisting } = found
  return {
    entryId,
    revisionId,
    reviewId: latestRound(db, revisionId)?.id ?? null,
    by: { id: personId, name: nameOf(db, personId) },
    isExisting,
    say: current?.say ?? null,
  }
}
