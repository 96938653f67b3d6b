import { eq } from 'drizzle-orm'
import { write, type Db } from '#server/platform/db/db.ts'
import { leaveInOutbox } from '#server/platform/kernel/records.ts'
import { outbox } from '#server/platform/kernel/tables.ts'

/** The effect of an outbox row that sends a document, as it is then, to the engine outside the process. */
export const SEND = 'engine.send'
/** The effect of one whose document was not taken: it is tried again when the document changes, and at each start. */
export const ASIDE = 'engine.aside'

/** Leaves documents to be sent that are not left already: what is found to differ may be found again before it is sent. */
export function leaveToSend(db: Db, now: number, ids: readonly string[]): void {
  if (ids.length === 0) return
  write(db, tx => {
    const rows = tx.select().from(outbox).where(eq(outbox.effect, SEND)).all()
    const left = new Set(rows.map(row => row.subject))
    for (const id of new Set(ids)) if (!left.has(id)) leaveInOutbox(tx, now, SEND, id)
  })
}
