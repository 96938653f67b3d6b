import { and, asc, eq, gt, lte, or, sql, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { DelegationList, NewDelegation } from '#server/contract/review.ts'
import type { Reader, Tx } from '#server/platform/db/db.ts'
import { iso } from '#server/platform/kernel/clock.ts'
import { recordAudit } from '#server/platform/kernel/records.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { actorById, person, seatsAt, type Actor } from '#server/people/index.ts'
import { delegation, delegationEnd } from './tables.ts'

/** So many delegations are listed. */
const MOST_LISTED = 200

const isNotEnded = sql`not exists (
  select 1 from ${delegationEnd} where ${delegationEnd.delegationId} = ${delegation.id})`

/** Whether a delegation holds at `now` (ms): its time runs, and nobody has ended it. */
export const holdsAt = (now: number): SQL | undefined =>
  and(lte(delegation.fromAt, now), gt(delegation.untilAt, now), isNotEnded)

/** Lends the actor's own seat to a colleague. Refuses `delegation.not_allowed` to who has none, and senseless times. */
export function delegate(tx: Tx, now: number, actor: Actor, input: NewDelegation): void {
  const fromAt = Date.parse(input.from)
  const untilAt = Date.parse(input.until)
  const { toPersonId } = input
  const colleague = actorById(tx, toPersonId)
  const reviews = colleague?.roles.some(role => role === 'reviewer' || role === 'chair' || role === 'expert')
  const holdsSeat = seatsAt(tx, now).some(seat => seat.personId === actor.id)
  if (!holdsSeat || !reviews || toPersonId === actor.id) throw new Refusal('delegation.not_allowed')
  if (untilAt <= Math.max(fromAt, now))
    throw new Refusal('delegation.not_allowed', [{ path: 'body.until', message: 'must be later' }])
  tx.insert(delegation).values({ fromPersonId: actor.id, toPersonId, fromAt, untilAt }).run()
  recordAudit(tx, now, actor, 'seat.delegated', `person:${toPersonId}`, {
    note: `${input.from} to ${input.until}`,
  })
}

/**
 * Ends a delegation at once, also one that has not begun: who gave it may, and the chair. Votes cast from the seat stand.
 * Refuses `delegation.not_found` for one that is over, `right.missing`.
 */
export function endDelegation(tx: Tx, now: number, actor: Actor, id: number): void {
  const where = and(eq(delegation.id, id), gt(delegation.untilAt, now), isNotEnded)
  const found = tx.select().from(delegation).where(where).get()
  if (!found) throw new Refusal('delegation.not_found')
  if (!mayEnd(actor, found)) throw new Refusal('right.missing')
  tx.insert(delegationEnd).values({ delegationId: id, personId: actor.id, at: now }).run()
  recordAudit(tx, now, actor, 'delegation.ended', `person:${found.toPersonId}`, { note: `delegation:${id}` })
}

const mayEnd = (actor: Actor, { fromPersonId }: { fromPersonId: number }): boolean =>
  fromPersonId === actor.id || actor.roles.includes('chair')

/** Delegations from or to the actor that are not over at `now`; to the chair, all. */
export function delegationList(db: Reader, now: number, actor: Actor): DelegationList {
  const [giver, taker] = [alias(person, 'giver'), alias(person, 'taker')]
  const { fromPersonId, toPersonId } = delegation
  const own = or(eq(fromPersonId, actor.id), eq(toPersonId, actor.id))
  const seen = actor.roles.includes('chair') ? undefined : own
  const rows = db
    .select({ delegation, byName: giver.name, toName: taker.name })
    .from(delegation)
    .innerJoin(giver, eq(giver.id, fromPersonId))
    .innerJoin(taker, eq(taker.id, toPersonId))
    .where(and(gt(delegation.untilAt, now), isNotEnded, seen))
    .orderBy(asc(delegation.fromAt), asc(delegation.id))
    .limit(MOST_LISTED)
    .all()
  return {
    delegations: rows.map(({ delegation: row, byName, toName }) => ({
      id: row.id,
      from: iso(row.fromAt),
      until: iso(row.untilAt),
      byName,
      toName,
      mine: row.fromPersonId === actor.id,
      toMe: row.toPersonId === actor.id,
      mayEnd: mayEnd(actor, row),
    })),
  }
}
