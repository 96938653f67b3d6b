import type { ReviewCounts } from '#server/contract/review.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { isoOrNull } from '#server/platform/kernel/clock.ts'
import { departments, requireRole, type Actor } from '#server/people/index.ts'
import { waitingByDepartment } from './queue.ts'

/** How many open reviews wait for each department, how many past their date, and since when the oldest. */
export function reviewCounts(db: Reader, now: number, actor: Actor): ReviewCounts {
  requireRole(actor, 'reviewer', 'chair', 'supervisor')
  const counted = new Map(waitingByDepartment(db, now).map(row => [row.department, row]))
  return {
    departments: departments(db).map(({ slug: department }) => {
      const { open = 0, overdue = 0, oldestAt = null } = counted.get(department) ?? {}
      return { department, open, overdue, oldestAt: isoOrNull(oldestAt) }
    }),
  }
}
