import { Type, type Static } from 'typebox'
import { Scope } from './entry.ts'
import { KNOWLEDGE_KINDS } from './lists.ts'
import { CALLBACK_RESULTS, CALLBACK_STATES } from './question-lists.ts'
import { Id, Instant, Page, Slug, nullable, oneOf } from './shapes.ts'
import { MAX_BODY } from './writing.ts'

const Words = (maxLength: number) => Type.String({ minLength: 1, maxLength })

/**
 * The answer to a question, submitted to the committee at once: a new entry of what is given here (the rest is filled
 * from the question), or with `entryId` the wordings added to an entry in force.
 */
export const NewAnswer = Type.Object(
  {
    entryId: Type.Optional(Id),
    say: Type.Optional(Words(200)),
    body: Type.Optional(Type.String({ maxLength: MAX_BODY })),
    basis: Type.Optional(
      Type.Array(
        Type.Object(
          { sourceId: Id, clause: Type.Optional(Type.String({ maxLength: 120 })) },
          { additionalProperties: false },
        ),
        { maxItems: 20 },
      ),
    ),
    kind: Type.Optional(oneOf(KNOWLEDGE_KINDS)),
    topic: Type.Optional(Words(40)),
    standardQuestion: Type.Optional(Words(120)),
    scope: Type.Optional(Scope),
  },
  { additionalProperties: false },
)
export type NewAnswer = Static<typeof NewAnswer>
/** `reviewId` is null when the entry in force already held every wording: then the question is answered at once. */
export const AnswerReply = Type.Object({ entryId: Id, revisionId: Id, reviewId: nullable(Id) })
export type AnswerReply = Static<typeof AnswerReply>
/** A draft filled from a question, to be finished on the writing page. */
export const AnswerDraft = Type.Object({ entryId: Id, revisionId: Id })
export type AnswerDraft = Static<typeof AnswerDraft>

/**
 * A call-back 回拨 as its holder works it off. Name and number are not in it: they are asked for one by one. `say` is
 * the approved answer in force, null while there is none; `isLapsed` says that there was one and it is in force no more,
 * so that nothing may be told; `refusal` is the reason when there will be none.
 */
export const CallbackView = Type.Object({
  id: Id,
  questionId: Id,
  question: Type.String(),
  state: oneOf(CALLBACK_STATES),
  last4: nullable(Type.String()),
  hasName: Type.Boolean(),
  holder: Type.Object({ id: Id, name: Type.String(), hasLeft: Type.Boolean() }),
  isMine: Type.Boolean(),
  askedAt: Instant,
  readyAt: nullable(Instant),
  retryAt: nullable(Instant),
  entryId: nullable(Id),
  say: nullable(Type.String()),
  isLapsed: Type.Boolean(),
  refusal: nullable(Type.String()),
  tries: Type.Array(
    Type.Object({
      result: oneOf(CALLBACK_RESULTS),
      solved: nullable(Type.Boolean()),
      at: Instant,
      by: Type.String(),
    }),
  ),
  triesLeft: Type.Integer({ minimum: 0 }),
})
export type CallbackView = Static<typeof CallbackView>
export const CallbackQuery = Type.Object({
  ...Page,
  state: Type.Optional(oneOf(CALLBACK_STATES)),
  /** Everyone's, for supervisors. */
  all: Type.Optional(Type.Boolean()),
})
export type CallbackQuery = Static<typeof CallbackQuery>
export const CallbackList = Type.Object({ total: Type.Integer(), callbacks: Type.Array(CallbackView) })
export type CallbackList = Static<typeof CallbackList>

/** Those due, as CSV for the dialler: one's own, or everyone's for a supervisor. */
export const CallbackExportQuery = Type.Object({ all: Type.Optional(Type.Boolean()) })
export type CallbackExportQuery = Static<typeof CallbackExportQuery>

/** Whom to call. Every look is audited. */
export const CallbackNumber = Type.Object({ name: nullable(Type.String()), phone: Type.String() })
export type CallbackNumber = Static<typeof CallbackNumber>

/**
 * How a try ended; `solved` is the customer's own word, only when reached. `retryAt`, within 30 days, only when not
 * reached; without it the policy says when. After the last try it is given up, whatever `retryAt` says.
 */
export const CallbackOutcome = Type.Object(
  {
    result: oneOf(CALLBACK_RESULTS),
    solved: Type.Optional(Type.Boolean()),
    retryAt: Type.Optional(Instant),
    note: Type.Optional(Words(500)),
  },
  { additionalProperties: false },
)
export type CallbackOutcome = Static<typeof CallbackOutcome>
export const CallbackMoved = Type.Object({ state: oneOf(CALLBACK_STATES) })
export type CallbackMoved = Static<typeof CallbackMoved>
export const NewHolder = Type.Object({ personId: Id }, { additionalProperties: false })
export type NewHolder = Static<typeof NewHolder>
export const AgentList = Type.Object({
  agents: Type.Array(Type.Object({ id: Id, name: Type.String(), department: Slug })),
})
export type AgentList = Static<typeof AgentList>
