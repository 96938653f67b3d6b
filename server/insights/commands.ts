import type { NewGapMark } from '#server/contract/gap.ts'
import type { Deps } from '#server/deps.ts'
import type { Tx } from '#server/platform/db/db.ts'
import { recordAudit } from '#server/platform/kernel/records.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { maskNumbers } from '#server/platform/text/personal.ts'
import { actorById, requireRole, type Actor } from '#server/people/index.ts'
import { raiseQuestion } from '#server/questions/index.ts'
import { gapRow } from './gap.ts'
import { gapMark } from './tables.ts'

/**
 * Notes what a supervisor or chair decided of a gap. Ignoring it keeps it and all that will be alike to it off the board
 * until any other decision. `questioned` raises its wording as a question, filed as the gap is. Refuses `gap.not_found`,
 * and `person.not_found` for an owner who is not here.
 */
export function markGap(
  tx: Tx,
  now: number,
  actor: Actor,
  sealing: Pick<Deps, 'vault' | 'hash'>,
  id: number,
  input: NewGapMark,
): void {
  requireRole(actor, 'supervisor', 'chair')
  const { text, category } = gapRow(tx, id)
  const { kind } = input
  const ownerId = kind === 'assigned' ? requiredOwner(tx, input.ownerId) : null
  const raise = () => raiseQuestion(tx, now, actor, sealing, { text }, { category })
  const questionId = kind === 'questioned' ? raise().id : null
  const reason = input.reason === undefined ? null : maskNumbers(input.reason)
  const row = { gapId: id, kind, ownerId, questionId, reason, personId: actor.id, at: now }
  tx.insert(gapMark).values(row).run()
  recordAudit(tx, now, actor, `gap.${kind}`, `gap:${id}`, { after: row })
}

function requiredOwner(tx: Tx, ownerId: number | undefined): number {
  if (ownerId === undefined)
    throw new Refusal('request.invalid', [{ path: 'body.ownerId', message: 'is needed to assign' }])
  if (!actorById(tx, ownerId)) throw new Refusal('person.not_found')
  return ownerId
}
