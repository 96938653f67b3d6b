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
import { RevisionView } from './writing.ts'

export const ReviewOpened = Type.Object({ reviewId: Id })

export const NewVote = Type.Object(
  { verdict: oneOf(VOTE_VERDICTS), reason: Type.Optional(Type.String({ maxLength: 1000 })) },
  { additionalProperties: false },
)
export type NewVote = Static<typeof NewVote>
export const VoteReply = Type.Object({ state: oneOf(REVIEW_STATES) })

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

/** A piece of a field compared with what it was: runs of words that stayed, came or went. */
export const DiffPart = Type.Object({
  op: Type.Enum(['same', 'added', 'removed'] as const),
  text: Type.String(),
})
export type DiffPart = Static<typeof DiffPart>
export const FieldDiff = Type.Object({ field: oneOf(REVISION_FIELDS), parts: Type.Array(DiffPart) })
export type FieldDiff = Static<typeof FieldDiff>

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
  checklist: Type.Array(Type.String()),
  revision: RevisionView,
  diff: Type.Array(FieldDiff),
  sinceLast: Type.Array(FieldDiff),
  mayVote: Type.Boolean(),
})
export type ReviewView = Static<typeof ReviewView>
