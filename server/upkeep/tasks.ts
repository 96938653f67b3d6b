import { asc, eq, isNull } from 'drizzle-orm'
import type { TaskKind } from '#server/contract/lists.ts'
import type { NewFeedback, TaskList, TaskQuery, TaskView } from '#server/contract/upkeep.ts'
import type { Reader, Tx } from '#server/platform/db/db.ts'
import { DAY, iso } from '#server/platform/kernel/clock.ts'
import { announce, leaveInOutbox, recordAudit } from '#server/platform/kernel/records.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { maskNumbers } from '#server/platform/text/personal.ts'
import { ownCall } from '#server/calls/index.ts'
import {
  INDEX_ENTRY,
  entryTask,
  entryTaskEnd,
  linkOf,
  policyFor,
  publishedRevisions,
  revision,
  revisionsInForce,
  type PublishedRevision,
} from '#server/entries/index.ts'
import { person, requireAnyRole, requireRole, type Actor } from '#server/people/index.ts'

/** Notes what an agent says of a published entry: work for its owner, due as the policy says. Refuses `entry.not_found`. */
export function giveFeedback(tx: Tx, now: number, actor: Actor, entryId: number, input: NewFeedback): number {
  requireAnyRole(actor)
  const [current] = publishedRevisions(tx, now, [entryId])
  if (!current) throw new Refusal('entry.not_found')
  if (input.callId !== undefined) ownCall(tx, actor, input.callId)
  const words = input.words === undefined ? null : maskNumbers(input.words)
  const { kind, paragraph = null, callId = null } = input
  const dueAt = now + policyFor(tx, current.kind, current.category).feedbackDays * DAY
  const told = { kind, paragraph, words, callId, dueAt }
  const id = openTask(tx, now, actor, current, told)
  announce(tx, now, 'feedback.given', `entry:${entryId}`)
  return id
}

type NewTask = {
  kind: TaskKind
  dueAt: number
  paragraph?: number | null
  words?: string | null
  callId?: number | null
}

/** Opens work on a published revision; the index follows, since it may change the entry's labels. */
export function openTask(
  tx: Tx,
  now: number,
  actor: Actor,
  on: { entryId: number; revisionId: number },
  task: NewTask,
): number {
  const row = { ...task, entryId: on.entryId, revisionId: on.revisionId, personId: actor.id, at: now }
  const { id } = tx.insert(entryTask).values(row).returning({ id: entryTask.id }).get()
  leaveInOutbox(tx, now, INDEX_ENTRY, String(on.entryId))
  recordAudit(tx, now, actor, 'task.opened', `entry:${on.entryId}`, { note: task.kind, after: row })
  return id
}

/** Ends a task without a new revision, with words why. Experts, reviewers of its department, and the chair may. */
export function endTask(tx: Tx, now: number, actor: Actor, id: number, words: string): void {
  const found = tx
    .select({ entryTask, owner: revision.ownerDepartment })
    .from(entryTask)
    .innerJoin(revision, eq(revision.id, entryTask.revisionId))
    .where(eq(entryTask.id, id))
    .get()
  if (!found) throw new Refusal('task.not_found')
  requireOwner(actor, found.owner)
  const ended = tx
    .insert(entryTaskEnd)
    .values({ taskId: id, personId: actor.id, words, at: now })
    .onConflictDoNothing()
    .run()
  if (ended.changes === 0) return
  leaveInOutbox(tx, now, INDEX_ENTRY, String(found.entryTask.entryId))
  recordAudit(tx, now, actor, 'task.ended', `entry:${found.entryTask.entryId}`, {
    note: `task:${id}`,
    after: words,
  })
}

/** Refuses `right.missing` unless the actor writes or reviews for the department, or chairs the committee. */
export function requireOwner(actor: Actor, department: string): void {
  if (actor.roles.includes('chair')) return
  requireRole(actor, 'expert', 'reviewer')
  if (actor.department !== department) throw new Refusal('right.missing')
}

/** Open tasks, the first due first. A task ends by itself once a newer revision of its entry is in force. */
export function taskList(db: Reader, now: number, actor: Actor, query: TaskQuery): TaskList {
  requireRole(actor, 'expert', 'reviewer', 'chair', 'supervisor')
  const rows = openTasks(db)
  const entries = [...new Set(rows.map(row => row.task.entryId))]
  const current = new Map(revisionsInForce(db, now, entries).map(one => [one.revisionId, one]))
  const open = rows
    .flatMap(row => viewOf(row, current.get(row.task.revisionId)) ?? [])
    .filter(one => query.kind === undefined || one.kind === query.kind)
    .filter(one => query.department === undefined || one.department === query.department)
  return { total: open.length, tasks: open.slice(query.offset, query.offset + query.limit) }
}

function viewOf({ task, raisedBy }: OpenTask, on: PublishedRevision | undefined): TaskView | undefined {
  if (!on) return undefined
  const { id, kind, paragraph, words } = task
  const times = { at: iso(task.at), dueAt: iso(task.dueAt) }
  return { id, kind, paragraph, words, raisedBy, entry: linkOf(on), department: on.ownerDepartment, ...times }
}

type OpenTask = ReturnType<typeof openTasks>[number]

const openTasks = (db: Reader) =>
  db
    .select({ task: entryTask, raisedBy: person.name })
    .from(entryTask)
    .innerJoin(person, eq(person.id, entryTask.personId))
    .leftJoin(entryTaskEnd, eq(entryTaskEnd.taskId, entryTask.id))
    .where(isNull(entryTaskEnd.taskId))
    .orderBy(asc(entryTask.dueAt), asc(entryTask.id))
    .limit(5000)
    .all()
