import { eq } from 'drizzle-orm'
import { among, type Reader } from '#server/platform/db/db.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { publishedRevisions } from '#server/entries/index.ts'
import { isRead, latestAnswer } from './answers.ts'
import { mergedInto } from './merging.ts'
import { leadOf, questionRow, type QuestionRow } from './steps.ts'
import { callback, question } from './tables.ts'

/** Every asking of a question: itself and those merged into it. */
export const questionAskings = (db: Reader, id: number): QuestionRow[] => [
  questionRow(db, id),
  ...mergedInto(db, id),
]

/** Who is to call a customer back, and about which asking. Refuses `callback.not_found`. */
export function callbackAsking(db: Reader, id: number): { holderId: number; text: string } {
  const { holderId } = callback
  const found = db
    .select({ holderId, text: question.text })
    .from(callback)
    .innerJoin(question, eq(question.id, callback.questionId))
    .where(eq(callback.id, id))
    .get()
  if (!found) throw new Refusal('callback.not_found')
  return found
}

/** What agents may read of the answers to these askings now: the standard question in force, by asking. */
export function answerTitles(db: Reader, now: number, ids: readonly number[]): Map<number, string> {
  const rows = db.select().from(question).where(among(question.id, ids)).all()
  const titles = rows.map(row => {
    const found = latestAnswer(db, leadOf(db, row).id)
    const [current] = found && isRead(db, now, found) ? publishedRevisions(db, now, [found.entryId]) : []
    return [row.id, current?.standardQuestion] as const
  })
  return new Map(titles.flatMap(([id, title]) => (title === undefined ? [] : [[id, title] as const])))
}
