import { eq } from 'drizzle-orm'
import type { Reader, Tx } from '../db/db.ts'
import { audit, outbox, setting } from './tables.ts'

/** Writes one line of the audit trail, in the transaction of what it tells about. `note` must hold no personal data. */
export function recordAudit(
  tx: Tx,
  at: number,
  personId: number | null,
  action: string,
  subject: string,
  note?: string,
): void {
  tx.insert(audit)
    .values({ at, personId, action, subject, note: note ?? null })
    .run()
}

/** Leaves a side effect to be carried out after the commit. */
export function leaveInOutbox(tx: Tx, at: number, effect: string, subject: string): void {
  tx.insert(outbox).values({ effect, subject, createdAt: at }).run()
}

/** The value of a lasting setting, or undefined. */
export function readSetting(db: Reader, name: string): string | undefined {
  return db.select().from(setting).where(eq(setting.name, name)).get()?.value
}

export function writeSetting(tx: Tx, name: string, value: string): void {
  tx.insert(setting)
    .values({ name, value })
    .onConflictDoUpdate({ target: setting.name, set: { value } })
    .run()
}
