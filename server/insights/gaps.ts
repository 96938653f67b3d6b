import {
  and,
  asc,
  count,
  countDistinct,
  eq,
  gte,
  isNotNull,
  max,
  notInArray,
  sql,
  type SQL,
} from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Category } from '#server/contract/lists.ts'
import type { QuestionState } from '#server/contract/question-lists.ts'
import type { GapSummary } from '#server/contract/gap.ts'
import { among, type Reader } from '#server/platform/db/db.ts'
import { DAY, iso } from '#server/platform/kernel/clock.ts'
import { person } from '#server/people/index.ts'
import { question } from '#server/questions/index.ts'
import { weekStart } from './rules.ts'
import { gap, gapMark, gapQuery } from './tables.ts'

const WEEK = 7 * DAY
/** How many weeks the trend goes back, this one among them. */
const WEEKS = 8
const OVER: QuestionState[] = ['closed', 'refused']

/** A gap with how often it was asked and where that puts it among all that were looked at. */
export interface Placed {
  id: number
  category: Category
  department: string
  count: number
  cumulated: number
  isVital: boolean
}

/** When (ms) each week of the trend begins, this one last. */
export const trendWeeks = (now: number): number[] =>
  Array.from({ length: WEEKS }, (_, index) => weekStart(now) - (WEEKS - 1 - index) * WEEK)

/** Gaps as they are shown, in the order given; calls and agents are those of the period. */
export function summaries(db: Reader, now: number, page: readonly Placed[], period?: SQL): GapSummary[] {
  const ids = page.map(one => one.id)
  const begun = new Map(
    db
      .select({ id: gap.id, text: gap.text, beganAt: gap.beganAt })
      .from(gap)
      .where(among(gap.id, ids))
      .all()
      .map(row => [row.id, row]),
  )
  const [asked, trends] = [askedIn(db, ids, period), trendsOf(db, now, ids)]
  const [marks, questions] = [marksOf(db, ids), openQuestions(db, ids)]
  return page.map(one => ({
    ...one,
    ...sinceWhen(now, begun.get(one.id)!, asked.get(one.id)?.lastAt),
    calls: asked.get(one.id)?.calls ?? 0,
    agents: asked.get(one.id)?.agents ?? 0,
    trend: trends.get(one.id)!,
    question: questions.get(one.id) ?? null,
    owner: marks.get(one.id)?.owner ?? null,
    isIgnored: marks.get(one.id)?.isIgnored ?? false,
  }))
}

const sinceWhen = (
  now: number,
  { text, beganAt }: { text: string; beganAt: number },
  lastAt: number | null | undefined,
) => ({
  text,
  beganAt: iso(beganAt),
  lastAt: iso(lastAt ?? beganAt),
  ageDays: Math.max(0, Math.floor((now - beganAt) / DAY)),
})

function askedIn(db: Reader, ids: readonly number[], period?: SQL) {
  const { gapId, callId, personId, at } = gapQuery
  const columns = { gapId, calls: countDistinct(callId), agents: countDistinct(personId), lastAt: max(at) }
  const rows = db
    .select(columns)
    .from(gapQuery)
    .where(and(among(gapId, ids), period))
    .groupBy(gapId)
    .all()
  return new Map(rows.map(row => [row.gapId, row]))
}

function trendsOf(db: Reader, now: number, ids: readonly number[]): Map<number, number[]> {
  const [first = now] = trendWeeks(now)
  const week = sql<number>`cast((${gapQuery.at} - ${first}) / ${WEEK} as integer)`
  const rows = db
    .select({ id: gapQuery.gapId, week, times: count() })
    .from(gapQuery)
    .where(and(among(gapQuery.gapId, ids), gte(gapQuery.at, first)))
    .groupBy(gapQuery.gapId, week)
    .all()
  const trends = new Map(ids.map(id => [id, Array.from({ length: WEEKS }, () => 0)]))
  for (const row of rows) if (row.week < WEEKS) trends.get(row.id)![row.week] = row.times
  return trends
}

/** The decisions on gaps, oldest first. */
export const marksOn = (db: Reader, ids: readonly number[]) =>
  db.select().from(gapMark).where(among(gapMark.gapId, ids)).orderBy(asc(gapMark.id)).all()

/** The names of people, also of those who have left. */
export const namesOf = (db: Reader, ids: readonly number[]): Map<number, { id: number; name: string }> => {
  const columns = { id: person.id, name: person.name }
  const rows = db.select(columns).from(person).where(among(person.id, ids)).all()
  return new Map(rows.map(row => [row.id, row]))
}

/** What the decisions on each gap come to. */
function marksOf(db: Reader, ids: readonly number[]) {
  const rows = marksOn(db, ids)
  const names = namesOf(
    db,
    rows.flatMap(row => row.ownerId ?? []),
  )
  const marks = new Map<number, { isIgnored: boolean; owner: { id: number; name: string } | null }>()
  for (const { gapId, kind, ownerId } of rows) {
    const owner = ownerId === null ? (marks.get(gapId)?.owner ?? null) : (names.get(ownerId) ?? null)
    marks.set(gapId, { isIgnored: kind === 'ignored', owner })
  }
  return marks
}

/** The question of each gap that is not over, the last raised: one asked in a call or made from the gap. */
function openQuestions(db: Reader, ids: readonly number[]): Map<number, GapSummary['question']> {
  const asked = db
    .select({ gapId: gapQuery.gapId, id: gapQuery.questionId })
    .from(gapQuery)
    .where(and(among(gapQuery.gapId, ids), isNotNull(gapQuery.questionId)))
    .all()
  const all = [...asked, ...marksOn(db, ids).map(({ gapId, questionId }) => ({ gapId, id: questionId }))]
  const gapOf = new Map(all.flatMap(({ gapId, id }) => (id === null ? [] : [[id, gapId] as const])))
  const lead = alias(question, 'lead')
  const open = db
    .select({ askedAs: question.id, id: lead.id, state: lead.state })
    .from(question)
    .innerJoin(lead, eq(lead.id, sql`coalesce(${question.leadId}, ${question.id})`))
    .where(and(among(question.id, [...gapOf.keys()]), notInArray(lead.state, OVER)))
    .orderBy(asc(question.id))
  return new Map(open.all().map(({ askedAs, ...row }) => [gapOf.get(askedAs)!, row]))
}
