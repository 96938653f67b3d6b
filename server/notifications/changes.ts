import { and, asc, gt, like, max } from 'drizzle-orm'
import type { ChangeEvent } from '#server/contract/notification.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { auditHead } from '#server/platform/kernel/records.ts'
import { audit } from '#server/platform/kernel/tables.ts'
import type { Actor } from '#server/people/index.ts'
import { reviewRow, seesReview } from '#server/reviews/index.ts'

/** Up to which line of the audit trail everything has happened. */
export const lastChange = (db: Reader): number => auditHead(db)?.length ?? 0

/** The reviews that something happened to after a line of the audit trail, as far as a person may look at them. */
export function changesAfter(db: Reader, now: number, actor: Actor, line: number): ChangeEvent[] {
  return db
    .select({ subject: audit.subject, last: max(audit.id) })
    .from(audit)
    .where(and(gt(audit.id, line), like(audit.subject, 'review:%')))
    .groupBy(audit.subject)
    .orderBy(asc(max(audit.id)))
    .all()
    .filter(({ subject }) =>
      seesReview(db, now, actor, reviewRow(db, Number(subject.slice('review:'.length)))),
    )
    .map(({ subject }) => ({ event: 'review.changed', subject }))
}
