import { Type, type Static } from 'typebox'
import {
  CATEGORIES,
  ENTRY_KINDS,
  REVIEW_KINDS,
  REVIEW_STATES,
  REVISION_FIELDS,
  VOTE_VERDICTS,
} from './lists.ts'
import { Id, Instant, Page, Slug, nullable, oneOf } from './shapes.ts'
import { FieldDiff } from './diff.ts'
import { RevisionView } from './writing.ts'

export const ReviewOpened = Type.Object({ reviewId: Id })

export const NewVote = Type.Object(
  { verdict: oneOf(VOTE_VERDICTS), reason: Type.Optional(Type.String({ maxLength: 1000 })) },
  { additionalProperties: false },
)
export type NewVote = Static<typeof NewVote>
export const VoteReply = Type.Object({ state: oneOf(REVIEW_STATES) })

/** Why a review is taken back, if there is something to say. */
export const NewWithdrawal = nullable(
  Type.Object({ reason: Type.Optional(Type.String({ maxLength: 1000 })) }, { additionalProperties: false }),
)
export type NewWithdrawal = Static<typeof NewWithdrawal>

export const NewRetirement = Type.Object(
  { reason: Type.String({ minLength: 1, maxLength: 1000 }) },
  { additionalProperties: false },
)
export type NewRetirement = Static<typeof NewRetirement>

/** A remark on a field, or on one paragraph (from 0) of the body. */
export const NewComment = Type.Object(
  {
    field: oneOf(REVISION_FIELDS),
    paragraph: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
    text: Type.String({ minLength: 1, maxLength: 1000 }),
  },
  { additionalProperties: false },
)
export type NewComment = Static<typeof NewComment>

export const NewDepartment = Type.Object({ department: Slug }, { additionalProperties: false })
export type NewDepartment = Static<typeof NewDepartment>

const Spoken = { name: Type.String(), department: Slug, at: Instant }

export const ReviewSummary = Type.Object({
  id: Id,
  kind: oneOf(REVIEW_KINDS),
  state: oneOf(REVIEW_STATES),
  entryId: Id,
  revisionId: Id,
  title: Type.String(),
  entryKind: oneOf(ENTRY_KINDS),
  category: oneOf(CATEGORIES),
  owner: Slug,
  round: Type.Integer({ minimum: 1 }),
  openedAt: Instant,
  openedBy: Type.String(),
  dueAt: Instant,
  /** Departments whose approval is still missing. */
  waitingFor: Type.Array(Slug),
  /** When a fast-lane publication 快审 of this revision lapses; null when there is none. */
  fastUntil: nullable(Instant),
})
export type ReviewSummary = Static<typeof ReviewSummary>

export const ReviewQuery = Type.Object({
  ...Page,
  mine: Type.Optional(Type.Boolean()),
  state: Type.Optional(oneOf(REVIEW_STATES)),
})
export type ReviewQuery = Static<typeof ReviewQuery>

export const ReviewList = Type.Object({ total: Type.Integer(), reviews: Type.Array(ReviewSummary) })
export type ReviewList = Static<typeof ReviewList>

/** A review with the text as it was submitted. `diff` is against what is in force; `sinceLast` against the last round. */
export const ReviewView = Type.Object({
  ...ReviewSummary.properties,
  reason: nullable(Type.String()),
  required: Type.Array(Slug),
  minimum: Type.Integer(),
  votes: Type.Array(
    Type.Object({
      ...Spoken,
      verdict: oneOf(VOTE_VERDICTS),
      reason: nullable(Type.String()),
      round: Type.Integer(),
    }),
  ),
  comments: Type.Array(
    Type.Object({
      ...Spoken,
      field: oneOf(REVISION_FIELDS),
      paragraph: nullable(Type.Integer()),
      text: Type.String(),
      round: Type.Integer(),
    }),
  ),
  withdrawals: Type.Array(Type.Object({ ...Spoken, reason: nullable(Type.String()), round: Type.Integer() })),
  checklist: Type.Array(Type.String()),
  revision: RevisionView,
  diff: Type.Array(FieldDiff),
  sinceLast: Type.Array(FieldDiff),
  mayVote: Type.Boolean(),
  mayFastLane: Type.Boolean(),
  mayWithdraw: Type.Boolean(),
  /** Why the fast lane was taken. */
  fastReason: nullable(Type.String()),
})
export type ReviewView = Static<typeof ReviewView>

/** Urgent knowledge: published by one member at once, for at most 72 hours, while the committee decides. */
export const NewFastLane = Type.Object(
  { hours: Type.Integer({ minimum: 1, maximum: 72 }), reason: Type.String({ minLength: 1, maxLength: 500 }) },
  { additionalProperties: false },
)
export type NewFastLane = Static<typeof NewFastLane>
export const FastLaneReply = Type.Object({ until: Instant })

/** A member's seat lent to a colleague between two instants. */
export const NewDelegation = Type.Object(
  { toPersonId: Id, from: Instant, until: Instant },
  { additionalProperties: false },
)
export type NewDelegation = Static<typeof NewDelegation>
export const DelegationList = Type.Object({
  delegations: Type.Array(
    Type.Object({
      id: Id,
      from: Instant,
      until: Instant,
      byName: Type.String(),
      toName: Type.String(),
      mine: Type.Boolean(),
      toMe: Type.Boolean(),
      mayEnd: Type.Boolean(),
    }),
  ),
})
export type DelegationList = Static<typeof DelegationList>
export const MemberList = Type.Object({
  members: Type.Array(Type.Object({ personId: Id, name: Type.String(), department: Slug })),
})
export type MemberList = Static<typeof MemberList>

/** The chair lets a member speak for a department in one review, when its own seat cannot. */
export const NewStandIn = Type.Object({ department: Slug, personId: Id }, { additionalProperties: false })
export type NewStandIn = Static<typeof NewStandIn>

/** Open reviews of each department that is still waited for, and since when the oldest waits. */
export const ReviewCounts = Type.Object({
  departments: Type.Array(
    Type.Object({
      department: Slug,
      open: Type.Integer(),
      overdue: Type.Integer(),
      oldestAt: nullable(Instant),
    }),
  ),
})
export type ReviewCounts = Static<typeof ReviewCounts>
