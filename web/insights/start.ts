import { watch } from 'vue'
import { complain, loadMe, reconnections } from '../api/index.ts'
import { loadDepartments } from '../reading/departments.ts'
import { by, loadFcr } from './fcr.ts'
import { category, chosenGap, department, loadGaps, readGap, refilter } from './gaps.ts'
import { watchInk } from './ink.ts'
import { loadLoop } from './loop.ts'
import { ownFrom, ownUntil, span } from './period.ts'
import { followAddress, page, seesAll } from './place.ts'
import { loadScripts } from './scripts.ts'

/** So long (ms) a choice must stand before the gap is read: shorter than a look, longer than a key held down. */
const DWELL = 120

let timer: ReturnType<typeof setTimeout> | undefined

function readSoon(id: number | undefined): void {
  clearTimeout(timer)
  timer = setTimeout(() => void readGap(id), DWELL)
}

/** Reads what the page shows. Rights are asked of the server: who may not see it is told so. */
async function load(): Promise<void> {
  if (page.value === 'gaps') await loadGaps()
  if (page.value === 'loop') await loadLoop()
  if (page.value === 'fcr') await loadFcr()
  if (page.value === 'scripts') await loadScripts()
}

const loadFiltered = (): unknown => (page.value === 'gaps' ? refilter() : load())
const onSight = () => document.visibilityState === 'visible' && void load()

/** Brings the screen to life; it reads anew when one comes back to it and when the server does. Returns what ends it. */
export function startInsights(): () => void {
  document.addEventListener('visibilitychange', onSight)
  const undo = [
    followAddress(),
    watchInk(),
    watch(page, () => void load()),
    watch([span, ownFrom, ownUntil, category, department], loadFiltered),
    watch(by, () => void loadFcr()),
    watch(() => chosenGap.value?.id, readSoon),
    watch(reconnections, () => void takeUp()),
    () => document.removeEventListener('visibilitychange', onSight),
    () => clearTimeout(timer),
  ]
  void takeUp()
  return () => undo.forEach(stop => stop())
}

async function takeUp(): Promise<void> {
  await Promise.all([complain(loadMe), complain(loadDepartments)])
  if (!seesAll.value) department.value = ''
  await load()
}
