import { Type, type Static } from 'typebox'
import { CATEGORIES, ENTRY_KINDS } from './lists.ts'
import { Slug, nullable, oneOf } from './shapes.ts'

/** What the committee asks of a kind and category; `category` null means every category without its own policy. */
export const Policy = Type.Object(
  {
    kind: oneOf(ENTRY_KINDS),
    category: nullable(oneOf(CATEGORIES)),
    departments: Type.Array(Slug, { maxItems: 20, uniqueItems: true }),
    minimum: Type.Integer({ minimum: 1, maximum: 20 }),
    daysToDecide: Type.Integer({ minimum: 1, maximum: 90 }),
    verifyDays: Type.Integer({ minimum: 1, maximum: 3650 }),
    fastLane: Type.Boolean(),
    /** Whether approvals of the last round stand for departments whose fields did not change. */
    keepApprovals: Type.Boolean(),
    /** Whether agents no longer find an entry past its verifyBy, or one whose source was replaced. */
    hideOverdue: Type.Boolean(),
    hideSuperseded: Type.Boolean(),
    /** How many open reports of agents put a warning on an entry, and how many days its owner has for one. */
    feedbackWarning: Type.Integer({ minimum: 1, maximum: 100 }),
    feedbackDays: Type.Integer({ minimum: 1, maximum: 90 }),
  },
  { additionalProperties: false },
)
export type Policy = Static<typeof Policy>
export const PolicyList = Type.Object({ policies: Type.Array(Policy) })
export type PolicyList = Static<typeof PolicyList>
