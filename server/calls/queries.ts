import { and, asc, count, countDistinct, desc, eq, gt, inArray, isNull, max, sql } from 'drizzle-orm'
import type { CallView } from '#server/contract/call.ts'
import type { EntryLink } from '#server/contract/entry.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { iso, isoOrNull } from '#server/platform/kernel/clock.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { entryLinks } from '#server/entries/index.ts'
import type { Actor } from '#server/people/index.ts'
import { followedIn } from './followed.ts'
import { RECENT } from './rules.ts'
import { call, callOutcome, callSearch, entryCopy, entryOpening } from './tables.ts'

const MAX_ROWS = 200
const MAX_RECENT = 12

type CallRow = typeof call.$inferSelect

/** The actor's own call; refuses `call.not_found` for anybody else's as for none. */
export function ownCall(db: Reader, actor: Actor, id: number): CallRow {
  const found = db
    .select()
    .from(call)
    .where(and(eq(call.id, id), eq(call.personId, actor.id)))
    .get()
  if (!found) throw new Refusal('call.not_found')
  return found
}

/** The actor's call with what was searched, opened, copied, and its outcome, each list at most 200, oldest first. */
export function callById(db: Reader, actor: Actor, id: number): CallView {
  return viewOf(db, ownCall(db, actor, id))
}

/** The call the actor has open, or null. */
export function currentCall(db: Reader, actor: Actor): CallView | null {
  const open = and(eq(call.personId, actor.id), isNull(call.endedAt))
  const found = db.select().from(call).where(open).orderBy(desc(call.id)).get()
  return found ? viewOf(db, found) : null
}

/** Entries the actor opened last, each once, as far as they are in force at `now`. */
export function recentEntries(db: Reader, now: number, actor: Actor): EntryLink[] {
  const rows = db
    .select({ id: entryOpening.entryId, at: max(entryOpening.at) })
    .from(entryOpening)
    .where(and(eq(entryOpening.personId, actor.id), gt(entryOpening.at, now - RECENT)))
    .groupBy(entryOpening.entryId)
    .orderBy(desc(max(entryOpening.at)))
    .limit(MAX_RECENT)
    .all()
  return entryLinks(
    db,
    now,
    actor,
    rows.map(row => row.id),
  )
}

/** How many calls each of `entryIds` settled lately: the calls whose latest outcome is "resolved" with it. */
export function resolvedCounts(db: Reader, now: number, entryIds: readonly number[]): Map<number, number> {
  const latest = sql`${callOutcome.id} = (select max(o.id) from call_outcome o where o.call_id = ${callOutcome.callId})`
  const lately = and(
    inArray(callOutcome.entryId, [...entryIds]),
    gt(callOutcome.at, now - RECENT),
    eq(callOutcome.verdict, 'resolved'),
    latest,
  )
  const rows = db
    .select({ id: callOutcome.entryId, calls: count() })
    .from(callOutcome)
    .where(lately)
    .groupBy(callOutcome.entryId)
    .all()
  return new Map(rows.map(row => [row.id!, row.calls]))
}

/** How often each entry was opened lately, the most opened first, at most 500. */
export function openingCounts(db: Reader, now: number): { entryId: number; openings: number }[] {
  const { entryId, at } = entryOpening
  const query = db
    .select({ entryId, openings: count() })
    .from(entryOpening)
    .where(gt(at, now - RECENT))
    .groupBy(entryId)
  return query.orderBy(desc(count()), asc(entryId)).limit(500).all()
}

/** What was typed in calls that were settled with an entry, the most frequent first, at most 50; numbers are masked. */
export function queriesSettledBy(db: Reader, entryId: number): { query: string; calls: number }[] {
  const calls = countDistinct(callSearch.callId)
  return db
    .select({ query: callSearch.query, calls })
    .from(callSearch)
    .innerJoin(callOutcome, eq(callOutcome.callId, callSearch.callId))
    .where(and(eq(callOutcome.entryId, entryId), eq(callOutcome.verdict, 'resolved')))
    .groupBy(callSearch.query)
    .orderBy(desc(calls), asc(callSearch.query))
    .limit(50)
    .all()
}

/** A call that has ended with its searches, oldest first, and whether it was resolved; undefined while it goes on. */
export function endedCall(db: Reader, id: number) {
  const row = db.select().from(call).where(eq(call.id, id)).get()
  if (!row || row.endedAt === null) return undefined
  const searches = db.select().from(callSearch).where(eq(callSearch.callId, id)).orderBy(asc(callSearch.id))
  const isResolved = outcomeOf(db, id)?.verdict === 'resolved'
  return { id, personId: row.personId, isResolved, searches: searches.limit(MAX_ROWS).all() }
}

function viewOf(db: Reader, row: CallRow): CallView {
  const rowsOf = <T extends typeof callSearch | typeof entryOpening | typeof entryCopy>(table: T) =>
    db
      .select()
      .from(table as typeof callSearch)
      .where(eq(table.callId, row.id))
      .orderBy(asc(table.id))
      .limit(MAX_ROWS)
      .all() as unknown as T['$inferSelect'][]
  return {
    id: row.id,
    callerLast4: row.callerLast4,
    accountLast4: row.accountLast4,
    area: row.area,
    topic: row.topic,
    startedAt: iso(row.startedAt),
    endedAt: isoOrNull(row.endedAt),
    outcome: outcomeOf(db, row.id),
    searches: rowsOf(callSearch).map(one => ({ ...one, at: iso(one.at) })),
    opened: rowsOf(entryOpening).map(one => ({ ...one, at: iso(one.at) })),
    copied: rowsOf(entryCopy).map(one => ({ ...one, at: iso(one.at) })),
    followed: followedIn(db, row.id),
  }
}

function outcomeOf(db: Reader, callId: number): CallView['outcome'] {
  const row = db
    .select()
    .from(callOutcome)
    .where(eq(callOutcome.callId, callId))
    .orderBy(desc(callOutcome.id))
    .get()
  return row ? { ...row, at: iso(row.at) } : null
}
