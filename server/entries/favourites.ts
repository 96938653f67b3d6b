import { and, eq } from 'drizzle-orm'
import type { Tx } from '#server/platform/db/db.ts'
import { recordAudit } from '#server/platform/kernel/records.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import type { Actor } from '#server/people/index.ts'
import { publishedRevisions } from './published.ts'
import { favourite } from './tables.ts'

/** Marks an entry in force for the actor alone; refuses `entry.not_found`. Marking twice is marking once. */
export function markFavourite(tx: Tx, now: number, actor: Actor, entryId: number): void {
  if (publishedRevisions(tx, now, [entryId]).length === 0) throw new Refusal('entry.not_found')
  const marked = tx
    .insert(favourite)
    .values({ personId: actor.id, entryId, at: now })
    .onConflictDoNothing()
    .run()
  if (marked.changes > 0) recordAudit(tx, now, actor, 'favourite.marked', `entry:${entryId}`)
}

/** Takes the actor's own mark away; there need not be one. */
export function unmarkFavourite(tx: Tx, now: number, actor: Actor, entryId: number): void {
  const unmarked = tx
    .delete(favourite)
    .where(and(eq(favourite.personId, actor.id), eq(favourite.entryId, entryId)))
    .run()
  if (unmarked.changes > 0) recordAudit(tx, now, actor, 'favourite.unmarked', `entry:${entryId}`)
}
