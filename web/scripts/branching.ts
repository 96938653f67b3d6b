import { MAX_BRANCHES } from '#server/contract/script.ts'
import { addBranch, stepOf } from './editing.ts'
import { branchId, change, focusControl, script, shownStep } from './writing.ts'

/** Begins one more branch in the step that is shown, and goes to what the customer says there. */
export function beginBranch(): void {
  const now = script.value
  if (!now || shownStep.value === 0) return
  const at = stepOf(now, shownStep.value).branches.length
  if (at >= MAX_BRANCHES) return
  change(`branch added ${at}`, before => addBranch(before, shownStep.value))
  void focusControl(branchId(shownStep.value, at))
}
