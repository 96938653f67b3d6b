import { computed, ref, shallowRef } from 'vue'
import type { ReviewView } from '#server/contract/review.ts'
import { ApiProblem, call, latest, me } from '../api/index.ts'
import { isAllNew } from '../reading/diff.ts'
import { closeDialog } from './dialogs.ts'

/** What a change can be held against: the text in force, or the last round. */
export type Base = 'inForce' | 'lastRound'

export const review = shallowRef<ReviewView>()
/** Why the review cannot be shown. */
export const refusal = shallowRef<unknown>()
export const base = ref<Base>('inForce')
/** The paragraph that keys act on; null while none is. */
export const paragraph = ref<number | null>(null)

/** Whether there is nothing in force that this could be held against. */
export const isNew = computed(() => isAllNew(review.value?.diff ?? []))
/** The comparisons there are: a first round has no last, a new entry nothing in force. */
export const bases = computed<Base[]>(() => {
  if (review.value?.kind !== 'publication') return []
  const both: Base[] = review.value.round > 1 ? ['inForce', 'lastRound'] : ['inForce']
  return isNew.value ? both.filter(one => one === 'lastRound') : both
})
export const changes = computed(
  () => (base.value === 'lastRound' ? review.value?.sinceLast : review.value?.diff) ?? [],
)

const newest = latest((signal: AbortSignal, id: number) =>
  call('GET /api/reviews/:id', { params: { id }, signal }),
)

/** The review that was asked for before there was a screen to show it. */
let begun: { id: number; found: ReturnType<typeof newest.run> } | undefined

/** Asks for the review that will be shown first: showing it then takes over this reply, or what went wrong with it. */
export function beginReview(id: number): void {
  begun = { id, found: newest.run(id) }
  begun.found.catch(() => undefined)
}

function askFor(id: number): ReturnType<typeof newest.run> {
  const first = begun
  begun = undefined
  return first?.id === id ? first.found : newest.run(id)
}

/** The review that will most likely be shown next, read while there is time. */
let ahead: ReviewView | undefined

const later = latest((signal: AbortSignal, id: number) =>
  call('GET /api/reviews/:id', { params: { id }, signal }),
)

/** Reads a review before it is asked for. What fails is asked for again when it is wanted. */
export async function readAhead(id: number): Promise<void> {
  ahead = (await later.run(id).catch(() => undefined)) ?? ahead
}

/** Shows a review, at once when it was read ahead. What is shown stays until the other is there. */
export async function showReview(id: number): Promise<void> {
  if (ahead?.id === id && review.value?.id !== id) accept(ahead)
  try {
    const found = await askFor(id)
    if (found) accept(found)
  } catch (error) {
    const isStale = review.value?.id === id && !(error instanceof ApiProblem)
    if (isStale) return // what is shown is not taken away because it could not be read again
    review.value = undefined
    refusal.value = error
  }
}

/** What has not changed is not drawn again. */
function accept(found: ReviewView): void {
  const before = review.value
  refusal.value = undefined
  if (JSON.stringify(found) === JSON.stringify(before)) return
  review.value = found
  if (found.id !== before?.id) beginReading()
}

/** A review read again is held against the last round, which is what its readers have not seen. */
function beginReading(): void {
  paragraph.value = null
  base.value = bases.value.includes('lastRound') ? 'lastRound' : 'inForce'
  closeDialog()
}

export const reloadReview = async (): Promise<void> => {
  if (review.value) await showReview(review.value.id)
}

export function turnBase(): void {
  const at = bases.value.indexOf(base.value)
  base.value = bases.value[(at + 1) % bases.value.length] ?? base.value
}

/** Why who looks may not vote, as a key of the locale files; undefined when they may. */
export const whyNoVote = computed(() => {
  const now = review.value
  if (!now || now.mayVote) return undefined
  if (now.state !== 'in_review') return `reviews.over.${now.state}`
  const { authors } = now.revision
  const isAsker =
    now.kind === 'retirement' ? now.openedBy === me.value?.name : authors.some(one => one.id === me.value?.id)
  if (isAsker) return 'code.review.author_may_not_vote'
  const voted = now.votes.some(one => one.round === now.round && one.name === me.value?.name)
  return voted ? 'reviews.voted' : 'reviews.noSeat'
})
