import type { ReviewCounts } from '#server/contract/review.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { isoOrNull } from '#server/platform/kernel/clock.ts'
import { departments, requireRole, type Actor } from '#server/people/index.ts'
import { reviewPage } from './queries.ts'

const MOST = 1_000_000

/** How many open reviews wait for each department, how many past their date, and since when the oldest. */
export function reviewCounts(db: Reader, now: number, actor: Actor): ReviewCounts {
  requireRole(actor, 'reviewer', 'chair', 'supervisor')
  const nobody = 0
  const counted = departments(db).map(({ slug: department }) => {
    const waiting = { personId: nobody, departments: [department] }
    const { total, rows } = reviewPage(db, 'in_review', { limit: MOST, offset: 0 }, waiting)
    const overdue = rows.filter(row => row.dueAt <= now).length
    const oldest = rows.reduce<number | null>(
      (first, row) => Math.min(first ?? row.openedAt, row.openedAt),
      null,
    )
    return { department, open: total, overdue, oldestAt: isoOrNull(oldest) }
  })
  return { departments: counted }
}
