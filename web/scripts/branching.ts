import { ref } from 'vue'
import { MAX_BRANCHES } from '#server/contract/script.ts'
import { say } from '../ui/toasts.ts'
import { addBranch, moveBranch, stepOf } from './editing.ts'
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

/** The branch in whose first box (若客户说) the focus is, from 0. */
export const focusedBranch = ref<number>()
/** A box that goes with its step takes the focus with it and says nothing of it. */
export const isOnBranch = (): boolean =>
  focusedBranch.value !== undefined &&
  document.activeElement?.id === branchId(shownStep.value, focusedBranch.value)

/** Moves the branch that has the focus, which goes with it, and tells where it stands now. */
export async function moveFocusedBranch(by: 1 | -1): Promise<void> {
  const [step, at, before] = [shownStep.value, focusedBranch.value, script.value]
  if (at === undefined || !isOnBranch() || !before) return
  const now = moveBranch(before, step, at, by)
  if (now === before) return
  change(`branch moved ${step}-${at}-${at + by}`, () => now)
  await focusControl(branchId(step, at + by))
  const count = stepOf(now, step).branches.length
  say('toast.branchMoved', { values: { number: at + by + 1, count } })
}
