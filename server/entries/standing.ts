import { and, asc, count, eq, isNull } from 'drizzle-orm'
import { FEEDBACK_KINDS, type TaskKind, type ViewLabel } from '#server/contract/lists.ts'
import type { BasisView } from '#server/contract/entry.ts'
import { among, type Reader } from '#server/platform/db/db.ts'
import { policyFor } from './policy.ts'
import type { PublishedRevision } from './published.ts'
import { labelsOf } from './rules.ts'
import { entryTask, entryTaskEnd, verification } from './upkeep-tables.ts'

/** How a published revision stands with its readers; times in ms. */
export interface EntryStanding {
  labels: ViewLabel[]
  verifiedAt: number
  verifyBy: number | null
}

/** The standing of published revisions at `now`, by revision id, from their verifications, tasks and cited sources. */
export function standingsOf(
  db: Reader,
  now: number,
  found: readonly PublishedRevision[],
  basis: ReadonlyMap<number, readonly BasisView[]>,
): Map<number, EntryStanding> {
  const ids = found.map(one => one.revisionId)
  const verified = latestVerifications(db, ids)
  const tasks = openTaskCounts(db, ids)
  const standings = found.map(one => {
    const { revisionId } = one
    const last = verified.get(revisionId)
    const verifyBy = last?.verifyBy ?? one.verifyBy
    const open = (kind: TaskKind) => tasks.get(`${revisionId} ${kind}`) ?? 0
    const reports = FEEDBACK_KINDS.reduce((sum, kind) => sum + open(kind), 0)
    const standing = {
      own: one.labels,
      statuses: (basis.get(revisionId) ?? []).map(source => source.status),
      superseded: open('source_updated') > 0,
      requoted: open('quote_updated') > 0,
      until: one.until,
      verifyBy,
      warned: reports > 0 && reports >= policyFor(db, one.kind, one.category).feedbackWarning,
    }
    const labels = labelsOf(standing, now)
    return [revisionId, { labels, verifiedAt: last?.at ?? one.publishedAt, verifyBy }] as const
  })
  return new Map(standings)
}

/** The last verification of each of these revisions that had one. */
export function latestVerifications(db: Reader, revisionIds: readonly number[]) {
  const rows = db
    .select()
    .from(verification)
    .where(among(verification.revisionId, revisionIds))
    .orderBy(asc(verification.id))
    .all()
  return new Map(rows.map(row => [row.revisionId, row]))
}

function openTaskCounts(db: Reader, revisionIds: readonly number[]): Map<string, number> {
  const rows = db
    .select({ revisionId: entryTask.revisionId, kind: entryTask.kind, tasks: count() })
    .from(entryTask)
    .leftJoin(entryTaskEnd, eq(entryTaskEnd.taskId, entryTask.id))
    .where(and(among(entryTask.revisionId, revisionIds), isNull(entryTaskEnd.taskId)))
    .groupBy(entryTask.revisionId, entryTask.kind)
    .all()
  return new Map(rows.map(row => [`${row.revisionId} ${row.kind}`, row.tasks]))
}
