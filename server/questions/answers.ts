import { desc, eq } from 'drizzle-orm'
import type { Reader } from '#server/platform/db/db.ts'
import { publicationStanding, publishedRevisions } from '#server/entries/index.ts'
import { questionAnswer } from './tables.ts'

export type AnswerRow = typeof questionAnswer.$inferSelect

/** What was written last to answer a question, if anything was. */
export const latestAnswer = (db: Reader, questionId: number): AnswerRow | undefined =>
  db
    .select()
    .from(questionAnswer)
    .where(eq(questionAnswer.questionId, questionId))
    .orderBy(desc(questionAnswer.id))
    .get()

/**
 * Whether agents can read an answer now: its revision was put in force, and its entry still is, be it with a text that
 * came later.
 */
export function isRead(db: Reader, now: number, { entryId, revisionId }: AnswerRow): boolean {
  const standing = publicationStanding(db, now, revisionId)
  const wasInForce = standing === 'in_force' || standing === 'superseded'
  return wasInForce && publishedRevisions(db, now, [entryId]).length > 0
}
