import { computed, ref, shallowRef } from 'vue'
import type { ScriptView } from '#server/contract/script-views.ts'
import type { ScriptLine, StepTarget } from '#server/contract/script.ts'
import { afterStep, spokenBy, stepAt } from '../reading/script-flow.ts'

/** A place in a script: a step, or while a branch 若客户说 is answered the step it belongs to. */
export interface Spot {
  step: StepTarget
  /** Index of the branch that is answered here. */
  answering: number | null
  /** Index of the branch, in the step before, that led here. */
  by: number | null
}

/** A script that is followed in a call. */
export interface Following {
  /** The call it is followed in; undefined when none could be begun. */
  callId: number | undefined
  script: ScriptView
  /** Where one has been, the last is where one is. */
  trail: readonly Spot[]
  /** What was noted at steps, by their number. */
  notes: Readonly<Record<number, string>>
}

export const following = shallowRef<Following | null>(null)
/** Whether the answer pane shows the step; a search shows something else there and keeps the place. */
export const followOpen = ref(false)
/** The list of steps to jump to stands in place of the step. */
export const stepsOpen = ref(false)

/** What the call was about, as it goes with how it ended. */
export const wrapCode = ref('')
/** The id of its field. */
export const WRAP = 'desk-script-wrap'

/** What is being noted at the step; taken over when one leaves the box or the step. */
export const noteWords = ref('')
export const noteOpen = ref(false)

export const isStepShown = computed(() => following.value !== null && followOpen.value)
export const spot = computed(() => following.value?.trail.at(-1))
export const step = computed(() => following.value && stepAt(following.value.script.steps, spot.value?.step))
/** The branch that is answered. */
export const branch = computed(() => step.value?.branches[spot.value?.answering ?? -1])
/** What is said here: the answer to a branch, else the lines of the step. */
export const lines = computed<readonly ScriptLine[]>(() => branch.value?.lines ?? step.value?.lines ?? [])

/** Where the call goes on from here; undefined at the end. */
export const target = computed<StepTarget | undefined>(() => {
  if (!following.value || !step.value) return undefined
  return branch.value ? branch.value.to : afterStep(following.value.script.steps, step.value)
})

/** Steps one has been at. */
export const visited = computed(() => new Set(following.value?.trail.map(one => one.step)))

const plainSpot = (at: StepTarget, by: number | null = null): Spot => ({ step: at, answering: null, by })

/** Puts a script at its first step, or on a trail that was kept. */
export function beginAt(
  script: ScriptView,
  callId: number | undefined,
  kept: Partial<Pick<Following, 'trail' | 'notes'>> = {},
): void {
  const first = script.steps[0]?.step ?? 'end'
  following.value = { callId, script, trail: [plainSpot(first)], notes: {}, ...kept }
  wrapCode.value = script.topic.slice(0, 40)
  stepsOpen.value = false
}

function go(to: Spot): void {
  const now = following.value
  if (!now) return
  following.value = { ...now, trail: [...now.trail, to] }
  stepsOpen.value = false
}

/** Goes on to where this place leads. */
export function goOn(): void {
  if (target.value !== undefined) go(plainSpot(target.value, spot.value?.answering ?? null))
}

/** Answers the branch with this index; one without words of the agent leads on at once. */
export function takeBranch(index: number): void {
  const taken = step.value?.branches[index]
  if (!step.value || !taken) return
  if (spokenBy('agent', taken.lines).length === 0) return go(plainSpot(taken.to, index))
  go({ step: step.value.step, answering: index, by: null })
}

/** Goes to a step of the script by its number. */
export function jumpTo(number: number): void {
  if (following.value && stepAt(following.value.script.steps, number)) go(plainSpot(number))
}

export function goBack(): void {
  const now = following.value
  if (now && now.trail.length > 1) following.value = { ...now, trail: now.trail.slice(0, -1) }
}

/** Puts a word down at a step; an empty one takes it away. */
export function noteAt(number: number, words: string): void {
  const now = following.value
  if (now) following.value = { ...now, notes: { ...now.notes, [number]: words } }
}

export function leaveScript(): void {
  following.value = null
  followOpen.value = false
  stepsOpen.value = false
}
