import { eq } from 'drizzle-orm'
import type { Role } from '#server/contract/lists.ts'
import type { Department, DepartmentNames } from '#server/contract/person.ts'
import type { Tx } from '#server/platform/db/db.ts'
import { recordAudit } from '#server/platform/kernel/records.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { requireRole, type Actor } from './rules.ts'
import { committeeSeat, department, person, personRole } from './tables.ts'

export interface NewPerson {
  workNo: string
  name: string
  department: string
  roles: readonly Role[]
  passwordHash: string | null
  persona?: string
  email?: string
}

/**
 * Adds a person. Reviewers and the chair also take a committee seat for their department.
 * Refuses `person.work_no_taken` and `department.not_found`. Called by the set-up tool and the demo, never by a route.
 */
export function addPerson(tx: Tx, now: number, input: NewPerson): number {
  requireDepartment(tx, input.department)
  if (tx.select().from(person).where(eq(person.workNo, input.workNo)).get())
    throw new Refusal('person.work_no_taken')
  const { roles, ...columns } = input
  const { id } = tx
    .insert(person)
    .values({ ...columns, createdAt: now })
    .returning({ id: person.id })
    .get()
  for (const role of new Set(roles)) tx.insert(personRole).values({ personId: id, role }).run()
  if (roles.includes('reviewer') || roles.includes('chair')) {
    tx.insert(committeeSeat).values({ personId: id, department: input.department, heldFrom: now }).run()
  }
  recordAudit(tx, now, null, 'person.added', `person:${id}`, { note: roles.join(' ') })
  return id
}

/** Renames a department or adds one at the end. Admins only. */
export function nameDepartment(
  tx: Tx,
  now: number,
  actor: Actor,
  slug: string,
  names: DepartmentNames,
): Department {
  requireRole(actor, 'admin')
  const { name, nameEn } = department
  const before = tx.select({ name, nameEn }).from(department).where(eq(department.slug, slug)).get()
  putDepartment(tx, slug, names)
  recordAudit(tx, now, actor, 'department.named', `department:${slug}`, { before, after: names })
  return { slug, ...names }
}

/** Inserts or renames a department, without asking who: for imports. */
export function putDepartment(tx: Tx, slug: string, names: DepartmentNames): void {
  const position = tx.select().from(department).all().length
  tx.insert(department)
    .values({ slug, ...names, position })
    .onConflictDoUpdate({ target: department.slug, set: names })
    .run()
}

/** Refuses with `department.not_found` unless there is such a department. */
export function requireDepartment(tx: Tx, slug: string): void {
  if (!tx.select().from(department).where(eq(department.slug, slug)).get())
    throw new Refusal('department.not_found')
}
