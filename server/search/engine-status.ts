import { and, asc, countDistinct, eq } from 'drizzle-orm'
import type { EngineView, SetAsideList, SetAsideQuery } from '#server/contract/engine.ts'
import type { Deps } from '#server/deps.ts'
import type { Db, Tx } from '#server/platform/db/db.ts'
import { iso } from '#server/platform/kernel/clock.ts'
import { recordAudit } from '#server/platform/kernel/records.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { outbox } from '#server/platform/kernel/tables.ts'
import { requireRole, type Actor } from '#server/people/index.ts'
import { readFound } from './found.ts'
import { ASIDE, SEND } from './left-to-send.ts'

type Given = Pick<Deps, 'db' | 'engine' | 'clock' | 'remote'>
/** The most characters shown of a word that comes from outside. */
const MOST_LETTERS = 80

const requireKeeper = (actor: Actor): void => requireRole(actor, 'supervisor', 'admin')

/** How searches are answered, and by whom. Supervisors and admins. */
export function engineView({ db, engine, clock, remote }: Given, actor: Actor): EngineView {
  requireKeeper(actor)
  const { name, size: documents, health } = engine
  if (!health || !remote) return { name, documents, remote: null }
  const { state, stale, lasting, fault = null, code } = health
  const counts = { waiting: subjectsLeft(db, SEND), setAside: subjectsLeft(db, ASIDE), stale }
  const since = iso(Math.round(clock() - lasting))
  const build = remote.main.progress ?? null
  return { name, documents, remote: { state, since, fault, code: bounded(code), build, ...counts } }
}

/** Documents that the engine outside would not take, the first one first. Supervisors and admins. */
export function setAsideList(
  { db, clock, remote }: Given,
  actor: Actor,
  { limit, offset }: SetAsideQuery,
): SetAsideList {
  requireKeeper(actor)
  const ofEffect = db.select().from(outbox).where(eq(outbox.effect, ASIDE)).orderBy(asc(outbox.id))
  const rows = ofEffect.limit(limit).offset(offset).all()
  const subjects = rows.map(row => row.subject)
  const inForce = readFound(db, clock(), subjects)
  const documents = rows.map(({ id, subject, createdAt }) => {
    const { kind = null, title = null } = inForce.get(subject)?.shown ?? {}
    const code = bounded(remote?.pair.codeAgainst(subject))
    return { id, subject, kind, title, since: iso(createdAt), code }
  })
  return { total: subjectsLeft(db, ASIDE), documents }
}

/** Leaves a document that was set aside to be sent once more. Refuses `engine.document_not_found`. Supervisors and admins. */
export function sendAgain(tx: Tx, now: number, actor: Actor, id: number): void {
  requireKeeper(actor)
  const row = tx
    .update(outbox)
    .set({ effect: SEND, attempts: 0 })
    .where(and(eq(outbox.id, id), eq(outbox.effect, ASIDE)))
    .returning()
    .get()
  if (!row) throw new Refusal('engine.document_not_found')
  recordAudit(tx, now, actor, 'engine.sent_again', row.subject)
}

const subjectsLeft = (db: Db, effect: string): number =>
  db
    .select({ count: countDistinct(outbox.subject) })
    .from(outbox)
    .where(eq(outbox.effect, effect))
    .get()?.count ?? 0

const bounded = (code: string | undefined): string | null => code?.slice(0, MOST_LETTERS) ?? null
