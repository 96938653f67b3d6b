import { and, asc, eq, isNull } from 'drizzle-orm'
import { FEEDBACK_KINDS, type TaskKind } from '#server/contract/lists.ts'
import type { NewFeedback, TaskList, TaskQuery, TaskView } from '#server/contract/upkeep.ts'
import type { Reader, Tx } from '#server/platform/db/db.ts'
import { DAY, iso } from '#server/platform/kernel/clock.ts'
import { filled, noteOf } from '#server/platform/kernel/ledger.ts'
import { paragraphText } from '#server/platform/markdown/render.ts'
import { announce, leaveInOutbox, recordAudit, type Who } from '#server/platform/kernel/records.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { maskNumbers } from '#server/platform/text/personal.ts'
import { ownCall } from '#server/calls/index.ts'
import {
  INDEX_ENTRY,
  entryTask,
  entryTaskEnd,
  lastPublication,
  linkOf,
  policyFor,
  publishedRevisions,
  revision,
  revisionRow,
  revisionsInForce,
  type PublishedRevision,
} from '#server/entries/index.ts'
import { person, requireAnyRole, requireRole, type Actor } from '#server/people/index.ts'

/** How much (characters) of a reported paragraph a task quotes. */
const MOST_QUOTED = 300

/**
 * Notes what an agent says of a published entry: work for its owner, due as the policy says. Gives the task; sent again
 * under the same mark, the one there is. Refuses `entry.not_found`, `call.not_found`.
 */
export function giveFeedback(tx: Tx, now: number, actor: Actor, entryId: number, input: NewFeedback): number {
  requireAnyRole(actor)
  const sent = input.sendKey === undefined ? undefined : sentTask(tx, actor, input.sendKey)
  if (sent !== undefined) return sent
  const [current] = publishedRevisions(tx, now, [entryId])
  if (!current) throw new Refusal('entry.not_found')
  if (input.callId !== undefined) ownCall(tx, actor, input.callId)
  const { kind, paragraph = null, callId = null, sendKey = null } = input
  const words = input.words === undefined ? null : maskNumbers(input.words)
  const dueAt = now + policyFor(tx, current.kind, current.category).feedbackDays * DAY
  const told = { kind, paragraph, words, callId, sendKey, dueAt }
  const id = openTask(tx, now, actor, current, told)
  announce(tx, now, 'feedback.given', `entry:${entryId}`)
  return id
}

const sentTask = (tx: Tx, actor: Actor, sendKey: string): number | undefined =>
  tx
    .select({ id: entryTask.id })
    .from(entryTask)
    .where(and(eq(entryTask.personId, actor.id), eq(entryTask.sendKey, sendKey)))
    .get()?.id

type NewTask = {
  kind: TaskKind
  dueAt: number
  paragraph?: number | null
  words?: string | null
  callId?: number | null
  sendKey?: string | null
  quotedEntryId?: number
  quotedRevisionId?: number | null
}

/** Opens work on a published revision; the index follows, since it may change the entry's labels. */
export function openTask(
  tx: Tx,
  now: number,
  who: Who,
  on: { entryId: number; revisionId: number },
  task: NewTask,
): number {
  const row = { ...task, entryId: on.entryId, revisionId: on.revisionId, personId: who?.id, at: now }
  const opened = tx.insert(entryTask).values(row).returning().get()
  leaveInOutbox(tx, now, INDEX_ENTRY, String(on.entryId))
  const { id, kind, revisionId } = opened
  const told = { note: noteOf({ task: id, kind, revision: revisionId }), after: filled(opened) }
  recordAudit(tx, now, who, 'task.opened', `entry:${on.entryId}`, told)
  return id
}

const isReport = (kind: TaskKind): boolean => FEEDBACK_KINDS.some(one => one === kind)

/**
 * Ends a task without a new revision, with words why; who reported it is told. Experts, reviewers of its department, and
 * the chair may.
 */
export function endTask(tx: Tx, now: number, actor: Actor, id: number, words: string): void {
  const found = tx
    .select({ entryTask, owner: revision.ownerDepartment })
    .from(entryTask)
    .innerJoin(revision, eq(revision.id, entryTask.revisionId))
    .where(eq(entryTask.id, id))
    .get()
  if (!found) throw new Refusal('task.not_found')
  requireOwner(actor, found.owner)
  const isEnded = closeTask(tx, now, actor, found.entryTask, maskNumbers(words))
  if (isEnded && isReport(found.entryTask.kind)) announce(tx, now, 'feedback.answered', `task:${id}`)
}

/** Ends a task, in the word of a person or of the service itself; false when it was ended before. The index follows. */
export function closeTask(
  tx: Tx,
  now: number,
  who: Who,
  { id, entryId }: { id: number; entryId: number },
  words: string,
): boolean {
  const ended = tx
    .insert(entryTaskEnd)
    .values({ taskId: id, personId: who?.id, words, at: now })
    .onConflictDoNothing()
    .returning()
    .get()
  if (!ended) return false
  leaveInOutbox(tx, now, INDEX_ENTRY, String(entryId))
  recordAudit(tx, now, who, 'task.ended', `entry:${entryId}`, { note: `task:${id}`, after: filled(ended) })
  return true
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
    .flatMap(row => {
      const on = current.get(row.task.revisionId)
      return on ? [{ ...row, on }] : []
    })
    .filter(({ task }) => query.kind === undefined || task.kind === query.kind)
    .filter(({ on }) => query.department === undefined || on.ownerDepartment === query.department)
  const page = open.slice(query.offset, query.offset + query.limit)
  const quoted = quotedEntries(db, now, page)
  return { total: open.length, tasks: page.map(one => viewOf(one, quoted)) }
}

/** What is known of the entries whose change opened tasks: the title last published, and what is in force now. */
function quotedEntries(db: Reader, now: number, tasks: readonly OpenTask[]): Quoted {
  const ids = [...new Set(tasks.flatMap(({ task }) => task.quotedEntryId ?? []))]
  const current = new Map(revisionsInForce(db, now, ids).map(one => [one.entryId, one.number]))
  return new Map(
    ids.map(id => {
      const title = revisionRow(db, lastPublication(db, id)!.revisionId).standardQuestion
      return [id, { id, title, revision: current.get(id) ?? null }]
    }),
  )
}

type Quoted = ReadonlyMap<number, NonNullable<TaskView['quote']>>

/** The paragraph is quoted from the very text that was reported: a task is over once another is in force. */
function viewOf({ task, raisedBy, on }: OpenTask & { on: PublishedRevision }, quotes: Quoted): TaskView {
  const { id, kind, paragraph, words } = task
  const times = { at: iso(task.at), dueAt: iso(task.dueAt) }
  const text = paragraph === null ? undefined : paragraphText(on.body, paragraph)
  const quoted = text === undefined ? null : text.slice(0, MOST_QUOTED)
  const owner = { entry: linkOf(on), department: on.ownerDepartment }
  const quote = quotes.get(task.quotedEntryId ?? 0) ?? null
  return { id, kind, paragraph, quoted, words, quote, raisedBy, ...owner, ...times }
}

type OpenTask = ReturnType<typeof openTasks>[number]

const openTasks = (db: Reader) =>
  db
    .select({ task: entryTask, raisedBy: person.name })
    .from(entryTask)
    .leftJoin(person, eq(person.id, entryTask.personId))
    .leftJoin(entryTaskEnd, eq(entryTaskEnd.taskId, entryTask.id))
    .where(isNull(entryTaskEnd.taskId))
    .orderBy(asc(entryTask.dueAt), asc(entryTask.id))
    .limit(5000)
    .all()
