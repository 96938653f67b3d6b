import { STEP_NUMBERS } from '#server/contract/script-lists.ts'
import type { ScriptDraft, ScriptStep, StepField } from '#server/contract/script.ts'
import type { RevisionView } from '#server/contract/writing.ts'
import type { TextKind } from '../drafts/texts.ts'
import { oneLine, stepText } from '../reading/script-lines.ts'
import { citationText } from '../reading/sources.ts'
import { dayFrom, lastDayBefore } from '../ui/days.ts'

/** A script as it is written: every part there, and always nine steps in their order. */
export type Script = Required<Omit<ScriptDraft, 'kind' | 'steps'>> & { steps: readonly ScriptStep[] }

const HEAD = [
  'title',
  'class',
  'category',
  'topic',
  'ownerDepartment',
  'scenario',
  'channel',
  'profile',
  'similarQuestions',
  'basis',
  'scope',
  'tags',
  'validFrom',
  'validUntil',
  'verifyBy',
  'reasons',
] as const
export type HeadPart = (typeof HEAD)[number]
const STEPS = ['step1', 'step2', 'step3', 'step4', 'step5', 'step6', 'step7', 'step8', 'step9'] as const
/** In these parts two texts of a script become one: what stands above the steps, and each step as a whole. */
export type ScriptPart = HeadPart | (typeof STEPS)[number]

export const emptyStep = (step: number): ScriptStep => ({ step, fields: [], lines: [], branches: [] })

/** Nine steps, whichever were given. */
export const nineSteps = (given: readonly ScriptStep[]): ScriptStep[] =>
  STEP_NUMBERS.map(number => given.find(one => one.step === number) ?? emptyStep(number))

/** A step that says nothing at all. */
export const isEmptyStep = ({ fields, lines, branches, next }: ScriptStep): boolean =>
  lines.length === 0 && branches.length === 0 && next === undefined && fields.every(isEmptyField)

export const isEmptyField = ({ value }: StepField): boolean =>
  typeof value === 'string' ? value.trim() === '' : value.every(isEmptyItem)
const isEmptyItem = (item: string | Record<string, string>): boolean =>
  typeof item === 'string' ? item.trim() === '' : Object.values(item).every(cell => cell.trim() === '')

/** The script of a revision; one whose body cannot be read begins empty. */
function textOf(view: RevisionView): Script {
  const { script, validFrom = null, validUntil = null, verifyBy = null } = view
  return {
    title: view.standardQuestion,
    category: view.category,
    topic: view.topic,
    ownerDepartment: view.ownerDepartment,
    similarQuestions: [...view.similarQuestions],
    scope: { ...view.scope },
    tags: [...(view.tags ?? [])],
    basis: view.basis.map(({ sourceId, clause }) => ({ sourceId, ...(clause !== null && { clause }) })),
    validFrom,
    validUntil,
    verifyBy,
    class: script?.class ?? 'quality',
    scenario: script?.scenario ?? view.say,
    channel: script?.channel ?? '',
    profile: { ...script?.profile },
    reasons: [...(script?.reasons ?? [])],
    steps: nineSteps(script?.steps ?? []),
  }
}

/** What is empty is not stored: the server would give it back without. */
const stored = (step: ScriptStep): ScriptStep => ({
  ...step,
  fields: step.fields.filter(one => !isEmptyField(one)),
})

export const savedScript = (script: Script): ScriptDraft & { steps: ScriptStep[] } => ({
  ...script,
  kind: 'script',
  steps: script.steps.map(stored).filter(step => !isEmptyStep(step)),
})

/** The place of a step among the nine, from 0; -1 for what stands above them. */
const placeOf = (part: ScriptPart): number => (part.startsWith('step') ? Number(part.slice(4)) - 1 : -1)

/** A part as the server gives it back: without fields that were opened and left empty, and without spaces at the ends of lines. */
function partOf(script: Script, name: ScriptPart): unknown {
  const step = script.steps[placeOf(name)]
  if (step) return stepText(stored(step))
  const value = script[name as HeadPart]
  return typeof value === 'string' ? oneLine(value) : value
}

function withPart(into: Script, from: Script, name: ScriptPart): Script {
  const at = placeOf(name)
  if (at < 0) return { ...into, [name]: from[name as HeadPart] }
  return { ...into, steps: into.steps.map((step, index) => (index === at ? (from.steps[at] ?? step) : step)) }
}

function worded(script: Script, name: ScriptPart): string {
  const step = script.steps[placeOf(name)]
  if (step) return stepText(step)
  if (name === 'basis') return script.basis.map(citationText).join('\n')
  if (name === 'reasons') return script.reasons.map(one => `${one.step} ${one.rule} ${one.reason}`).join('\n')
  if (name === 'validUntil') return lastDayBefore(script.validUntil)
  if (name === 'validFrom' || name === 'verifyBy') return dayFrom(script[name])
  const value = script[name as HeadPart]
  if (typeof value === 'string') return value
  return Array.isArray(value) ? value.join('\n') : Object.values(value ?? {}).join(' ')
}

function isScript(kept: unknown): kept is Script {
  if (typeof kept !== 'object' || kept === null) return false
  const { title, steps, reasons, similarQuestions, basis } = kept as Record<string, unknown>
  return (
    typeof title === 'string' &&
    [reasons, similarQuestions, basis].every(Array.isArray) &&
    Array.isArray(steps) &&
    steps.length === STEP_NUMBERS.length &&
    steps.every(isStep)
  )
}

const isStep = (kept: unknown): boolean =>
  typeof kept === 'object' &&
  kept !== null &&
  ['fields', 'lines', 'branches'].every(key => Array.isArray((kept as Record<string, unknown>)[key]))

/** A script as it is written, kept and merged. */
export const scriptText: TextKind<Script, ScriptPart> = {
  parts: [...HEAD, ...STEPS],
  part: partOf,
  withPart,
  worded,
  isText: isScript,
  textOf,
  saved: savedScript,
}
