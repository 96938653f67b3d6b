import { asc, eq } from 'drizzle-orm'
import type { NotificationEvent } from '#server/contract/lists.ts'
import type { Reader, Tx } from '../db/db.ts'
import { EMPTY_CHAIN, contentHash, lineHash, type ChainHead } from './chain.ts'
import { audit, outbox, setting } from './tables.ts'

/** Who acts, and the IP address they act from. An actor is one; null is the service itself, or a tool on its machine. */
export type Who = { id: number | null; from?: string } | null

/** `before` and `after` are the content that was changed; only their hashes are kept. `note` must hold no personal data. */
export interface Told {
  note?: string
  before?: unknown
  after?: unknown
}

const HEAD = 'audit_head'

/** What the effect of an outbox row is called that tells people of an event. */
export const NOTIFY = 'notify.'

/** Writes one line of the audit trail and chains it to the last, in the transaction of what it tells about. */
export function recordAudit(
  tx: Tx,
  at: number,
  who: Who,
  action: string,
  subject: string,
  told: Told = {},
): void {
  const head = auditHead(tx) ?? chainOldRows(tx)
  const line = {
    id: head.length + 1,
    at,
    personId: who?.id ?? null,
    fromAddress: who?.from ?? null,
    action,
    subject,
    note: told.note ?? null,
    before: told.before === undefined ? null : contentHash(told.before),
    after: told.after === undefined ? null : contentHash(told.after),
  }
  const hash = lineHash(head.hash, line)
  tx.insert(audit)
    .values({ ...line, hash })
    .run()
  writeHead(tx, { length: line.id, hash })
}

/** Where the chain of the audit trail ends, or undefined while it has not begun. Kept apart, so that a cut end shows. */
export function auditHead(db: Reader): ChainHead | undefined {
  const value = readSetting(db, HEAD)
  return value === undefined ? undefined : (JSON.parse(value) as ChainHead)
}

const writeHead = (tx: Tx, head: ChainHead): void => writeSetting(tx, HEAD, JSON.stringify(head))

/** Rows of a service from before the chain are taken into it as they stand, once, at the first line that follows them. */
function chainOldRows(tx: Tx): ChainHead {
  let head = EMPTY_CHAIN
  for (const row of tx.select().from(audit).orderBy(asc(audit.id)).all()) {
    head = { length: row.id, hash: lineHash(head.hash, row) }
    tx.update(audit).set({ hash: head.hash }).where(eq(audit.id, row.id)).run()
  }
  return head
}

/** Leaves a side effect to be carried out after the commit, and not before an instant (ms). */
export function leaveInOutbox(tx: Tx, at: number, effect: string, subject: string, notBefore = 0): void {
  tx.insert(outbox).values({ effect, subject, createdAt: at, notBefore }).run()
}

/** Lets the people whom an event concerns know of it after the commit. `subject` is like "review:7". */
export const announce = (tx: Tx, at: number, event: NotificationEvent, subject: string): void =>
  leaveInOutbox(tx, at, `${NOTIFY}${event}`, subject)

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
