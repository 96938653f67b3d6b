import { computed, watch } from 'vue'
import { complain, loadMe, loadMembers, reconnections, resumptions } from '../api/index.ts'
import { loadDepartments } from '../reading/departments.ts'
import { loadDelegations } from './delegations.ts'
import { followEvents } from './live.ts'
import { followAddress, openId } from './place.ts'
import { chosenReview, followTab, loadCounts, loadQueue } from './queue.ts'
import { neighbour } from './review-commands.ts'
import { beginReview, readAhead, reloadReview, review, showReview } from './review.ts'

/** So long (ms) a choice must stand before its review is read ahead: shorter than a look, longer than a key held down. */
const DWELL = 150

/** The review that will most likely be opened: the chosen one, or the one after the one that is read. */
const expected = computed(() => {
  if (openId.value === null) return chosenReview.value?.id
  return review.value?.id === openId.value ? neighbour(1) : undefined
})
let timer: ReturnType<typeof setTimeout> | undefined

function soon(id: number | undefined): void {
  clearTimeout(timer)
  if (id !== undefined) timer = setTimeout(() => void readAhead(id), DWELL)
}

/** Asks for the review whose address was opened. */
export function beginReviews(): void {
  if (openId.value !== null) beginReview(openId.value)
}

/** Brings the screen to life; it reads anew when one comes back to it and when the server does. Returns what ends it. */
export function startReviews(): () => void {
  document.addEventListener('visibilitychange', onSight)
  const undo = [
    followAddress(),
    followTab(),
    watch(expected, soon),
    watch(openId, id => id !== null && void showReview(id), { immediate: true }),
    watch(reconnections, () => void takeUp()),
    watch(resumptions, () => void readAgain()),
    followEvents(),
    () => document.removeEventListener('visibilitychange', onSight),
    () => clearTimeout(timer),
  ]
  void takeUp()
  return () => undo.forEach(stop => stop())
}

async function takeUp(): Promise<void> {
  await Promise.all([complain(loadMe), loadMembers(), complain(loadDepartments), readAgain()])
}

const readAgain = (): Promise<unknown> =>
  Promise.all([loadQueue(), loadCounts(), loadDelegations(), reloadReview()])
const onSight = () => document.visibilityState === 'visible' && void readAgain()
