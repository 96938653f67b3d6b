import { createHash, randomBytes } from 'node:crypto'
import { eq, lt, or } from 'drizzle-orm'
import type { Db, Reader, Tx } from '#server/platform/db/db.ts'
import { recordAudit } from '#server/platform/kernel/records.ts'
import { actorById } from './queries.ts'
import { IDLE_LIMIT, SESSION_LIMIT, sessionHolds, type Actor } from './rules.ts'
import { session } from './tables.ts'

/** How often (ms) a session in use is noted as seen: not on every request, to spare the disk. */
const SEEN_EVERY = 60_000

/** Begins a session and returns its token, which is kept nowhere. Sessions past their time are cleared away. */
export function beginSession(tx: Tx, now: number, personId: number, from: string): string {
  const token = randomBytes(32).toString('base64url')
  tx.delete(session)
    .where(or(lt(session.lastSeenAt, now - IDLE_LIMIT), lt(session.createdAt, now - SESSION_LIMIT)))
    .run()
  tx.insert(session)
    .values({ tokenHash: hashOf(token), personId, createdAt: now, lastSeenAt: now })
    .run()
  recordAudit(tx, now, { id: personId, from }, 'session.begun', `person:${personId}`)
  return token
}

/** Ends the session of a token; one that is over already is left as it is. */
export function endSession(tx: Tx, now: number, token: string, from: string): void {
  const ended = tx
    .delete(session)
    .where(eq(session.tokenHash, hashOf(token)))
    .returning({ id: session.personId })
    .get()
  if (ended) recordAudit(tx, now, { id: ended.id, from }, 'session.ended', `person:${ended.id}`)
}

/** The person a token stands for at `now`, or undefined when it is unknown, idle too long or too old. */
export function actorOfToken(db: Db, now: number, token: string): Actor | undefined {
  const found = sessionThatHolds(db, now, token)
  if (!found) return undefined
  if (now - found.lastSeenAt > SEEN_EVERY) {
    db.update(session).set({ lastSeenAt: now }).where(eq(session.tokenHash, found.tokenHash)).run()
  }
  return actorById(db, found.personId)
}

/** The same without noting the session as seen: for a look that no person asked for. */
export function actorWaiting(db: Reader, now: number, token: string): Actor | undefined {
  const found = sessionThatHolds(db, now, token)
  return found && actorById(db, found.personId)
}

function sessionThatHolds(db: Reader, now: number, token: string) {
  const found = db
    .select()
    .from(session)
    .where(eq(session.tokenHash, hashOf(token)))
    .get()
  return found && sessionHolds(found, now) ? found : undefined
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')
