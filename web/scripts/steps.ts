import { inserting } from './inserting.ts'
import { blockEnd, focusControl, focused, focusLine, script, shownStep } from './writing.ts'

/** The id of the first control of what stands above the steps. */
export const HEAD_BOX = 'script-title'

/** Shows a step, and goes to its first line, or to where one is begun. 0 is what stands above the steps. */
export async function goToStep(step: number): Promise<void> {
  if (!Number.isInteger(step) || step < 0 || step > 9) return
  shownStep.value = step
  inserting.value = focused.value = undefined
  document.getElementById('builder-main')?.scrollTo?.({ top: 0 })
  if (step === 0) return focusControl(HEAD_BOX)
  const isEmpty = script.value?.steps[step - 1]?.lines.length === 0
  if (isEmpty) await focusControl(blockEnd({ step }))
  else await focusLine({ step, line: 0 })
}
