import { computed } from 'vue'
import { keptText } from '../ui/kept.ts'
import { review } from './review.ts'

/** The ticks of one list are one text, kept with the review and round they belong to. */
const kept = keptText('reviews.checks')
const name = computed(() => `${review.value?.id}-${review.value?.round}`)

const all = computed<Record<string, string[]>>(() => {
  try {
    return JSON.parse(kept.value || '{}') as Record<string, string[]>
  } catch {
    return {}
  }
})
export const ticked = computed<ReadonlySet<string>>(() => new Set(all.value[name.value] ?? []))
export const unticked = computed(() => (review.value?.checklist ?? []).filter(one => !ticked.value.has(one)))

/** Ticks or unticks what a reviewer looks for. */
export function tick(check: string | undefined): void {
  if (check === undefined) return
  const now = new Set(ticked.value)
  if (!now.delete(check)) now.add(check)
  kept.value = JSON.stringify({ ...all.value, [name.value]: [...now] })
}

/** Ticks the check at `index` of the list. */
export const tickNumber = (index: number): void => tick(review.value?.checklist[index])
