import {
  FCR_FIGURES,
  type BehindFcr,
  type BehindFcrQuery,
  type FcrFigure,
  type FcrFigures,
  type FcrGroup,
  type FcrQuery,
} from '#server/contract/insight.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { iso } from '#server/platform/kernel/clock.ts'
import { entryLinks } from '#server/entries/index.ts'
import type { Actor } from '#server/people/index.ts'
import { questionPolicyOf } from '#server/questions/index.ts'
import { countedContacts, figuresOf, keyOf, type Counted } from './fcr.ts'
import { namesOf } from './gaps.ts'
import { periodOf } from './periods.ts'
import { departmentFor, seesAll } from './rights.ts'

type Filter = Omit<BehindFcrQuery, 'limit' | 'offset' | 'counted'>

/**
 * First contact resolution three ways and the first-answer rate, of all contacts asked for and, with `by`, of each group.
 * Experts are shown what is attributed to their department; refuses `right.missing` to whom it does not concern.
 */
export function fcrFigures(db: Reader, now: number, actor: Actor, query: FcrQuery): FcrFigures {
  const { from, until } = periodOf(now, query)
  const counted = countedFor(db, now, actor, query)
  const groups = query.by === undefined ? [] : groupsOf(counted, query.by)
  const page = groups.slice(query.offset, query.offset + query.limit)
  const labels =
    query.by === 'entry' || query.by === 'script'
      ? titlesOf(
          db,
          now,
          actor,
          page.map(([key]) => key),
        )
      : undefined
  return {
    from,
    until,
    repeatDays: questionPolicyOf(db).repeatDays,
    figures: figuresOf(counted),
    total: groups.length,
    groups: page.map(([key, some]) => ({
      key,
      label: labels ? (labels.get(key) ?? null) : key,
      figures: figuresOf(some),
    })),
  }
}

/** The contacts behind one figure, the latest first, without anything of the customer; rights as for the figure. */
export function behindFcr(
  db: Reader,
  now: number,
  actor: Actor,
  figure: FcrFigure,
  query: BehindFcrQuery,
): BehindFcr {
  const all = countedFor(db, now, actor, query)[figure]
  const wanted = all.filter(one => query.counted === undefined || one.counted === query.counted)
  const sorted = wanted.toSorted((a, b) => b.at - a.at || (b.callId ?? 0) - (a.callId ?? 0))
  const page = sorted.slice(query.offset, query.offset + query.limit)
  const names = namesOf(db, seesAll(actor) ? page.map(one => one.personId) : [])
  return {
    total: sorted.length,
    contacts: page.map(({ personId, at, ...one }) => ({
      callId: one.callId,
      questionId: one.questionId,
      at: iso(at),
      agent: names.get(personId) ?? null,
      verdict: one.verdict,
      entryId: one.entryId,
      scriptId: one.scriptId,
      topic: one.topic,
      category: one.category,
      department: one.department,
      counted: one.counted,
    })),
  }
}

function countedFor(db: Reader, now: number, actor: Actor, query: Filter): Record<FcrFigure, Counted[]> {
  const department = departmentFor(actor, query.department)
  const counted = countedContacts(db, now, periodOf(now, query), questionPolicyOf(db).repeatDays)
  const fits = fitting({ ...query, department })
  return Object.fromEntries(
    FCR_FIGURES.map(figure => [figure, counted[figure].filter(fits)]),
  ) as typeof counted
}

function fitting({
  entryId,
  scriptId,
  topic,
  category,
  department,
  week,
  without,
}: Filter): (one: Counted) => boolean {
  const wanted = Object.entries({ entryId, scriptId, topic, category, department }).filter(
    ([, value]) => value !== undefined,
  )
  return one =>
    wanted.every(([name, value]) => one[name as keyof Counted] === value) &&
    (week === undefined || keyOf(one, 'week') === week) &&
    (without === undefined || keyOf(one, without) === null)
}

type Group = [key: string | null, Record<FcrFigure, Counted[]>]

/** The contacts of each group, that with the most contacts of any one figure first; weeks in their order. */
function groupsOf(counted: Record<FcrFigure, Counted[]>, by: FcrGroup): Group[] {
  const groups = new Map<string | null, Record<FcrFigure, Counted[]>>()
  for (const figure of FCR_FIGURES)
    for (const one of counted[figure]) {
      const key = keyOf(one, by)
      if (!groups.has(key))
        groups.set(key, Object.fromEntries(FCR_FIGURES.map(name => [name, []])) as unknown as Group[1])
      groups.get(key)![figure].push(one)
    }
  const sizeOf = (group: Group[1]) => Math.max(...FCR_FIGURES.map(figure => group[figure].length))
  return [...groups].toSorted(
    ([a, some], [b, others]) =>
      (by === 'week' ? 0 : sizeOf(others) - sizeOf(some)) || ((a ?? '') < (b ?? '') ? -1 : 1),
  )
}

/** Titles of the entries that are in force; the others have none to show. */
function titlesOf(
  db: Reader,
  now: number,
  actor: Actor,
  keys: readonly (string | null)[],
): Map<string | null, string> {
  const ids = keys.flatMap(key => (key === null ? [] : [Number(key)]))
  return new Map(entryLinks(db, now, actor, ids).map(link => [String(link.id), link.title]))
}
