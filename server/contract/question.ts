import { Type, type Static } from 'typebox'
import { EntryLink } from './entry.ts'
import { CATEGORIES } from './lists.ts'
import {
  PERSONAL_KINDS,
  QUESTION_STATES,
  QUESTION_STEPS,
  URGENCIES,
  CALLBACK_STATES,
} from './question-lists.ts'
import { Id, Instant, Page, Range, Slug, nullable, oneOf } from './shapes.ts'

/** The longest question in characters: what a caller says in one breath, not a record of the call. */
export const MAX_QUESTION = 500
export const MAX_REASON = 500

/** What a search showed, such as `entry:12`. */
const Shown = Type.String({ pattern: '^(entry|notice|script):[0-9]{1,15}$' })
const Words = (maxLength: number) => Type.String({ minLength: 1, maxLength })

/** Whom to call back. Without consent 同意 a number is refused, never stored (个人信息保护法 第13条). */
export const WantedCallback = Type.Object(
  {
    name: Type.Optional(Words(40)),
    phone: Type.Optional(Words(32)),
    consent: Type.Boolean(),
  },
  { additionalProperties: false },
)
export type WantedCallback = Static<typeof WantedCallback>

/**
 * What an agent could not answer, in the customer's words. `query` and `shown` are what was searched and found last.
 * `mergeInto` joins an open question that was offered. A header Idempotency-Key (8 to 80 characters) makes sending twice
 * raise once.
 */
export const NewQuestion = Type.Object(
  {
    text: Words(MAX_QUESTION),
    callId: Type.Optional(Id),
    query: Type.Optional(Words(200)),
    shown: Type.Optional(Type.Array(Shown, { maxItems: 20 })),
    category: Type.Optional(oneOf(CATEGORIES)),
    urgency: Type.Optional(oneOf(URGENCIES)),
    mergeInto: Type.Optional(Id),
    callback: Type.Optional(WantedCallback),
  },
  { additionalProperties: false },
)
export type NewQuestion = Static<typeof NewQuestion>

/** An open question near another; `count` is how often it was asked. `likeness` is 0 to 1. */
export const NearQuestion = Type.Object({
  id: Id,
  text: Type.String(),
  count: Type.Integer({ minimum: 1 }),
  department: Slug,
  dueAt: Instant,
  likeness: Type.Number(),
})
export type NearQuestion = Static<typeof NearQuestion>

export const QuestionRaised = Type.Object({
  id: Id,
  mergedInto: nullable(Id),
  candidates: Type.Array(NearQuestion),
  routedTo: Slug,
  urgency: oneOf(URGENCIES),
  dueAt: Instant,
})
export type QuestionRaised = Static<typeof QuestionRaised>

/**
 * Before saving: what would be guessed, what is near, and what of it is personal data that will be masked. `category` and
 * `urgency` are what the agent chose instead of the guess.
 */
export const QuestionDraft = Type.Object(
  {
    text: Type.String({ maxLength: MAX_QUESTION }),
    callId: Type.Optional(Id),
    category: Type.Optional(oneOf(CATEGORIES)),
    urgency: Type.Optional(oneOf(URGENCIES)),
  },
  { additionalProperties: false },
)
export type QuestionDraft = Static<typeof QuestionDraft>
export const QuestionOutlook = Type.Object({
  category: oneOf(CATEGORIES),
  department: Slug,
  urgency: oneOf(URGENCIES),
  dueAt: Instant,
  /** The safety sentence to say at once, from the approved entry that holds it; null when nothing calls for one. */
  safety: nullable(Type.Object({ entryId: nullable(Id), say: Type.String() })),
  personal: Type.Array(Type.Object({ kind: oneOf(PERSONAL_KINDS), range: Range })),
  masked: Type.String(),
  candidates: Type.Array(NearQuestion),
  entries: Type.Array(EntryLink),
})
export type QuestionOutlook = Static<typeof QuestionOutlook>

const Person = Type.Object({ id: Id, name: Type.String() })

/** A question in a list. `count` is how many calls asked it, merged ones among them. */
export const QuestionSummary = Type.Object({
  id: Id,
  text: Type.String(),
  state: oneOf(QUESTION_STATES),
  category: oneOf(CATEGORIES),
  department: Slug,
  supporting: Type.Array(Slug),
  urgency: oneOf(URGENCIES),
  count: Type.Integer({ minimum: 1 }),
  raisedAt: Instant,
  dueAt: Instant,
  isOverdue: Type.Boolean(),
  /** 0: the department's experts, 1: its members and the chair, 2: the supervisor. */
  escalation: Type.Integer({ minimum: 0, maximum: 2 }),
  taker: nullable(Person),
  isMine: Type.Boolean(),
})
export type QuestionSummary = Static<typeof QuestionSummary>

export const QuestionQuery = Type.Object({
  ...Page,
  state: Type.Optional(oneOf([...QUESTION_STATES, 'open', 'overdue'] as const)),
  department: Type.Optional(Slug),
  category: Type.Optional(oneOf(CATEGORIES)),
  mine: Type.Optional(Type.Boolean()),
})
export type QuestionQuery = Static<typeof QuestionQuery>
export const QuestionList = Type.Object({ total: Type.Integer(), questions: Type.Array(QuestionSummary) })
export type QuestionList = Static<typeof QuestionList>

/** One asking of a question: itself, or one merged into it. */
const Asking = Type.Object({
  id: Id,
  text: Type.String(),
  query: nullable(Type.String()),
  at: Instant,
  by: Person,
  callback: nullable(oneOf(CALLBACK_STATES)),
})

export const QuestionView = Type.Object({
  ...QuestionSummary.properties,
  mergedInto: nullable(Id),
  askings: Type.Array(Asking),
  steps: Type.Array(
    Type.Object({
      kind: oneOf(QUESTION_STEPS),
      at: Instant,
      by: nullable(Person),
      department: nullable(Slug),
      reason: nullable(Type.String()),
      otherId: nullable(Id),
    }),
  ),
  /** What the answer rests on while it is written, reviewed or in force. */
  answer: nullable(
    Type.Object({
      entryId: Id,
      revisionId: Id,
      reviewId: nullable(Id),
      by: Person,
      isExisting: Type.Boolean(),
      say: nullable(Type.String()),
    }),
  ),
  near: Type.Array(EntryLink),
  candidates: Type.Array(NearQuestion),
  /** What the person who asks may do now, each the name of its route's last part. */
  may: Type.Array(
    oneOf([
      'merge',
      'unmerge',
      'routing',
      'taking',
      'releasing',
      'return',
      'facts',
      'refusal',
      'answer',
    ] as const),
  ),
})
export type QuestionView = Static<typeof QuestionView>

export const Reason = Type.Object({ reason: Words(MAX_REASON) }, { additionalProperties: false })
export type Reason = Static<typeof Reason>
export const NewRouting = Type.Object(
  { department: Slug, reason: Words(MAX_REASON) },
  { additionalProperties: false },
)
export type NewRouting = Static<typeof NewRouting>
export const NewMerge = Type.Object({ intoId: Id }, { additionalProperties: false })
export type NewMerge = Static<typeof NewMerge>
export const MoreFacts = Type.Object({ text: Words(MAX_QUESTION) }, { additionalProperties: false })
export type MoreFacts = Static<typeof MoreFacts>
export const QuestionMoved = Type.Object({ state: oneOf(QUESTION_STATES) })
export type QuestionMoved = Static<typeof QuestionMoved>
