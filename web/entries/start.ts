import { watch } from 'vue'
import { complain, loadMe, reconnections } from '../api/index.ts'
import { loadDepartments } from '../reading/departments.ts'
import { entryWords, findEntries, isOwnOnly, loadList, loadLists, sourceWords } from './lists.ts'
import { followAddress, place } from './place.ts'

/** How long (ms) typing pauses before a list is searched. */
const PAUSE = 200

/** Brings the screen to life; `known` comes when it is known who looks. `stop` ends it. */
export function startEntries(): { stop: () => void; known: Promise<void> } {
  let timer: ReturnType<typeof setTimeout> | undefined
  const later = (work: () => unknown) => {
    clearTimeout(timer)
    timer = setTimeout(work, PAUSE)
  }
  document.addEventListener('visibilitychange', onSight)
  const undo = [
    followAddress(),
    watch(place, ({ page }) => page === 'list' && void loadLists()),
    watch(isOwnOnly, () => void Promise.all([loadList('verifications'), loadList('tasks')])),
    watch(sourceWords, () => later(() => loadList('sources'))),
    watch(entryWords, now => now.trim() !== '' && later(findEntries)),
    watch(reconnections, () => void loadLists()),
    () => document.removeEventListener('visibilitychange', onSight),
    () => clearTimeout(timer),
  ]
  return { stop: () => undo.forEach(end => end()), known: begin() }
}

async function begin(): Promise<void> {
  await Promise.all([complain(loadMe), complain(loadDepartments)])
  void loadLists()
}

const onSight = () =>
  document.visibilityState === 'visible' && place.value.page === 'list' && void loadLists()
