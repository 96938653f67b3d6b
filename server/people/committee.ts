import { and, eq, gt, isNull, lte, or } from 'drizzle-orm'
import type { Reader } from '#server/platform/db/db.ts'
import { committeeSeat, person } from './tables.ts'

/** A seat on the committee: who speaks for which department. */
export interface Seat {
  personId: number
  name: string
  department: string
}

/** The seats held at `now` by people who are still here. */
export function seatsAt(db: Reader, now: number): Seat[] {
  const { personId, department, heldFrom, heldUntil } = committeeSeat
  const held = and(lte(heldFrom, now), or(isNull(heldUntil), gt(heldUntil, now)), isNull(person.leftAt))
  const columns = { personId, name: person.name, department }
  return db.select(columns).from(committeeSeat).innerJoin(person, eq(person.id, personId)).where(held).all()
}
