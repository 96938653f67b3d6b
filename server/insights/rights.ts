import { Refusal } from '#server/platform/kernel/refusal.ts'
import { requireRole, type Actor } from '#server/people/index.ts'

/** Whether someone watches over all departments. */
export const seesAll = ({ roles }: Actor): boolean => roles.includes('supervisor') || roles.includes('chair')

/**
 * Whose figures an actor is shown: those asked for (undefined: everybody's) to supervisors and the chair, to experts only
 * those of their own department. Refuses `right.missing` for anything else.
 */
export function departmentFor(actor: Actor, asked: string | undefined): string | undefined {
  requireRole(actor, 'expert', 'supervisor', 'chair')
  if (seesAll(actor)) return asked
  if (asked !== undefined && asked !== actor.department) throw new Refusal('right.missing')
  return actor.department
}
