import type { ScriptLine, ScriptStep, StepTarget } from '#server/contract/script.ts'

type Steps = readonly ScriptStep[]

export const stepAt = (steps: Steps, number: StepTarget | undefined): ScriptStep | undefined =>
  steps.find(one => one.step === number)

/** Where the call goes on when no branch is taken: as the step says, else to the step after it, after the last to the end. */
export function afterStep(steps: Steps, step: ScriptStep): StepTarget {
  if (step.next !== undefined) return step.next
  return steps[steps.indexOf(step) + 1]?.step ?? 'end'
}

/** The first words an agent says in a step: a line that must be said, else any. */
export function firstWords(step: ScriptStep | undefined): string {
  const said = spokenBy('agent', step?.lines ?? [])
  return (said.find(one => one.optional !== true) ?? said[0])?.text ?? ''
}

export const spokenBy = (speaker: ScriptLine['speaker'], lines: readonly ScriptLine[]): ScriptLine[] =>
  lines.filter(one => one.speaker === speaker)
