import { computed } from 'vue'
import { STAGES, STEP_NUMBERS, type Stage } from '#server/contract/script-lists.ts'
import { stepOf } from './editing.ts'
import { errorsIn, findingsOfStep, isBegun, warningsIn } from './findings.ts'
import { isFilled } from './fields.ts'
import { guideOf, method } from '../reading/method.ts'
import { script } from './writing.ts'

/** How far a step is: nothing yet, begun, all there, or with something to mend or to mind. */
export type StepState = 'empty' | 'begun' | 'done' | 'error' | 'warning'
export interface StepProgress {
  step: number
  state: StepState
  /** How many errors, or warnings without a reason, there are. */
  count: number
}

export const progress = computed<StepProgress[]>(() => STEP_NUMBERS.map(progressOf))
export const doneSteps = computed(() => progress.value.filter(one => one.state === 'done').length)

function progressOf(step: number): StepProgress {
  const now = script.value
  if (!now || !isBegun(now, step)) return { step, state: 'empty', count: 0 }
  const found = findingsOfStep(step)
  const [errors, warnings] = [errorsIn(found).length, warningsIn(found).length]
  if (errors > 0) return { step, state: 'error', count: errors }
  if (warnings > 0) return { step, state: 'warning', count: warnings }
  const isSaid = stepOf(now, step).lines.some(line => line.speaker === 'agent' && line.text.trim() !== '')
  const isDone = isSaid && isFilled(now, step, guideOf(step)?.fields ?? [])
  return { step, state: isDone ? 'done' : 'begun', count: 0 }
}

/** The stage of each step where no guide says it: the mapping of domain.md §2. */
const STAGE_OF: readonly Stage[] = [
  'accept',
  'accept',
  'accept',
  'enquire',
  'clarify',
  'clarify',
  'clarify',
  'propose',
  'propose',
]

const stageOf = (step: number): Stage | undefined =>
  method.value?.steps.find(one => one.step === step)?.stages[0] ?? STAGE_OF[step - 1]

/** The steps under the stage they begin in, in their order. */
export const stages = computed<{ stage: Stage; steps: number[] }[]>(() =>
  STAGES.map(stage => ({ stage, steps: STEP_NUMBERS.filter(step => stageOf(step) === stage) })).filter(
    one => one.steps.length > 0,
  ),
)
