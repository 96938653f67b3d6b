import { eq } from 'drizzle-orm'
import type { WantedCallback } from '#server/contract/question.ts'
import type { Tx } from '#server/platform/db/db.ts'
import type { KeyedHash } from '#server/platform/kernel/keys.ts'
import { recordAudit } from '#server/platform/kernel/records.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import type { Vault } from '#server/platform/kernel/vault.ts'
import { subscriber, telephone } from '#server/platform/text/telephone.ts'
import type { Actor } from '#server/people/index.ts'
import { sealedAt } from './sealed.ts'
import { callback } from './tables.ts'

/**
 * Notes that the customer of an asking wants to be called back by the actor; nothing when `wanted` is absent. Refuses
 * `callback.consent_missing` and `callback.impossible_number`, and then nothing of the asking's transaction is stored:
 * a call keeps only the hash of its caller's number, so the number must be given, and with consent 同意.
 */
export function wantCallback(
  tx: Tx,
  now: number,
  actor: Actor,
  vault: Vault,
  hash: KeyedHash,
  questionId: number,
  wanted: WantedCallback | undefined,
): void {
  if (!wanted) return
  if (!wanted.consent) refuse('callback.consent_missing', 'consent')
  const phone = telephone(wanted.phone ?? '') ?? refuse('callback.impossible_number', 'phone')
  const same = subscriber(phone)
  const row = {
    questionId,
    holderId: actor.id,
    numberHash: hash(same),
    last4: same.slice(-4),
    consentAt: now,
  }
  const { id } = tx.insert(callback).values(row).returning({ id: callback.id }).get()
  const name = wanted.name?.trim()
  const sealedName = name ? vault.seal(name, sealedAt(id, 'name')) : null
  const sealedPhone = vault.seal(phone, sealedAt(id, 'phone'))
  tx.update(callback).set({ sealedName, sealedPhone }).where(eq(callback.id, id)).run()
  // without `after`: a hash of so few possible numbers could be undone
  recordAudit(tx, now, actor, 'callback.wanted', `callback:${id}`, { note: `question:${questionId}` })
}

function refuse(code: 'callback.consent_missing' | 'callback.impossible_number', field: string): never {
  throw new Refusal(code, [{ path: `body.callback.${field}`, message: code }])
}
