import { computed, shallowRef } from 'vue'
import { STEP_NUMBERS } from '#server/contract/script-lists.ts'
import type { Method, StepGuide } from '#server/contract/script-views.ts'
import { call } from '../api/index.ts'

/** The method 九步 as it is in force; undefined until it was read. */
export const method = shallowRef<Method>()

/** Reads the method. Without it a script can still be written, only unguided. */
export async function loadMethod(): Promise<void> {
  method.value = await call('GET /api/method').catch(() => method.value)
}

export const guideOf = (step: number): StepGuide | undefined =>
  method.value?.steps.find(one => one.step === step)

/** What the method calls a step; nothing while it is not known. */
export const stepName = (step: number): string => guideOf(step)?.name ?? ''

/** Words that are offered for who calls and by what. */
export const offered = computed(() => ({
  channel: method.value?.channels ?? [],
  personality: method.value?.personalities ?? [],
  motive: method.value?.motives ?? [],
  mood: method.value?.moods ?? [],
}))

/** What the nine steps are called, from the first; `fallback` names one that has no guide. */
export const stepNames = (fallback: (step: number) => string): string[] =>
  STEP_NUMBERS.map(step => guideOf(step)?.name ?? fallback(step))
