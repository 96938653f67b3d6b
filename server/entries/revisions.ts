import { and, desc, eq, inArray } from 'drizzle-orm'
import type { RevisionView } from '#server/contract/writing.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { iso, isoOrNull } from '#server/platform/kernel/clock.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { renderMarkdown, withoutFrontMatter } from '#server/platform/markdown/render.ts'
import { authorsOf } from './authors.ts'
import { basisViews, resolveEntry } from './queries.ts'
import type { NewRevision } from './rules.ts'
import { revision, revisionAuthor } from './tables.ts'

export type RevisionRow = typeof revision.$inferSelect

/** A revision by its id, whatever its standing; refuses `revision.not_found`. The caller decides who may see it. */
export function revisionRow(db: Reader, id: number): RevisionRow {
  const found = db.select().from(revision).where(eq(revision.id, id)).get()
  if (!found) throw new Refusal('revision.not_found')
  return found
}

/**
 * A revision with the `content` that the caller decided to show; `state`, `reviewId`, `mayEdit` and `script` are the
 * caller's to say too.
 */
export function revisionText(
  db: Reader,
  now: number,
  { id, entryId, number, version, updatedAt }: RevisionRow,
  content: NewRevision,
): Omit<RevisionView, 'state' | 'reviewId' | 'mayEdit' | 'script'> {
  return {
    ...content,
    id,
    entryId,
    number,
    version,
    basis: basisViews(db, now, content.basis),
    bodyHtml: renderMarkdown(withoutFrontMatter(content.body), ref => resolveEntry(db, now, ref)),
    validFrom: isoOrNull(content.validFrom),
    validUntil: isoOrNull(content.validUntil),
    verifyBy: isoOrNull(content.verifyBy),
    updatedAt: iso(updatedAt),
    authors: authorsOf(db, id),
  }
}

/** Revisions a person wrote on, the latest touched first, at most 500. */
export function revisionsBy(db: Reader, personId: number): RevisionRow[] {
  const own = db
    .select({ id: revisionAuthor.revisionId })
    .from(revisionAuthor)
    .where(eq(revisionAuthor.personId, personId))
  return db
    .select()
    .from(revision)
    .where(inArray(revision.id, own))
    .orderBy(desc(revision.updatedAt))
    .limit(500)
    .all()
}

/** All revisions of an entry, the newest first. */
export const revisionsOf = (db: Reader, entryId: number): RevisionRow[] =>
  db
    .select()
    .from(revision)
    .where(and(eq(revision.entryId, entryId)))
    .orderBy(desc(revision.number))
    .all()
