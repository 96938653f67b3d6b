import { and, asc, eq, inArray, isNull, or, sql } from 'drizzle-orm'
import type { Role } from '#server/contract/lists.ts'
import type { Department, PersonView } from '#server/contract/person.ts'
import type { Reader } from '#server/platform/db/db.ts'
import type { Actor } from './rules.ts'
import { department, person, personRole } from './tables.ts'

/** All departments in their order. */
export function departments(db: Reader): Department[] {
  const { slug, name, nameEn } = department
  return db.select({ slug, name, nameEn }).from(department).orderBy(asc(department.position), asc(slug)).all()
}

/** The person as commands need them, or undefined when they left or never were. */
export function actorById(db: Reader, id: number): Actor | undefined {
  const found = db
    .select()
    .from(person)
    .where(and(eq(person.id, id), isNull(person.leftAt)))
    .get()
  if (!found) return undefined
  const roles = db.select({ role: personRole.role }).from(personRole).where(eq(personRole.personId, id)).all()
  return {
    id,
    name: found.name,
    workNo: found.workNo,
    department: found.department,
    roles: roles.map(row => row.role),
  }
}

export const personView = ({ id, name, workNo, roles, department: slug }: Actor): PersonView => ({
  id,
  name,
  workNo,
  roles: [...roles],
  department: slug,
})

/** Ids of the people of one of `roles` who are still here, of one department when it is named. */
export function peopleWith(db: Reader, roles: readonly Role[], slug?: string): number[] {
  const where = and(
    inArray(personRole.role, [...roles]),
    isNull(person.leftAt),
    slug ? eq(person.department, slug) : undefined,
  )
  const found = db
    .selectDistinct({ id: person.id })
    .from(person)
    .innerJoin(personRole, eq(personRole.personId, person.id))
  return found
    .where(where)
    .orderBy(asc(person.id))
    .all()
    .map(row => row.id)
}

/** People of a role who are still here whose name holds `words`, or whose work number they are; all of them for no words. */
export function peopleCalled(
  db: Reader,
  role: Role,
  words: string,
  limit: number,
): { id: number; name: string; department: string }[] {
  const { id, name, workNo } = person
  const fits = or(sql`instr(${name}, ${words}) > 0`, eq(workNo, words))
  return db
    .select({ id, name, department: person.department })
    .from(person)
    .innerJoin(personRole, eq(personRole.personId, id))
    .where(and(eq(personRole.role, role), isNull(person.leftAt), words === '' ? undefined : fits))
    .orderBy(asc(person.department), asc(name), asc(id))
    .limit(limit)
    .all()
}

/** The id and password hash behind a work number, or undefined. */
export function credentials(
  db: Reader,
  workNo: string,
): { id: number; passwordHash: string | null } | undefined {
  const { id, passwordHash } = person
  return db
    .select({ id, passwordHash })
    .from(person)
    .where(and(eq(person.workNo, workNo), isNull(person.leftAt)))
    .get()
}

/** The name of a person, also of one who has left; empty when there is none. */
export const nameOf = (db: Reader, id: number): string =>
  db.select({ name: person.name }).from(person).where(eq(person.id, id)).get()?.name ?? ''
