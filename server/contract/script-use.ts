import { Type, type Static } from 'typebox'
import { Count, Period, Ratio } from './insight.ts'
import { VERDICTS } from './lists.ts'
import { SEVERITIES } from './script-lists.ts'
import { ScriptDraft } from './script.ts'
import { Day, Id, Instant, Page, nullable, oneOf } from './shapes.ts'

const CLOSED = { additionalProperties: false }
const StepNumber = Type.Integer({ minimum: 1, maximum: 9 })

/**
 * An agent came to a step of a script in a call: by its place in the order, or by a branch, named by its index in the step it leads
 * from, which was come to before. A note is masked as every note of a call. The first row of a script in a call is the beginning of
 * its use.
 */
export const NewScriptStep = Type.Object(
  {
    scriptId: Id,
    step: StepNumber,
    branch: Type.Optional(Type.Integer({ minimum: 0, maximum: 99 })),
    note: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  },
  CLOSED,
)
export type NewScriptStep = Static<typeof NewScriptStep>

/** What was followed in a call, in order. */
export const FollowedStep = Type.Object({
  scriptId: Id,
  revision: Type.Integer({ minimum: 1 }),
  step: StepNumber,
  branch: nullable(Type.Integer()),
  note: nullable(Type.String()),
  at: Instant,
})
export type FollowedStep = Static<typeof FollowedStep>

/** The ten principles 十项有效解决原则 (domain.md §1.9) against which a practice run is judged, in their order. */
export const PRINCIPLES = [
  'prompt',
  'own_up',
  'their_view',
  'no_argument',
  'acknowledge',
  'trust_first',
  'say_steps',
  'say_progress',
  'amends',
  'goodwill',
] as const
export type Principle = (typeof PRINCIPLES)[number]

/**
 * One run through a published script against its branches: the steps in the order they were come to, each but the first as the script
 * goes on without a branch, or by a branch of the step before it. `met` are the principles the agent found kept; each counts one.
 */
export const NewPractice = Type.Object(
  {
    scriptId: Id,
    seconds: Type.Integer({ minimum: 0, maximum: 86_400 }),
    path: Type.Array(
      Type.Object(
        { step: StepNumber, branch: Type.Optional(Type.Integer({ minimum: 0, maximum: 99 })) },
        CLOSED,
      ),
      { minItems: 1, maxItems: 200 },
    ),
    met: Type.Array(oneOf(PRINCIPLES), { maxItems: PRINCIPLES.length, uniqueItems: true }),
    note: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  },
  CLOSED,
)
export type NewPractice = Static<typeof NewPractice>

/**
 * A run that was kept; `score` is of 10, `title` null while the script is not in force. Agents see their own, supervisors and the
 * chair everyone's.
 */
export const PracticeView = Type.Object({
  id: Id,
  scriptId: Id,
  title: nullable(Type.String()),
  revision: Type.Integer({ minimum: 1 }),
  person: Type.String(),
  seconds: Count,
  path: NewPractice.properties.path,
  met: NewPractice.properties.met,
  score: Type.Integer({ minimum: 0, maximum: 10 }),
  note: nullable(Type.String()),
  at: Instant,
})
export type PracticeView = Static<typeof PracticeView>
export const PracticeQuery = Type.Object({
  ...Page,
  scriptId: Type.Optional(Id),
  mine: Type.Optional(Type.Boolean()),
})
export type PracticeQuery = Static<typeof PracticeQuery>
export const PracticeList = Type.Object({ total: Count, practices: Type.Array(PracticeView) })
export type PracticeList = Static<typeof PracticeList>

/** What a script can begin from: a script or process entry in force, or an answered question. Exactly one of them. */
export const BeginningQuery = Type.Object({
  scriptId: Type.Optional(Id),
  entryId: Type.Optional(Id),
  questionId: Type.Optional(Id),
})
export type BeginningQuery = Static<typeof BeginningQuery>
export const Beginning = Type.Object({ draft: ScriptDraft })

/** A script file to be taken over as a draft; each fault is refused under the path `body.markdown.LINE`. */
export const NewScriptImport = Type.Object(
  { markdown: Type.String({ minLength: 1, maxLength: 100_000 }) },
  CLOSED,
)
export type NewScriptImport = Static<typeof NewScriptImport>

/** `format` of a script file: Markdown that can be imported again, or a Word document. */
export const SCRIPT_FORMATS = ['markdown', 'docx'] as const
export type ScriptFormat = (typeof SCRIPT_FORMATS)[number]
export const FileQuery = Type.Object({ format: oneOf(SCRIPT_FORMATS) })

/** What a script was followed in during a period (days in China). `reached` is how many uses came to each step 1–9. */
export const ScriptFigures = Type.Object({
  from: Day,
  until: Day,
  scripts: Type.Array(
    Type.Object({
      scriptId: Id,
      title: Type.String(),
      uses: Count,
      outcomes: Type.Array(Type.Object({ verdict: nullable(oneOf(VERDICTS)), calls: Count })),
      fcr: Ratio,
      reached: Type.Array(Count),
      practices: Count,
      averageScore: nullable(Type.Number()),
    }),
  ),
  /** Rules that submissions broke most often, the most frequent first. */
  violations: Type.Array(
    Type.Object({ rule: Type.String(), severity: oneOf(SEVERITIES), submissions: Count }),
  ),
})
export type ScriptFigures = Static<typeof ScriptFigures>
export const ScriptFiguresQuery = Type.Object(Period)
export type ScriptFiguresQuery = Static<typeof ScriptFiguresQuery>
