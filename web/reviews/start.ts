import { watch } from 'vue'
import { complain, reconnections } from '../api/index.ts'
import { loadDepartments } from '../reading/departments.ts'
import { loadMe } from './me.ts'
import { followAddress, openId } from './place.ts'
import { followTab, loadCounts, loadQueue } from './queue.ts'
import { reloadReview, showReview } from './review.ts'

/** Brings the screen to life; it reads anew when one comes back to it and when the server does. Returns what ends it. */
export function startReviews(): () => void {
  document.addEventListener('visibilitychange', onSight)
  const undo = [
    followAddress(),
    followTab(),
    watch(openId, id => id !== null && void showReview(id), { immediate: true }),
    watch(reconnections, () => void takeUp()),
    () => document.removeEventListener('visibilitychange', onSight),
  ]
  void takeUp()
  return () => undo.forEach(stop => stop())
}

async function takeUp(): Promise<void> {
  await Promise.all([complain(loadMe), complain(loadDepartments), readAgain()])
}

const readAgain = (): Promise<unknown> => Promise.all([loadQueue(), loadCounts(), reloadReview()])
const onSight = () => document.visibilityState === 'visible' && void readAgain()
