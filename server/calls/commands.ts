import { and, desc, eq, isNull } from 'drizzle-orm'
import type { NewCall, NewCopy, NewOutcome } from '#server/contract/call.ts'
import type { OpenedHow } from '#server/contract/lists.ts'
import type { Tx } from '#server/platform/db/db.ts'
import type { KeyedHash } from '#server/platform/kernel/keys.ts'
import { leaveInOutbox, recordAudit } from '#server/platform/kernel/records.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { maskNumbers } from '#server/platform/text/personal.ts'
import { subscriber, telephone } from '#server/platform/text/telephone.ts'
import { publishedRevisions } from '#server/entries/index.ts'
import type { Actor } from '#server/people/index.ts'
import { scriptRevisionFor } from './followed.ts'
import { ownCall } from './queries.ts'
import { CALL_ENDED, STILL_TYPING, last4, plainNumber } from './rules.ts'
import { call, callOutcome, callSearch, entryCopy, entryOpening } from './tables.ts'

/**
 * Begins a call and ends the one the actor had open. The telephone system's `callId` begins the same call once:
 * asked again it gives the same id.
 */
export function beginCall(tx: Tx, now: number, actor: Actor, hash: KeyedHash, input: NewCall): number {
  // the telephone system may have put the caller's number into its id
  const externalId = input.callId === undefined ? undefined : hash(input.callId)
  if (externalId !== undefined) {
    const where = and(eq(call.personId, actor.id), eq(call.externalId, externalId))
    const same = tx.select({ id: call.id }).from(call).where(where).get()
    if (same) return same.id
  }
  endOpenCalls(tx, now, actor)
  const phone = telephone(input.callerNum ?? '')
  const caller = phone ? subscriber(phone) : plainNumber(input.callerNum)
  const account = plainNumber(input.accountNo)
  const numbers = {
    ...(caller && { callerHash: hash(caller), callerLast4: last4(caller) }),
    ...(account && { accountHash: hash(account), accountLast4: last4(account) }),
  }
  const words = { area: masked(input.area), topic: masked(input.topic) }
  const row = { personId: actor.id, externalId, ...words, startedAt: now, ...numbers }
  const { id } = tx.insert(call).values(row).returning({ id: call.id }).get()
  recordAudit(tx, now, actor, 'call.begun', `call:${id}`)
  return id
}

function endOpenCalls(tx: Tx, now: number, actor: Actor): void {
  const open = and(eq(call.personId, actor.id), isNull(call.endedAt))
  for (const { id } of tx.update(call).set({ endedAt: now }).where(open).returning({ id: call.id }).all())
    leaveInOutbox(tx, now, CALL_ENDED, String(id))
}

/** Ends the actor's call; ending twice is ending once. Refuses `call.not_found`. */
export function endCall(tx: Tx, now: number, actor: Actor, id: number): void {
  if (ownCall(tx, actor, id).endedAt !== null) return
  tx.update(call).set({ endedAt: now }).where(eq(call.id, id)).run()
  leaveInOutbox(tx, now, CALL_ENDED, String(id))
  recordAudit(tx, now, actor, 'call.ended', `call:${id}`)
}

/** Puts right where the caller is; an empty area is none. Refuses `call.not_found`. */
export function placeCall(tx: Tx, now: number, actor: Actor, id: number, area: string): void {
  ownCall(tx, actor, id)
  const placed = masked(area.trim() || undefined) ?? null
  tx.update(call).set({ area: placed }).where(eq(call.id, id)).run()
  recordAudit(tx, now, actor, 'call.placed', `call:${id}`, { after: placed })
}

/**
 * Says how a call ended; a later word replaces an earlier one. Refuses `call.not_found`, `entry.not_found`, `script.not_found`.
 */
export function closeCall(tx: Tx, now: number, actor: Actor, id: number, input: NewOutcome): void {
  const isOver = ownCall(tx, actor, id).endedAt !== null
  const words = { note: masked(input.note), wrapCode: masked(input.wrapCode) }
  const revisionId = input.entryId === undefined ? undefined : inForce(tx, now, input.entryId).revisionId
  const scriptRevisionId =
    input.scriptId === undefined ? undefined : scriptRevisionFor(tx, now, id, input.scriptId)
  tx.insert(callOutcome)
    .values({ ...input, ...words, revisionId, scriptRevisionId, callId: id, at: now })
    .run()
  if (isOver) leaveInOutbox(tx, now, CALL_ENDED, String(id))
  recordAudit(tx, now, actor, 'call.closed', `call:${id}`, {
    note: input.verdict,
    after: { ...input, ...words },
  })
}

const masked = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : maskNumbers(text)

export interface SearchSeen {
  query: string
  total: number
  confident: boolean
  shown: string[]
  tookMs: number
}

/** Notes a search of the actor's call. One that follows at once replaces the last: it is the same question being typed. */
export function noteSearch(tx: Tx, now: number, actor: Actor, id: number, seen: SearchSeen): void {
  if (ownCall(tx, actor, id).endedAt !== null) return
  const row = { ...seen, query: maskNumbers(seen.query), at: now }
  const last = tx
    .select()
    .from(callSearch)
    .where(eq(callSearch.callId, id))
    .orderBy(desc(callSearch.id))
    .get()
  const opened = tx
    .select()
    .from(entryOpening)
    .where(eq(entryOpening.callId, id))
    .orderBy(desc(entryOpening.id))
    .get()
  const stillTyping = last && now - last.at < STILL_TYPING && !(opened && opened.at >= last.at)
  if (stillTyping) tx.update(callSearch).set(row).where(eq(callSearch.id, last.id)).run()
  else
    tx.insert(callSearch)
      .values({ callId: id, ...row })
      .run()
}

/** Notes that an entry in force was opened in the actor's call. Refuses `call.not_found`, `entry.not_found`. */
export function noteOpening(
  tx: Tx,
  now: number,
  actor: Actor,
  id: number,
  entryId: number,
  how: OpenedHow,
  rank?: number,
): void {
  ownCall(tx, actor, id)
  const { number: revisionNumber } = inForce(tx, now, entryId)
  tx.insert(entryOpening)
    .values({ callId: id, personId: actor.id, entryId, revisionNumber, how, rank, at: now })
    .run()
}

/** Notes what was copied in the actor's call. Refuses `call.not_found`, `entry.not_found`. */
export function noteCopy(tx: Tx, now: number, actor: Actor, id: number, { entryId, part }: NewCopy): void {
  ownCall(tx, actor, id)
  inForce(tx, now, entryId)
  tx.insert(entryCopy).values({ callId: id, entryId, part, at: now }).run()
  recordAudit(tx, now, actor, 'entry.copied', `entry:${entryId}`, { note: `call:${id} ${part}` })
}

function inForce(tx: Tx, now: number, entryId: number) {
  const [found] = publishedRevisions(tx, now, [entryId])
  if (!found) throw new Refusal('entry.not_found')
  return found
}
