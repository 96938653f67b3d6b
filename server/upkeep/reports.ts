import { and, count, desc, eq, inArray } from 'drizzle-orm'
import { FEEDBACK_KINDS, type FeedbackKind, type ReportState } from '#server/contract/lists.ts'
import type { ReportList, ReportQuery, ReportView } from '#server/contract/upkeep.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { iso } from '#server/platform/kernel/clock.ts'
import { entryLinks, entryTask, entryTaskEnd, revisionsInForce } from '#server/entries/index.ts'
import { requireAnyRole, type Actor } from '#server/people/index.ts'

/** What the actor reported, the latest first, and what came of each. Titles are of what is in force now, as ever. */
export function reportList(
  db: Reader,
  now: number,
  actor: Actor,
  { limit, offset }: ReportQuery,
): ReportList {
  requireAnyRole(actor)
  const own = and(eq(entryTask.personId, actor.id), inArray(entryTask.kind, [...FEEDBACK_KINDS]))
  const rows = db
    .select({ task: entryTask, end: entryTaskEnd })
    .from(entryTask)
    .leftJoin(entryTaskEnd, eq(entryTaskEnd.taskId, entryTask.id))
    .where(own)
    .orderBy(desc(entryTask.id))
    .limit(limit)
    .offset(offset)
    .all()
  const ids = [...new Set(rows.map(row => row.task.entryId))]
  const links = new Map(entryLinks(db, now, actor, ids).map(one => [one.id, one]))
  const current = new Map(revisionsInForce(db, now, ids).map(one => [one.entryId, one]))
  const reports = rows.map(({ task, end }): ReportView => {
    const { id, paragraph, words } = task
    const times = { at: iso(task.at), dueAt: iso(task.dueAt) }
    const entry = links.get(task.entryId) ?? null
    const kind = task.kind as FeedbackKind
    return { id, kind, entry, paragraph, words, ...times, ...cameOf(task, end, current.get(task.entryId)) }
  })
  const total = db.select({ rows: count() }).from(entryTask).where(own).get()?.rows ?? 0
  return { total, reports }
}

type Came = { state: ReportState; answer: string | null; answeredAt: string | null }

/** The owner's word comes before what happened to the text: it was meant for who reported. */
function cameOf(
  { revisionId }: { revisionId: number },
  end: { words: string; at: number } | null,
  current: { revisionId: number; publishedAt: number } | undefined,
): Came {
  if (end) return { state: 'answered', answer: end.words, answeredAt: iso(end.at) }
  if (!current) return { state: 'withdrawn', answer: null, answeredAt: null }
  if (current.revisionId === revisionId) return { state: 'open', answer: null, answeredAt: null }
  return { state: 'revised', answer: null, answeredAt: iso(current.publishedAt) }
}
