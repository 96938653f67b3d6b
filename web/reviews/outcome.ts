import type { ReviewState } from '#server/contract/lists.ts'
import type { ReviewView } from '#server/contract/review.ts'
import { now } from '../ui/now.ts'

/** What came of an approval: others are waited for, the entry is gone, or the text is in force now or on its day. */
export function outcomeOf(
  { kind, revision }: ReviewView,
  state: ReviewState,
): 'waiting' | 'retired' | 'later' | 'inForce' {
  if (state !== 'approved') return 'waiting'
  if (kind === 'retirement') return 'retired'
  return revision.validFrom && Date.parse(revision.validFrom) > now.value ? 'later' : 'inForce'
}
