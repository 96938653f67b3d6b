import { asc, desc, eq, sql } from 'drizzle-orm'
import type { GapView } from '#server/contract/gap.ts'
import type { Deps } from '#server/deps.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { iso } from '#server/platform/kernel/clock.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { callSearch } from '#server/calls/index.ts'
import { entryLinks } from '#server/entries/index.ts'
import { requireRole, type Actor } from '#server/people/index.ts'
import { question } from '#server/questions/index.ts'
import type { createNearest } from '#server/search/index.ts'
import { chinaDay } from '#server/sources/index.ts'
import { placedGaps } from './board.ts'
import { marksOn, namesOf, summaries } from './gaps.ts'
import { gap, gapQuery } from './tables.ts'

const MOST_LISTED = 100

/** Finds the approved entries nearest to a text; app.ts passes it in. */
export type Nearest = ReturnType<typeof createNearest>

/** One gap with all its wordings, whenever they were asked. For supervisors and chairs; refuses `gap.not_found`. */
export async function gapView(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  nearest: Nearest,
  id: number,
): Promise<GapView> {
  requireRole(actor, 'supervisor', 'chair')
  const { text, category, department } = gapRow(db, id)
  const { ids } = await nearest(text)
  const now = clock()
  const nowhere = { id, category, department, count: 0, cumulated: 1, isVital: false }
  const isListed = [false, true].flatMap(ignored => placedGaps(db, { ignored })).find(one => one.id === id)
  return {
    ...summaries(db, now, [isListed ?? nowhere])[0]!,
    wordings: wordingsOf(db, id),
    days: daysOf(db, id),
    near: entryLinks(db, now, actor, ids),
    marks: decisionsOn(db, id),
  }
}

/** The row of a gap; refuses `gap.not_found`. */
export function gapRow(db: Reader, id: number): typeof gap.$inferSelect {
  const found = db.select().from(gap).where(eq(gap.id, id)).get()
  if (!found) throw new Refusal('gap.not_found')
  return found
}

/** As they were typed, those of one folded wording together under the last of them. */
function wordingsOf(db: Reader, id: number): GapView['wordings'] {
  const text = sql<string>`coalesce(${question.text}, ${callSearch.query})`
  const rows = db
    .select({ wording: gapQuery.wording, text })
    .from(gapQuery)
    .leftJoin(callSearch, eq(callSearch.id, gapQuery.searchId))
    .leftJoin(question, eq(question.id, gapQuery.questionId))
    .where(eq(gapQuery.gapId, id))
    .orderBy(asc(gapQuery.id))
  const wordings = new Map<string, { text: string; count: number }>()
  for (const row of rows.all())
    wordings.set(row.wording, { text: row.text, count: (wordings.get(row.wording)?.count ?? 0) + 1 })
  return [...wordings.values()].toSorted((a, b) => b.count - a.count).slice(0, MOST_LISTED)
}

function daysOf(db: Reader, id: number): GapView['days'] {
  const { gapId, callId, at } = gapQuery
  const days = new Map<string, Set<number>>()
  for (const row of db.select({ callId, at }).from(gapQuery).where(eq(gapId, id)).orderBy(desc(at)).all()) {
    const day = chinaDay(row.at)
    if (row.callId !== null) days.set(day, (days.get(day) ?? new Set()).add(row.callId))
  }
  return [...days].slice(0, MOST_LISTED).map(([day, calls]) => ({ day, calls: calls.size }))
}

function decisionsOn(db: Reader, id: number): GapView['marks'] {
  const rows = marksOn(db, [id])
  const names = namesOf(
    db,
    rows.flatMap(row => [row.personId, row.ownerId ?? row.personId]),
  )
  return rows.map(({ kind, personId, ownerId, questionId, reason, at }) => ({
    kind,
    by: names.get(personId)!,
    at: iso(at),
    owner: ownerId === null ? null : names.get(ownerId)!,
    questionId,
    reason,
  }))
}
