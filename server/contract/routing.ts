import { Type, type Static } from 'typebox'
import { CATEGORIES, URGENCIES } from './lists.ts'
import { Slug, oneOf } from './shapes.ts'

/** 归口管理: which department leads and which support, by category (domain.md §3.3). */
export const Routing = Type.Object(
  {
    category: oneOf(CATEGORIES),
    lead: Slug,
    supporting: Type.Array(Slug, { maxItems: 20, uniqueItems: true }),
  },
  { additionalProperties: false },
)
export type Routing = Static<typeof Routing>
/** A line of the matrix as it is set. */
export const NewRoute = Type.Omit(Routing, ['category'])
export type NewRoute = Static<typeof NewRoute>
export const RoutingMatrix = Type.Object({ routings: Type.Array(Routing) })
export type RoutingMatrix = Static<typeof RoutingMatrix>

const Hours = Type.Integer({ minimum: 1, maximum: 2160 })

/** What is promised for questions and call-backs, as the supervisor sets it. Hours are hours of the clock. */
export const QuestionPolicy = Type.Object(
  {
    answerHours: Type.Object(
      { safety: Hours, urgent: Hours, normal: Hours },
      { additionalProperties: false },
    ),
    /** Other hours for a category. */
    exceptions: Type.Array(
      Type.Object(
        { category: oneOf(CATEGORIES), urgency: oneOf(URGENCIES), hours: Hours },
        { additionalProperties: false },
      ),
      { maxItems: 50 },
    ),
    /** How long past due before the supervisor is told too. */
    supervisorAfterHours: Hours,
    callbackTries: Type.Integer({ minimum: 1, maximum: 10 }),
    retryHours: Hours,
    /** Days after closing until names and numbers are deleted (个人信息保护法 第19条: no longer than needed). */
    keepDays: Type.Integer({ minimum: 1, maximum: 365 }),
    /** The window in which the same customer calling on the same topic counts as not resolved. */
    repeatDays: Type.Integer({ minimum: 1, maximum: 90 }),
  },
  { additionalProperties: false },
)
export type QuestionPolicy = Static<typeof QuestionPolicy>
