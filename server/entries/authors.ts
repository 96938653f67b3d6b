import { and, eq, isNull } from 'drizzle-orm'
import type { Reader, Tx } from '#server/platform/db/db.ts'
import { person } from '#server/people/index.ts'
import { revisionAuthor } from './tables.ts'

/** Everyone who stands under a revision, the first author first; `hasWritten` is false for who was only asked to. */
export const authorsOf = (db: Reader, revisionId: number) =>
  db
    .select({
      id: person.id,
      name: person.name,
      department: person.department,
      hasWritten: isNull(revisionAuthor.addedBy).mapWith(Boolean),
    })
    .from(revisionAuthor)
    .innerJoin(person, eq(person.id, revisionAuthor.personId))
    .where(eq(revisionAuthor.revisionId, revisionId))
    .all()

/** Notes that a person wrote on a revision; whoever was asked to before, has now. */
export function noteAuthor(tx: Tx, revisionId: number, personId: number): void {
  tx.insert(revisionAuthor)
    .values({ revisionId, personId })
    .onConflictDoUpdate({
      target: [revisionAuthor.revisionId, revisionAuthor.personId],
      set: { addedBy: null },
    })
    .run()
}

/** Names a person as co-author on the word of another. Who may is the caller's to say. */
export function nameAuthor(tx: Tx, revisionId: number, personId: number, addedBy: number): void {
  tx.insert(revisionAuthor).values({ revisionId, personId, addedBy }).run()
}

/** Takes a co-author away again. Who may is the caller's to say. */
export function dropAuthor(tx: Tx, revisionId: number, personId: number): void {
  const row = and(eq(revisionAuthor.revisionId, revisionId), eq(revisionAuthor.personId, personId))
  tx.delete(revisionAuthor).where(row).run()
}
