import { computed, shallowRef } from 'vue'
import type { ScriptFigures } from '#server/contract/script-use.ts'
import { call, latest } from '../api/index.ts'
import { LONGEST, figurePeriod, periodFault } from './period.ts'

export const scripts = shallowRef<ScriptFigures>()
/** Why the figures could not be read; what was read before stays. */
export const scriptsFailure = shallowRef<unknown>()
/** The script whose steps are drawn: the one chosen, else the one used most. */
export const chosenScriptId = shallowRef<number>()
export const chosenScript = computed(
  () =>
    scripts.value?.scripts.find(one => one.scriptId === chosenScriptId.value) ?? scripts.value?.scripts[0],
)

const newest = latest((signal: AbortSignal) =>
  call('GET /api/figures/scripts', { query: figurePeriod() as { from: string; until: string }, signal }),
)

/** Reads the figures anew. */
export async function loadScripts(): Promise<void> {
  if (periodFault(LONGEST)) return
  try {
    scripts.value = (await newest.run()) ?? scripts.value
    scriptsFailure.value = undefined
  } catch (error) {
    scriptsFailure.value = error
  }
}
