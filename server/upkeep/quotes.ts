import { and, desc, eq } from 'drizzle-orm'
import type { Reader, Tx } from '#server/platform/db/db.ts'
import { DAY } from '#server/platform/kernel/clock.ts'
import { announce } from '#server/platform/kernel/records.ts'
import { entryTask, entryTaskEnd, revisionsInForce, type PublishedRevision } from '#server/entries/index.ts'
import { quotingScripts, type QuotedEntry } from '#server/scripts/index.ts'
import { closeTask, openTask } from './tasks.ts'

/** How long (days) an owner has to bring a script in line with an entry that it quotes. */
const DAYS_TO_ADAPT = 14

/** What the service says when it ends such a task itself. */
const BACK = '引用的条目又回到评审时的版本。'
const AGAIN = '引用的条目又有变化，另有一项任务。'

/**
 * Looks at the quotes of every script in force of which the script itself or the quoted entry is among `changed`. Where another
 * revision is in force than was reviewed, or none, the owner gets a task and is told: once for each change, so that a task they
 * ended holds until the next one. Where it is again what was reviewed, the task is over. Doing it twice does nothing more.
 */
export function checkQuotes(tx: Tx, now: number, changed: ReadonlySet<number>): void {
  const found = quotingScripts(tx, now, changed).map(({ script, quotes }) => ({
    script,
    quotes: quotes.filter(one => changed.has(one.entryId) || changed.has(script.entryId)),
  }))
  const ids = [...new Set(found.flatMap(({ quotes }) => quotes.map(one => one.entryId)))]
  if (ids.length === 0) return
  const current = new Map(revisionsInForce(tx, now, ids).map(one => [one.entryId, one]))
  for (const { script, quotes } of found) {
    const opened = quotes.filter(one => settleQuote(tx, now, script, one, current.get(one.entryId)))
    if (opened.length > 0) announce(tx, now, 'quote.updated', `entry:${script.entryId}`)
  }
}

/** Brings the task for one quote in line with what is in force; true when it opened one. */
function settleQuote(
  tx: Tx,
  now: number,
  script: PublishedRevision,
  { entryId, pinned }: QuotedEntry,
  current: PublishedRevision | undefined,
): boolean {
  const last = lastTask(tx, script, entryId)
  const isOpen = last !== undefined && last.end === null
  if (current && pinned.every(number => number === current.number)) {
    if (isOpen) closeTask(tx, now, null, last.task, BACK)
    return false
  }
  const quotedRevisionId = current?.revisionId ?? null
  const isNoted = last?.task.quotedRevisionId === quotedRevisionId
  if (isNoted && (isOpen || last.end?.personId != null)) return false
  if (isOpen) closeTask(tx, now, null, last.task, AGAIN)
  const until = now + DAYS_TO_ADAPT * DAY
  const dueAt = isOpen ? Math.min(last.task.dueAt, until) : until
  openTask(tx, now, null, script, { kind: 'quote_updated', dueAt, quotedEntryId: entryId, quotedRevisionId })
  return true
}

function lastTask(db: Reader, { entryId, revisionId }: PublishedRevision, quotedEntryId: number) {
  const on = and(eq(entryTask.entryId, entryId), eq(entryTask.revisionId, revisionId))
  const same = and(on, eq(entryTask.quotedEntryId, quotedEntryId))
  return db
    .select({ task: entryTask, end: entryTaskEnd })
    .from(entryTask)
    .leftJoin(entryTaskEnd, eq(entryTaskEnd.taskId, entryTask.id))
    .where(same)
    .orderBy(desc(entryTask.id))
    .get()
}
