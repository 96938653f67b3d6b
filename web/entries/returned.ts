import { computed, shallowRef } from 'vue'
import type { RevisionField } from '#server/contract/lists.ts'
import type { ReviewView } from '#server/contract/review.ts'
import { call } from '../api/index.ts'
import { revision } from './writing.ts'

const review = shallowRef<ReviewView>()

/** What the reviewers of the last round said; none before there was one. */
const ofLastRound = computed(() => {
  const last = review.value
  return last && revision.value?.reviewId === last.id ? last : undefined
})

/** Why the draft was returned. */
export const reasons = computed(() =>
  (ofLastRound.value?.votes ?? []).filter(
    vote => vote.round === ofLastRound.value?.round && vote.verdict === 'return' && vote.reason !== null,
  ),
)

/** Remarks of the last round on a field. */
export const remarksOn = (field: RevisionField): ReviewView['comments'] =>
  (ofLastRound.value?.comments ?? []).filter(
    one => one.field === field && one.round === ofLastRound.value?.round,
  )

/** Reads what was said of a draft that came back, returned or withdrawn; without it the way to the review remains. */
export async function loadReturn(): Promise<void> {
  const now = revision.value
  review.value = undefined
  const cameBack = now?.state === 'returned' || now?.state === 'draft'
  if (!cameBack || now.reviewId === null) return
  const params = { id: now.reviewId }
  review.value = await call('GET /api/reviews/:id', { params }).catch(() => undefined)
}
