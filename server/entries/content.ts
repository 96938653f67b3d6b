import { eq } from 'drizzle-orm'
import type { Reader } from '#server/platform/db/db.ts'
import { citationsOf } from './queries.ts'
import type { NewRevision } from './rules.ts'
import { revision } from './tables.ts'

/** What an author wrote of a revision, without its citations and without what the service keeps beside it. */
export function textOf(row: Omit<NewRevision, 'basis'>): Omit<NewRevision, 'basis'> {
  const { kind, category, topic, ownerDepartment, standardQuestion, similarQuestions, say, body } = row
  const { scope, tags, labels, validFrom, validUntil, verifyBy } = row
  const words = { kind, category, topic, ownerDepartment, standardQuestion, similarQuestions, say, body }
  return { ...words, scope, tags, labels, validFrom, validUntil, verifyBy }
}

/** The whole content of a revision with its citations: what the audit hashes. Undefined when there is no such revision. */
export function contentOf(db: Reader, revisionId: number): NewRevision | undefined {
  const row = db.select().from(revision).where(eq(revision.id, revisionId)).get()
  return row && { ...textOf(row), basis: citationsOf(db, revisionId) }
}
