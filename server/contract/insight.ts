import { Type, type Static } from 'typebox'
import { CATEGORIES, VERDICTS } from './lists.ts'
import { Day, Id, Instant, Page, Slug, nullable, oneOf } from './shapes.ts'

/** Figures of the loop: how long from raised to each step, whether in time, and what it spared. */
export const LOOP_FIGURES = [
  'routed',
  'answered',
  'published',
  'called_back',
  'answered_in_time',
  'prevented',
] as const
export type LoopFigure = (typeof LOOP_FIGURES)[number]

/**
 * First contact resolution 首次解决率 three ways, never mixed (domain.md §4.1): the agent's verdict, no repeat within 48
 * hours and within the policy's days, the customer's word when called back. And the first-answer rate 首次解答率.
 */
export const FCR_FIGURES = [
  'fcr_verdict',
  'fcr_no_repeat_48h',
  'fcr_no_repeat_days',
  'fcr_callback',
  'first_answer',
] as const
export type FcrFigure = (typeof FCR_FIGURES)[number]

/** What first contact resolution is attributed to. */
export const FCR_ATTRIBUTES = ['entry', 'script', 'topic', 'category', 'department'] as const
/** What it is shown by: what it is attributed to, and the weeks of the contacts. */
export const FCR_GROUPS = [...FCR_ATTRIBUTES, 'week'] as const
export type FcrGroup = (typeof FCR_GROUPS)[number]

/** The first and the last day of a period in China, both within it. */
export const Period = { from: Type.Optional(Day), until: Type.Optional(Day) }
/** An ISO week in China's time, such as 2026-W47. */
export const Week = Type.String({ pattern: '^\\d{4}-W\\d{2}$' })
const Person = Type.Object({ id: Id, name: Type.String() })
export const Count = Type.Integer({ minimum: 0 })
/** A part of a whole, 0 to 1; 0 of nothing. */
export const Share = Type.Number({ minimum: 0, maximum: 1 })

/** Nearest-rank median and 90th percentile of so many times, in ms; null of none. */
export const Spread = Type.Object({ count: Count, median: nullable(Count), p90: nullable(Count) })
export type Spread = Static<typeof Spread>
/** A figure with what it is made of; `value` is null while the denominator is 0. */
export const Ratio = Type.Object({ numerator: Count, denominator: Count, value: nullable(Share) })
export type Ratio = Static<typeof Ratio>

export const LoopQuery = Type.Object({ ...Period, department: Type.Optional(Slug) })
export type LoopQuery = Static<typeof LoopQuery>

/** A figure by department and by week; `definition` is the id of what it means. */
const Loop = <T extends typeof Spread | typeof Ratio | typeof Counted>(cell: T) =>
  Type.Object({
    definition: oneOf(LOOP_FIGURES),
    all: cell,
    departments: Type.Array(Type.Object({ department: Slug, figure: cell })),
    weeks: Type.Array(Type.Object({ week: Week, figure: cell })),
  })
const Counted = Type.Object({ count: Count })

/** Figures of the questions raised in a period; weeks are those in which they were raised. */
export const LoopFigures = Type.Object({
  from: Day,
  until: Day,
  times: Type.Array(Loop(Spread)),
  inTime: Loop(Ratio),
  prevented: Loop(Counted),
})
export type LoopFigures = Static<typeof LoopFigures>

export const LoopParams = Type.Object({ figure: oneOf(LOOP_FIGURES) })
export const BehindLoopQuery = Type.Object({ ...Page, ...LoopQuery.properties, week: Type.Optional(Week) })
export type BehindLoopQuery = Static<typeof BehindLoopQuery>

/** Questions behind a figure, the worst first: with the time (ms), whether in time, or how many calls it spared. */
export const BehindLoop = Type.Object({
  total: Count,
  questions: Type.Array(
    Type.Object({
      id: Id,
      text: Type.String(),
      department: Slug,
      raisedAt: Instant,
      ms: nullable(Count),
      inTime: nullable(Type.Boolean()),
      calls: nullable(Count),
    }),
  ),
})
export type BehindLoop = Static<typeof BehindLoop>

/** Which contacts; `without` keeps those that cannot be attributed to one of a kind. */
const FcrFilter = {
  ...Period,
  entryId: Type.Optional(Id),
  scriptId: Type.Optional(Id),
  topic: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
  category: Type.Optional(oneOf(CATEGORIES)),
  department: Type.Optional(Slug),
  week: Type.Optional(Week),
  without: Type.Optional(oneOf(FCR_ATTRIBUTES)),
}
export const FcrQuery = Type.Object({ ...Page, ...FcrFilter, by: Type.Optional(oneOf(FCR_GROUPS)) })
export type FcrQuery = Static<typeof FcrQuery>

const Figure = Type.Object({ definition: oneOf(FCR_FIGURES), ...Ratio.properties })

/** Each figure, and with `by` the same for each group, the largest first and weeks in their order; `key` is null of what has no such thing. */
export const FcrFigures = Type.Object({
  from: Day,
  until: Day,
  repeatDays: Type.Integer(),
  figures: Type.Array(Figure),
  total: Count,
  groups: Type.Array(
    Type.Object({
      key: nullable(Type.String()),
      label: nullable(Type.String()),
      figures: Type.Array(Figure),
    }),
  ),
})
export type FcrFigures = Static<typeof FcrFigures>

export const FcrParams = Type.Object({ figure: oneOf(FCR_FIGURES) })
/** `counted` keeps those in the numerator, or those that are not. */
export const BehindFcrQuery = Type.Object({ ...Page, ...FcrFilter, counted: Type.Optional(Type.Boolean()) })
export type BehindFcrQuery = Static<typeof BehindFcrQuery>

/** What a figure is made of, the latest first; nothing of the customer. `agent` is shown to supervisors and chairs. */
export const BehindFcr = Type.Object({
  total: Count,
  contacts: Type.Array(
    Type.Object({
      callId: nullable(Id),
      questionId: nullable(Id),
      at: Instant,
      agent: nullable(Person),
      verdict: nullable(oneOf(VERDICTS)),
      entryId: nullable(Id),
      scriptId: nullable(Id),
      topic: nullable(Type.String()),
      category: nullable(oneOf(CATEGORIES)),
      department: nullable(Slug),
      counted: Type.Boolean(),
    }),
  ),
})
export type BehindFcr = Static<typeof BehindFcr>
