import { Type, type Static } from 'typebox'
import { EntryLink } from './entry.ts'
import { CATEGORIES } from './lists.ts'
import { QUESTION_STATES } from './question-lists.ts'
import { Count, Period, Share, Week } from './insight.ts'
import { Day, Id, Instant, Page, Slug, nullable, oneOf } from './shapes.ts'

/** What may be decided of a gap 知识缺口: it is noise, it is none after all, who looks after it, it became a question. */
export const GAP_MARKS = ['ignored', 'restored', 'assigned', 'questioned'] as const
export type GapMarkKind = (typeof GAP_MARKS)[number]

const Person = Type.Object({ id: Id, name: Type.String() })

export const GapQuery = Type.Object({
  ...Page,
  ...Period,
  category: Type.Optional(oneOf(CATEGORIES)),
  department: Type.Optional(Slug),
  /** The ignore list instead of what is left without it. */
  ignored: Type.Optional(Type.Boolean()),
})
export type GapQuery = Static<typeof GapQuery>

/**
 * A gap 知识缺口: queries alike that nothing answered. `count` is how often it was asked in the period, in `calls` calls
 * by `agents` agents; `trend` the same by week (see `weeks`), whatever the period. `cumulated` is the share of all that
 * this and the gaps before it make; `isVital` says that it is needed to reach 80 %.
 */
export const GapSummary = Type.Object({
  id: Id,
  text: Type.String(),
  category: oneOf(CATEGORIES),
  department: Slug,
  count: Count,
  calls: Count,
  agents: Count,
  trend: Type.Array(Count),
  cumulated: Share,
  isVital: Type.Boolean(),
  beganAt: Instant,
  lastAt: Instant,
  ageDays: Count,
  question: nullable(Type.Object({ id: Id, state: oneOf(QUESTION_STATES) })),
  owner: nullable(Person),
  isIgnored: Type.Boolean(),
})
export type GapSummary = Static<typeof GapSummary>

/** A page of gaps, the most asked first, and what all of them together come to. `vital` of them make 80 %. */
export const GapBoard = Type.Object({
  total: Count,
  queries: Count,
  vital: Count,
  weeks: Type.Array(Week),
  categories: Type.Array(Type.Object({ category: oneOf(CATEGORIES), count: Count, share: Share })),
  departments: Type.Array(Type.Object({ department: Slug, count: Count, share: Share })),
  gaps: Type.Array(GapSummary),
})
export type GapBoard = Static<typeof GapBoard>

/** A gap with its wordings, the most frequent first, at most 100, and its calls by day, the latest first, at most 100. */
export const GapView = Type.Object({
  ...GapSummary.properties,
  wordings: Type.Array(Type.Object({ text: Type.String(), count: Count })),
  days: Type.Array(Type.Object({ day: Day, calls: Count })),
  near: Type.Array(EntryLink),
  marks: Type.Array(
    Type.Object({
      kind: oneOf(GAP_MARKS),
      by: Person,
      at: Instant,
      owner: nullable(Person),
      questionId: nullable(Id),
      reason: nullable(Type.String()),
    }),
  ),
})
export type GapView = Static<typeof GapView>

/** `ownerId` belongs to `assigned`; `reason` may stand with each. */
export const NewGapMark = Type.Object(
  {
    kind: oneOf(GAP_MARKS),
    ownerId: Type.Optional(Id),
    reason: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  },
  { additionalProperties: false },
)
export type NewGapMark = Static<typeof NewGapMark>
