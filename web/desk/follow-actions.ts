import { nextTick, watch } from 'vue'
import { withoutNumbers } from '#server/contract/numbers.ts'
import { complain } from '../api/index.ts'
import { say } from '../ui/toasts.ts'
import { open, refusal, shownBrief } from './answer.ts'
import { current, ensureCall, isOpen } from './call.ts'
import {
  beginAt,
  followOpen,
  following,
  goBack,
  goOn,
  isStepShown,
  jumpTo,
  leaveScript,
  noteAt,
  noteOpen,
  noteWords,
  spot,
  step,
  stepsOpen,
  takeBranch,
} from './following.ts'
import { goTo, place } from './places.ts'
import { reach } from './script-steps.ts'
import { loadMethod } from '../reading/method.ts'
import { readScript, shownScript } from './script-view.ts'
import { loadQuotedNotices } from './script-notices.ts'

/** The ids of the box for a note and of the list of steps. */
export const NOTE = 'desk-script-note'
export const STEPS = 'desk-script-steps'

/** Whether keys mean the step that is followed: it is shown, and no other part of the desk has the focus. */
export const keysFollow = (): boolean =>
  isStepShown.value && (place.value === 'answer' || place.value === 'none')

const chosenScript = () => (shownBrief.value?.kind === 'script' ? shownBrief.value.id : undefined)

/** Whether H would do something: begin the script that is shown, or take up the one that is followed. */
export const canFollow = (): boolean =>
  !keysFollow() && (following.value !== null || chosenScript() !== undefined)

/** Begins the script that is shown, or goes back to the step of the one that is followed. */
export async function follow(): Promise<void> {
  const id = chosenScript()
  const isAnother = id !== undefined && id !== following.value?.script.id
  if (isAnother && !followOpen.value) await complain(() => begin(id))
  if (!following.value) return
  refusal.value = undefined
  await showStep()
}

async function begin(id: number): Promise<void> {
  const script = shownScript.value?.id === id ? shownScript.value : await readScript(id)
  const callId = await ensureCall()
  await open({ kind: 'script', id }, { how: 'enter' })
  void loadQuotedNotices(script)
  void loadMethod()
  beginAt(script, callId)
  tell()
}

/** Lets the step be seen and the keys mean it. */
async function showStep(): Promise<void> {
  followOpen.value = true
  await nextTick()
  goTo('answer')
}

/** Tells the server that a step was come to; the end of a script and an answer to a branch are no step. */
function tell(): void {
  const [now, at] = [following.value, spot.value]
  if (!now || !at || at.step === 'end' || at.answering !== null) return
  if (now.callId === undefined || now.callId !== current.value?.id || !isOpen.value) return
  void reach(now.callId, {
    scriptId: now.script.id,
    step: at.step,
    ...(at.by !== null && { branch: at.by }),
  })
}

/** Moves, and tells of the step that was come to by it. */
async function move(how: () => void): Promise<void> {
  const before = spot.value
  leaveNote()
  how()
  stepsOpen.value = false
  if (spot.value === before) return
  if (spot.value?.step !== before?.step || spot.value?.by !== null) tell()
  await showStep()
}

export const toNext = (): Promise<void> => move(goOn)
export const toLast = (): Promise<void> => move(goBack)
export const toBranch = (index: number): Promise<void> => move(() => takeBranch(index))
export const toStep = (number: number): Promise<void> => move(() => jumpTo(number))

/** Opens the list of steps, or closes it. */
export async function turnSteps(): Promise<void> {
  stepsOpen.value = !stepsOpen.value
  await nextTick()
  if (stepsOpen.value) document.querySelector<HTMLElement>(`#${STEPS} [aria-current]`)?.focus()
  else goTo('answer')
}

export async function openNote(): Promise<void> {
  const at = step.value
  if (!at) return
  if (!noteOpen.value) noteWords.value = following.value?.notes[at.step] ?? ''
  noteOpen.value = true
  await nextTick()
  document.getElementById(NOTE)?.focus()
}

/** Leaves the box for the step. */
export function closeNote(): void {
  leaveNote()
  goTo('answer')
}

/** Takes over what was noted, without numbers of customers, and tells the server of it. */
export function leaveNote(): void {
  const [now, at] = [following.value, step.value]
  const words = withoutNumbers(noteWords.value.trim())
  if (!noteOpen.value || !now || !at) return
  noteOpen.value = false
  if (words === (now.notes[at.step] ?? '')) return
  noteAt(at.step, words)
  if (words === '' || now.callId === undefined) return
  void reach(now.callId, { scriptId: now.script.id, step: at.step, note: words })
}

/** Ends following; what was reached stays with the call. */
export function stopFollowing(): void {
  leaveNote()
  leaveScript()
  goTo('answer')
  say('toast.scriptLeft', { commands: ['follow'] })
}

/** Following belongs to its call. Returns what stops the watching. */
export const followCall = (): (() => void) =>
  watch(
    () => current.value?.id,
    id => {
      if (following.value && following.value.callId !== id) leaveScript()
    },
  )
