import { watch } from 'vue'
import { complain, loadMe, reconnections } from '../api/index.ts'
import { loadDepartments } from '../reading/departments.ts'
import { loadDrafts, loadLists, findScripts, scriptClass, words } from './lists.ts'
import { followAddress, place } from './place.ts'

/** How long (ms) typing pauses before scripts are searched. */
const PAUSE = 200

/** Brings the screen to life; `known` comes when it is known who looks. `stop` ends it. */
export function startScripts(): { stop: () => void; known: Promise<void> } {
  let timer: ReturnType<typeof setTimeout> | undefined
  document.addEventListener('visibilitychange', onSight)
  const undo = [
    followAddress(),
    watch(
      () => place.value.page,
      now => now === 'list' && void loadLists(),
    ),
    watch([words, scriptClass], () => {
      clearTimeout(timer)
      timer = setTimeout(() => void findScripts(), PAUSE)
    }),
    watch(reconnections, () => void loadLists()),
    () => document.removeEventListener('visibilitychange', onSight),
    () => clearTimeout(timer),
  ]
  return { stop: () => undo.forEach(end => end()), known: begin() }
}

const onSight = () =>
  document.visibilityState === 'visible' && place.value.page === 'list' && void loadDrafts()

async function begin(): Promise<void> {
  await Promise.all([complain(loadMe), complain(loadDepartments)])
  void loadLists()
}
