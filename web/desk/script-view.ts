import { shallowRef, watch } from 'vue'
import type { ScriptView } from '#server/contract/script-views.ts'
import { call, hearEvents, latest, reconnections } from '../api/index.ts'
import { refusal, shown, shownBrief } from './answer.ts'
import { following } from './following.ts'
import { loadQuotedNotices } from './script-notices.ts'
import { isGone, takeAway } from './withdrawn.ts'

/** How often (ms) the script that is followed is looked at again, as the answer shown is. */
const EVERY = 15_000

/** The script of the entry shown, as soon as it is there. */
export const shownScript = shallowRef<ScriptView | null>(null)
/** Another version of the script that is followed came into force: it waits until it is asked for. */
export const newerScript = shallowRef<ScriptView>()

export const readScript = (id: number, signal?: AbortSignal): Promise<ScriptView> =>
  call('GET /api/scripts/:id', { params: { id }, ...(signal && { signal }) })

const newest = latest((signal: AbortSignal, id: number) => readScript(id, signal))

const shownId = () => (shownBrief.value?.kind === 'script' ? shownBrief.value.id : undefined)

async function loadShown(id: number | undefined): Promise<void> {
  if (shownScript.value?.id !== id) shownScript.value = null
  if (id === undefined) return newest.drop()
  try {
    shownScript.value = (await newest.run(id)) ?? shownScript.value
  } catch (error) {
    refusal.value = error
  }
}

/**
 * Reads the script that is followed again: its labels and quotes change where one is, another version waits, and what is no longer in
 * force is taken away, with a word on it.
 */
export async function lookAtScript(): Promise<void> {
  const before = following.value
  if (!before) return
  try {
    const now = await call('GET /api/scripts/:id', { params: { id: before.script.id }, gate: false })
    await loadQuotedNotices(now)
    const at = following.value
    if (at?.script.id !== now.id) return
    if (now.revision === at.script.revision) following.value = { ...at, script: now }
    newerScript.value = now.revision === at.script.revision ? undefined : now
  } catch (error) {
    if (isGone(error)) takeAway(before.script.id)
  }
}

/** Takes the newer version, at the step where one is. */
export function takeNewer(): void {
  const [at, script] = [following.value, newerScript.value]
  if (at && script) following.value = { ...at, script }
  newerScript.value = undefined
}

const look = () => void lookAtScript()

/** Keeps the script shown and the one followed in step with what holds. Returns what stops it. */
export function followScripts(): () => void {
  const timer = setInterval(look, EVERY)
  const undo = [
    watch([shownId, shown], ([id]) => void loadShown(id), { immediate: true }),
    watch(
      () => following.value?.script.id,
      () => (newerScript.value = undefined),
    ),
    watch(reconnections, look),
    hearEvents(({ event }) => /^(?:notice|revision)\./u.test(event) && look()),
  ]
  return () => {
    undo.forEach(stop => stop())
    clearInterval(timer)
  }
}
