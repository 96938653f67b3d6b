import type { NewPractice } from '#server/contract/script-use.ts'
import type { ScriptStep, StepTarget } from '#server/contract/script.ts'

/** Where a script goes on when no branch is taken: as the step says, else at the step after it, after the last at the end. */
export function afterStep(steps: readonly ScriptStep[], step: ScriptStep): StepTarget {
  return step.next ?? steps[steps.indexOf(step) + 1]?.step ?? 'end'
}

/** The index of the first place of a path that the steps do not lead to from the one before it; undefined when they lead all along. */
export function brokenAt(steps: readonly ScriptStep[], path: NewPractice['path']): number | undefined {
  const broken = path.findIndex(({ step, branch }, index) => {
    if (!steps.some(one => one.step === step)) return true
    const before = steps.find(one => one.step === path[index - 1]?.step)
    if (!before) return branch !== undefined
    return step !== (branch === undefined ? afterStep(steps, before) : before.branches[branch]?.to)
  })
  return broken === -1 ? undefined : broken
}
