import { shallowRef } from 'vue'
import type { NewPractice } from '#server/contract/script-use.ts'
import type { ScriptView } from '#server/contract/script-views.ts'
import { call } from '../api/index.ts'
import { loadMethod } from '../reading/method.ts'
import { keptText } from '../ui/kept.ts'
import { goToScript } from './place.ts'
import { savePractice } from './practices.ts'
import { beginRun, lasted, leaveRun, plan, resumeRun, run } from './run.ts'

/** The word on a run that is being written; outlives a reload. */
export const noteWords = keptText('practice.note')
/** Why the script cannot be practised. */
export const refusal = shallowRef<unknown>()

/** Begins the practice of a script, or takes up the one that a reload broke off. */
export async function openScript(id: number): Promise<void> {
  try {
    const found = await call('GET /api/scripts/:id', { params: { id } })
    refusal.value = undefined
    void loadMethod()
    if (!resumeRun(found)) beginPractice(found)
  } catch (error) {
    refusal.value = error
  }
}

export function beginPractice(script: ScriptView): void {
  noteWords.value = ''
  beginRun(script)
}

/** Saves the run with its self-check, and shows the list; a refused one stays as it is. */
export async function finish(): Promise<void> {
  const practice = practised()
  if (practice && (await savePractice(practice))) {
    noteWords.value = ''
    leaveRun()
    goToScript(undefined)
  }
}

function practised(): NewPractice | undefined {
  if (!run.value) return undefined
  const { scriptId, met } = run.value
  const note = noteWords.value.trim()
  const seconds = Math.min(86_400, Math.max(0, Math.round(lasted.value / 1000)))
  return { scriptId, seconds, path: plan.value.path, met: [...met], ...(note !== '' && { note }) }
}

/** Leaves the field for the page, else the run for the list; the run waits there to be gone on with. */
export function toList(): void {
  const focused = document.activeElement
  if (focused instanceof HTMLElement && focused.matches('input, textarea')) focused.blur()
  else goToScript(undefined)
}
