import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import type { RevisionField } from '#server/contract/lists.ts'
import type { ReviewView } from '#server/contract/review.ts'
import type { RevisionView } from '#server/contract/writing.ts'
import { call } from '../api/index.ts'

/** What was said of a draft in its last round. */
export interface LastRound {
  /** Why the draft was returned. */
  reasons: ComputedRef<ReviewView['votes']>
  /** All remarks of the last round. */
  remarks: ComputedRef<ReviewView['comments']>
  /** Remarks of the last round on a field. */
  remarksOn: (field: RevisionField) => ReviewView['comments']
  /** Reads what was said of a draft that came back, returned or withdrawn; without it the way to the review remains. */
  load: () => Promise<void>
}

export function lastRoundOf(revision: ShallowRef<RevisionView | undefined>): LastRound {
  const review = shallowRef<ReviewView>()
  /** None before there was one. */
  const last = computed(() => (revision.value?.reviewId === review.value?.id ? review.value : undefined))
  const remarks = computed(() => (last.value?.comments ?? []).filter(one => one.round === last.value?.round))
  return {
    remarks,
    remarksOn: field => remarks.value.filter(one => one.field === field),
    reasons: computed(() =>
      (last.value?.votes ?? []).filter(
        vote => vote.round === last.value?.round && vote.verdict === 'return' && vote.reason !== null,
      ),
    ),
    load: async () => {
      const now = revision.value
      review.value = undefined
      const cameBack = now?.state === 'returned' || now?.state === 'draft'
      if (!cameBack || now.reviewId === null) return
      const params = { id: now.reviewId }
      review.value = await call('GET /api/reviews/:id', { params }).catch(() => undefined)
    },
  }
}
