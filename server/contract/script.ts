import { Type, type Static } from 'typebox'
import { Scope } from './entry.ts'
import { CATEGORIES } from './lists.ts'
import { SCRIPT_CLASSES, SPEAKERS } from './script-lists.ts'
import { Id, Instant, Slug, nullable, oneOf } from './shapes.ts'

/** The most of each that a script may hold; a request beyond them is refused with the path. */
export const MAX_LINES = 100
export const MAX_LINE = 300
export const MAX_BRANCHES = 12
export const MAX_FIELDS = 20
export const MAX_ROWS = 20
export const MAX_FIELD = 500
/** The most different quotes: each is looked up whenever the script is read or checked. */
export const MAX_QUOTES = 100

const CLOSED = { additionalProperties: false }
const words = (maxLength: number) => Type.String({ maxLength })

/**
 * One utterance, on one line. It may hold variables, {通知.线路}, and quotes, [[entry:outage-medicine@3]] or [[entry:12@3]]: an entry
 * by its key or id, at the number of the revision that was reviewed, or [[notice:7]] and [[notice:active]], the notice of the caller's
 * area.
 */
export const ScriptLine = Type.Object(
  { speaker: oneOf(SPEAKERS), text: words(MAX_LINE), optional: Type.Optional(Type.Boolean()) },
  CLOSED,
)
export type ScriptLine = Static<typeof ScriptLine>

/** Where the call goes on: a step by its number, or its end. Any number is taken, so that a check can name a step that is not there. */
export const StepTarget = Type.Union([Type.Integer({ minimum: 0, maximum: 99 }), Type.Literal('end')])
export type StepTarget = Static<typeof StepTarget>

/** 若客户说…: what the customer may say instead, what is answered to it, and where the call goes on. */
export const ScriptBranch = Type.Object(
  { ifSays: words(MAX_LINE), lines: Type.Array(ScriptLine, { maxItems: MAX_LINES }), to: StepTarget },
  CLOSED,
)
export type ScriptBranch = Static<typeof ScriptBranch>

/** What an author filled in; `name` is the field's name in the guide of its step, a row is a value for each of its columns. */
export const StepField = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 40 }),
    value: Type.Union([
      words(MAX_FIELD * 4),
      Type.Array(words(MAX_FIELD), { maxItems: MAX_ROWS }),
      Type.Array(Type.Record(Type.String({ maxLength: 40 }), words(MAX_FIELD)), { maxItems: MAX_ROWS }),
    ]),
  },
  CLOSED,
)
export type StepField = Static<typeof StepField>

/** One of the nine steps. `next` is where it leads when no branch is taken: the step after it unless it says otherwise. */
export const ScriptStep = Type.Object(
  {
    step: Type.Integer({ minimum: 1, maximum: 9 }),
    fields: Type.Array(StepField, { maxItems: MAX_FIELDS }),
    lines: Type.Array(ScriptLine, { maxItems: MAX_LINES }),
    branches: Type.Array(ScriptBranch, { maxItems: MAX_BRANCHES }),
    next: Type.Optional(StepTarget),
  },
  CLOSED,
)
export type ScriptStep = Static<typeof ScriptStep>

/** Who calls, as far as it helps to find the words; it never decides whether or how fast a complaint is handled. */
export const Profile = Type.Object(
  {
    personality: Type.Optional(words(20)),
    motive: Type.Optional(words(20)),
    mood: Type.Optional(words(20)),
  },
  CLOSED,
)

/** Why a warning may stand: it holds for one rule in one step. */
export const WarningReason = Type.Object(
  {
    step: Type.Integer({ minimum: 1, maximum: 9 }),
    rule: Type.String({ minLength: 1, maxLength: 60 }),
    reason: words(200),
  },
  CLOSED,
)
export type WarningReason = Static<typeof WarningReason>

/** The script itself: what is stored as the Markdown body of its revision. `steps` are in their order, each at most once. */
export const ScriptText = Type.Object(
  {
    class: oneOf(SCRIPT_CLASSES),
    scenario: words(200),
    channel: words(20),
    profile: Profile,
    reasons: Type.Array(WarningReason, { maxItems: 50 }),
    steps: Type.Array(ScriptStep, { maxItems: 9 }),
  },
  CLOSED,
)
export type ScriptText = Static<typeof ScriptText>

/** A step of which only some parts are given. */
export const GivenStep = Type.Object(
  {
    ...ScriptStep.properties,
    fields: Type.Optional(ScriptStep.properties.fields),
    lines: Type.Optional(ScriptStep.properties.lines),
    branches: Type.Optional(ScriptStep.properties.branches),
  },
  CLOSED,
)

/**
 * A script as it is begun and saved; what is left out is empty, what is missing is named when it is submitted. `title` is what the
 * complaint is about, in the caller's words; `similarQuestions` are other wordings by which agents find it.
 */
export const ScriptDraft = Type.Object(
  {
    kind: Type.Optional(Type.Literal('script')),
    title: words(120),
    category: oneOf(CATEGORIES),
    topic: Type.Optional(words(40)),
    ownerDepartment: Type.Optional(Slug),
    similarQuestions: Type.Optional(Type.Array(words(120), { maxItems: 50 })),
    scope: Type.Optional(Scope),
    tags: Type.Optional(Type.Array(words(20), { maxItems: 20 })),
    basis: Type.Optional(
      Type.Array(Type.Object({ sourceId: Id, clause: Type.Optional(words(120)) }, CLOSED), { maxItems: 20 }),
    ),
    validFrom: Type.Optional(nullable(Instant)),
    validUntil: Type.Optional(nullable(Instant)),
    verifyBy: Type.Optional(nullable(Instant)),
    class: oneOf(SCRIPT_CLASSES),
    scenario: Type.Optional(words(200)),
    channel: Type.Optional(words(20)),
    profile: Type.Optional(Profile),
    reasons: Type.Optional(Type.Array(WarningReason, { maxItems: 50 })),
    steps: Type.Optional(Type.Array(GivenStep, { maxItems: 9 })),
  },
  CLOSED,
)
export type ScriptDraft = Static<typeof ScriptDraft>
