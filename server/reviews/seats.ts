import { and, eq, gt, lte } from 'drizzle-orm'
import type { Reader, Tx } from '#server/platform/db/db.ts'
import { recordAudit } from '#server/platform/kernel/records.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { seatsAt, type Actor } from '#server/people/index.ts'
import { delegation } from './tables.ts'

/** A seat somebody may vote from: their own, or one they stand in for. */
export interface Standing {
  department: string
  forPersonId: number | null
}

/** The seats a person may vote from at `now`: own ones first. A delegation is not passed on. */
export function seatsOf(db: Reader, now: number, personId: number): Standing[] {
  const seats = seatsAt(db, now)
  const own = seats
    .filter(seat => seat.personId === personId)
    .map(({ department }) => ({ department, forPersonId: null }))
  const stoodInFor = db
    .select({ id: delegation.fromPersonId })
    .from(delegation)
    .where(and(eq(delegation.toPersonId, personId), lte(delegation.fromAt, now), gt(delegation.untilAt, now)))
    .all()
  const lent = stoodInFor.flatMap(({ id }) =>
    seats.filter(seat => seat.personId === id).map(({ department }) => ({ department, forPersonId: id })),
  )
  return [...own, ...lent]
}

/** Lends the actor's own seat to somebody between two instants. Refuses `delegation.not_allowed` to who has no seat. */
export function delegate(
  tx: Tx,
  now: number,
  actor: Actor,
  toPersonId: number,
  fromAt: number,
  untilAt: number,
): void {
  const holdsSeat = seatsAt(tx, now).some(seat => seat.personId === actor.id)
  if (!holdsSeat || toPersonId === actor.id || untilAt <= Math.max(fromAt, now))
    throw new Refusal('delegation.not_allowed')
  tx.insert(delegation).values({ fromPersonId: actor.id, toPersonId, fromAt, untilAt }).run()
  recordAudit(tx, now, actor, 'seat.delegated', `person:${toPersonId}`, { note: `${fromAt} to ${untilAt}` })
}
