import { createHash, randomBytes } from 'node:crypto'
import { eq, lt, or } from 'drizzle-orm'
import type { Db, Tx } from '#server/platform/db/db.ts'
import { recordAudit } from '#server/platform/kernel/records.ts'
import { actorById } from './queries.ts'
import { IDLE_LIMIT, SESSION_LIMIT, sessionHolds, type Actor } from './rules.ts'
import { session } from './tables.ts'

/** How often (ms) a session in use is noted as seen: not on every request, to spare the disk. */
const SEEN_EVERY = 60_000

/** Begins a session and returns its token, which is kept nowhere. Sessions past their time are cleared away. */
export function beginSession(tx: Tx, now: number, personId: number): string {
  const token = randomBytes(32).toString('base64url')
  tx.delete(session)
    .where(or(lt(session.lastSeenAt, now - IDLE_LIMIT), lt(session.createdAt, now - SESSION_LIMIT)))
    .run()
  tx.insert(session)
    .values({ tokenHash: hashOf(token), personId, createdAt: now, lastSeenAt: now })
    .run()
  recordAudit(tx, now, personId, 'session.begun', `person:${personId}`)
  return token
}

export function endSession(tx: Tx, token: string): void {
  tx.delete(session)
    .where(eq(session.tokenHash, hashOf(token)))
    .run()
}

/** The person a token stands for at `now`, or undefined when it is unknown, idle too long or too old. */
export function actorOfToken(db: Db, now: number, token: string): Actor | undefined {
  const found = db
    .select()
    .from(session)
    .where(eq(session.tokenHash, hashOf(token)))
    .get()
  if (!found || !sessionHolds(found, now)) return undefined
  if (now - found.lastSeenAt > SEEN_EVERY) {
    db.update(session).set({ lastSeenAt: now }).where(eq(session.tokenHash, found.tokenHash)).run()
  }
  return actorById(db, found.personId)
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')
