import { eq } from 'drizzle-orm'
import type { CallbackNumber, CallbackOutcome } from '#server/contract/answering.ts'
import type { CallbackState } from '#server/contract/lists.ts'
import type { Tx } from '#server/platform/db/db.ts'
import { DAY, HOUR } from '#server/platform/kernel/clock.ts'
import { announce, recordAudit } from '#server/platform/kernel/records.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import type { Vault } from '#server/platform/kernel/vault.ts'
import { maskNumbers } from '#server/platform/text/personal.ts'
import { actorById, requireRole, type Actor } from '#server/people/index.ts'
import { madeTries, ownStanding, standingById } from './callback-queries.ts'
import { isSettled, nextTryAt } from './callback-rules.ts'
import type { Standing } from './callback-standing.ts'
import { questionPolicyOf } from './policy.ts'
import { sealedAt } from './sealed.ts'
import { closeIfAllTold } from './settle.ts'
import { callback, callbackHandover, callbackTry } from './tables.ts'

/** The furthest (ms) a customer may be put off. */
const LONGEST_WAIT = 30 * DAY
/** The same outcome sent again within this time (ms) is one try: nobody dials so fast. */
const SENT_TWICE = 10_000

/**
 * Notes how a try to reach a customer ended; `questionId` is the asking, or the question that leads it. Returns where
 * the call-back stands then. Refuses `callback.not_found`, `callback.done`, and `callback.not_due` while there is
 * nothing to tell: until then a customer can only say that they want no more.
 */
export function noteTry(
  tx: Tx,
  now: number,
  actor: Actor,
  questionId: number,
  input: CallbackOutcome,
): CallbackState {
  const found = ownStanding(tx, now, actor, questionId)
  if (isSentTwice(found, now, actor, input)) return found.state
  if (found.state === 'done') throw new Refusal('callback.done')
  if (found.state === 'waiting' && input.result !== 'not_wanted') throw new Refusal('callback.not_due')
  requireSense(now, input)
  const { id } = found.callback
  const row = {
    callbackId: id,
    personId: actor.id,
    result: input.result,
    solved: input.solved ?? null,
    retryAt: input.result === 'not_reached' ? retryAt(tx, now, found, input.retryAt) : null,
    note: input.note === undefined ? null : maskNumbers(input.note),
    revisionId: isSettled(found.lead.state) ? found.answer : null,
    at: now,
  }
  tx.insert(callbackTry).values(row).run()
  recordAudit(tx, now, actor, 'callback.tried', `callback:${id}`, { note: input.result, after: row })
  closeIfAllTold(tx, now, found.lead.id)
  return standingById(tx, now, actor, id).state
}

function isSentTwice({ tries }: Standing, now: number, actor: Actor, input: CallbackOutcome): boolean {
  const last = tries.at(-1)
  if (last === undefined || last.personId !== actor.id || now - last.at >= SENT_TWICE) return false
  const isSameTime = input.retryAt === undefined || Date.parse(input.retryAt) === last.retryAt
  return last.result === input.result && last.solved === (input.solved ?? null) && isSameTime
}

function retryAt(tx: Tx, now: number, found: Standing, wished: string | undefined): number | null {
  const { callbackTries, retryHours } = questionPolicyOf(tx)
  const made = madeTries(found) + 1
  return nextTryAt(made, callbackTries, wished === undefined ? now + retryHours * HOUR : Date.parse(wished))
}

/** Refuses `request.invalid` for an outcome that says what its result cannot have. */
function requireSense(now: number, { result, solved, retryAt: wished }: CallbackOutcome): void {
  const fields = []
  if (solved !== undefined && result !== 'reached') fields.push(fault('solved', 'only when reached'))
  if (result === 'reached' && solved === undefined) fields.push(fault('solved', 'what the customer said'))
  if (wished !== undefined && result !== 'not_reached') fields.push(fault('retryAt', 'only when not reached'))
  const at = wished === undefined ? now + 1 : Date.parse(wished)
  if (at <= now || at > now + LONGEST_WAIT) fields.push(fault('retryAt', 'must be within 30 days from now'))
  if (fields.length > 0) throw new Refusal('request.invalid', fields)
}

const fault = (field: string, message: string) => ({ path: `body.${field}`, message })

/**
 * Whom to call, for the holder alone and only while it is to be called; each look leaves its row. Refuses
 * `callback.not_found`, `right.missing` to a supervisor who does not hold it, `callback.not_due`, `callback.done`.
 */
export function lookUpNumber(tx: Tx, now: number, actor: Actor, vault: Vault, id: number): CallbackNumber {
  const found = standingById(tx, now, actor, id)
  if (found.callback.holderId !== actor.id) throw new Refusal('right.missing')
  requireToCall(found)
  recordAudit(tx, now, actor, 'callback.number_shown', `callback:${id}`)
  return opened(vault, found)
}

function requireToCall({ state }: Standing): void {
  if (state === 'done') throw new Refusal('callback.done')
  if (state === 'waiting') throw new Refusal('callback.not_due')
}

/** The name and number of a call-back that was not purged. */
export function opened(
  vault: Vault,
  { callback: { id, sealedName, sealedPhone } }: Standing,
): CallbackNumber {
  const name = sealedName === null ? null : vault.open(sealedName, sealedAt(id, 'name'))
  return { name, phone: vault.open(sealedPhone ?? '', sealedAt(id, 'phone')) }
}

/**
 * Hands a call-back over to another agent, such as when its holder left or is away; the same agent again changes
 * nothing. Supervisors only. Refuses `callback.not_found`, `callback.done`, and `person.not_found` for who is no agent here.
 */
export function handOver(tx: Tx, now: number, actor: Actor, id: number, toPersonId: number): void {
  requireRole(actor, 'supervisor')
  const found = standingById(tx, now, actor, id)
  if (found.state === 'done') throw new Refusal('callback.done')
  if (!actorById(tx, toPersonId)?.roles.includes('agent')) throw new Refusal('person.not_found')
  const before = found.callback.holderId
  if (before === toPersonId) return
  tx.insert(callbackHandover).values({ callbackId: id, personId: actor.id, toPersonId, at: now }).run()
  tx.update(callback).set({ holderId: toPersonId }).where(eq(callback.id, id)).run()
  const told = { note: `person:${before} person:${toPersonId}`, before, after: toPersonId }
  recordAudit(tx, now, actor, 'callback.handed_over', `callback:${id}`, told)
  if (found.state !== 'waiting') announce(tx, now, 'callback.due', `callback:${id}`)
}
