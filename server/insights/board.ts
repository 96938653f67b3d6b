import { and, eq, gte, lt, sql, type SQL } from 'drizzle-orm'
import type { GapBoard, GapQuery } from '#server/contract/gap.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { endOfDay, startOfDay } from '#server/entries/index.ts'
import { requireRole, type Actor } from '#server/people/index.ts'
import { summaries, trendWeeks, type Placed } from './gaps.ts'
import { pareto, shares, weekName } from './rules.ts'
import { gap, gapQuery } from './tables.ts'

/** Gaps, the most asked first, each with its part of all. For supervisors and chairs. */
export function gapBoard(db: Reader, now: number, actor: Actor, query: GapQuery): GapBoard {
  requireRole(actor, 'supervisor', 'chair')
  const all = placedGaps(db, query)
  const page = all.slice(query.offset, query.offset + query.limit)
  return {
    total: all.length,
    queries: all.reduce((sum, one) => sum + one.count, 0),
    vital: all.filter(one => one.isVital).length,
    weeks: trendWeeks(now).map(weekName),
    categories: sharesBy(all, one => one.category).map(({ key, ...one }) => ({ category: key, ...one })),
    departments: sharesBy(all, one => one.department).map(({ key, ...one }) => ({ department: key, ...one })),
    gaps: summaries(db, now, page, periodFilter(query)),
  }
}

/** Every gap asked for with where it stands among all of them, the most asked first. */
export function placedGaps(db: Reader, query: Omit<GapQuery, 'limit' | 'offset'>): Placed[] {
  const counted = countedGaps(db, query)
  const parts = pareto(counted.map(one => one.count))
  return counted.map((one, index) => ({ ...one, ...parts[index]! }))
}

type Counted = Pick<Placed, 'id' | 'category' | 'department' | 'count'>

/** Whether a gap is ignored: the last decision on it was to ignore it. */
const IS_IGNORED = sql`exists (select 1 from gap_mark m where m.gap_id = ${gap.id} and m.kind = 'ignored'
  and m.id = (select max(id) from gap_mark where gap_id = ${gap.id}))`

const periodFilter = ({ from, until }: Pick<GapQuery, 'from' | 'until'>): SQL | undefined =>
  and(
    from === undefined ? undefined : gte(gapQuery.at, startOfDay(from)),
    until === undefined ? undefined : lt(gapQuery.at, endOfDay(until)),
  )

/** How often each gap was asked, the most asked first; counted before anything is joined, since there are many. */
function countedGaps(db: Reader, query: Omit<GapQuery, 'limit' | 'offset'>): Counted[] {
  const where = and(
    query.category && eq(gap.category, query.category),
    query.department === undefined ? undefined : eq(gap.department, query.department),
    query.ignored ? IS_IGNORED : sql`not ${IS_IGNORED}`,
  )
  const { gapId, at } = gapQuery
  return db.all<Counted>(sql`
    with asked as (select ${gapId} gap_id, count(*) times, max(${at}) last_at from ${gapQuery}
      where ${periodFilter(query) ?? sql`1`} group by ${gapId})
    select ${gap.id}, ${gap.category}, ${gap.department}, asked.times count from asked join ${gap} on ${gap.id} = asked.gap_id
    where ${where} order by asked.times desc, asked.last_at desc, ${gap.id}`)
}

function sharesBy<K extends string>(counted: readonly Counted[], keyOf: (one: Counted) => K) {
  const counts = new Map<K, number>()
  for (const one of counted) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + one.count)
  const rows = [...counts].toSorted((a, b) => b[1] - a[1])
  const parts = shares(rows.map(([, times]) => times))
  return rows.map(([key, times], index) => ({ key, count: times, share: parts[index]! }))
}
