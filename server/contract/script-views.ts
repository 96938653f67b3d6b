import { Type, type Static } from 'typebox'
import { ApprovalView, Scope } from './entry.ts'
import { CATEGORIES, VIEW_LABELS } from './lists.ts'
import { QUOTE_STATES, SEVERITIES, STAGES, STEP_FIELD_KINDS } from './script-lists.ts'
import { GivenStep, ScriptText, WarningReason } from './script.ts'
import { Id, Instant, Slug, nullable, oneOf } from './shapes.ts'

const CLOSED = { additionalProperties: false }

/**
 * One thing a check found. `line` is the index (from 0) in the step's lines, or in those of `branch` (from 0); `quote` is the
 * offending part of the text. `source` is where the rule comes from; `instead` is a text that would pass. `reasoned` is a warning
 * that stands with a word of reason.
 */
export const Finding = Type.Object({
  step: Type.Integer({ minimum: 1, maximum: 9 }),
  branch: Type.Optional(Type.Integer()),
  line: Type.Optional(Type.Integer()),
  field: Type.Optional(Type.String()),
  severity: oneOf(SEVERITIES),
  rule: Type.String(),
  message: Type.String(),
  quote: Type.Optional(Type.String()),
  source: Type.Optional(Type.String()),
  instead: Type.Optional(Type.String()),
  reasoned: Type.Optional(Type.Boolean()),
})
export type Finding = Static<typeof Finding>

/** What is to be checked: a whole script, or some steps of one. Fields are checked only where a step brings them. */
export const NewCheck = Type.Object(
  {
    steps: Type.Array(GivenStep, { maxItems: 9 }),
    reasons: Type.Optional(Type.Array(WarningReason, { maxItems: 50 })),
    scope: Type.Optional(Scope),
    /** What the notice of the call holds, when it is known: no other time of restoration may be told. */
    notice: Type.Optional(
      Type.Object({ estimate: nullable(Instant), nextUpdateAt: nullable(Instant) }, CLOSED),
    ),
    /** Whether all of a script is there, so that a step that is not there is missing. */
    whole: Type.Optional(Type.Boolean()),
    scenario: Type.Optional(Type.String({ maxLength: 200 })),
  },
  CLOSED,
)
export type NewCheck = Static<typeof NewCheck>

/** A quote of a script as it stands now; `say` and `title` are of what is in force, null when nothing is. */
export const QuoteView = Type.Object({
  /** As it is written between [[ and ]]. */
  ref: Type.String(),
  kind: Type.Union([Type.Literal('entry'), Type.Literal('notice')]),
  id: nullable(Id),
  title: nullable(Type.String()),
  say: nullable(Type.String()),
  pinned: nullable(Type.Integer()),
  current: nullable(Type.Integer()),
  state: oneOf(QUOTE_STATES),
})
export type QuoteView = Static<typeof QuoteView>

/** `readSeconds` says, for each step given, how long (s) its required lines take to read aloud. */
export const CheckReply = Type.Object({
  findings: Type.Array(Finding),
  readSeconds: Type.Array(Type.Object({ step: Type.Integer(), seconds: Type.Integer() })),
  /** What is quoted, as it reads now. */
  quotes: Type.Array(QuoteView),
})
export type CheckReply = Static<typeof CheckReply>

/** What a step asks for, from its published guide in the method 九步. `columns` are there for rows. */
export const GuideField = Type.Object({
  name: Type.String(),
  kind: oneOf(STEP_FIELD_KINDS),
  hint: Type.String(),
  required: Type.Boolean(),
  columns: Type.Array(Type.String()),
  atLeast: nullable(Type.Integer()),
  atMost: nullable(Type.Integer()),
})
export type GuideField = Static<typeof GuideField>

/** The guide of one step 步骤指引; `guidanceHtml` is sanitised. `entryId` and `revision` say which reviewed text it is. */
export const StepGuide = Type.Object({
  step: Type.Integer({ minimum: 1, maximum: 9 }),
  name: Type.String(),
  stages: Type.Array(oneOf(STAGES)),
  purpose: Type.String(),
  guidanceHtml: Type.String(),
  fields: Type.Array(GuideField),
  good: Type.Array(Type.String()),
  bad: Type.Array(Type.String()),
  checks: Type.Array(Type.String()),
  entryId: Id,
  revision: Type.Integer({ minimum: 1 }),
})
export type StepGuide = Static<typeof StepGuide>

/** The method as it is in force, with the words that are offered for channel and profile. */
export const Method = Type.Object({
  steps: Type.Array(StepGuide),
  channels: Type.Array(Type.String()),
  personalities: Type.Array(Type.String()),
  motives: Type.Array(Type.String()),
  moods: Type.Array(Type.String()),
  charactersAMinute: Type.Integer(),
})
export type Method = Static<typeof Method>

/** A script in force, as it is followed in a call and read in the library. */
export const ScriptView = Type.Object({
  ...ScriptText.properties,
  id: Id,
  revisionId: Id,
  revision: Type.Integer({ minimum: 1 }),
  title: Type.String(),
  category: oneOf(CATEGORIES),
  topic: Type.String(),
  similarQuestions: Type.Array(Type.String()),
  scope: Scope,
  labels: Type.Array(oneOf(VIEW_LABELS)),
  owner: Slug,
  publishedAt: Instant,
  validUntil: nullable(Instant),
  verifyBy: nullable(Instant),
  approvedBy: Type.Array(ApprovalView),
  quotes: Type.Array(QuoteView),
  readSeconds: CheckReply.properties.readSeconds,
})
export type ScriptView = Static<typeof ScriptView>
