import { shallowRef } from 'vue'
import type { ReviewSummary, ReviewView } from '#server/contract/review.ts'
import { call, wordingOf } from '../api/index.ts'
import { extentOf, isAllNew } from '../reading/diff.ts'
import { outcomeOf } from './outcome.ts'
import { loadCounts, loadQueue, picked, reviews } from './queue.ts'

/** Changes of more characters than this are to be read on a page of their own. */
const SMALL = 200

/** One of the reviews to be approved together: what it changes, and what came of it. */
export interface BatchItem {
  summary: ReviewSummary
  view?: ReviewView
  /** Why it is left out, as a key of the locale files. */
  leftOut?: string
  /** What came of the vote, as a key of the locale files. */
  result?: { key: string; good: boolean }
}

export const batch = shallowRef<readonly BatchItem[]>([])

/** Why a review is too much for a batch, as a key of the locale files; undefined for a small one. */
export function tooMuch(view: ReviewView): string | undefined {
  if (!view.mayVote) return 'reviews.batch.noVote'
  if (view.kind === 'retirement') return 'reviews.batch.retirement'
  if (isAllNew(view.diff)) return 'reviews.batch.isNew'
  const { added, removed } = extentOf(view.diff)
  return added + removed > SMALL ? 'reviews.batch.large' : undefined
}

/** Reads what the picked reviews change. */
export async function readBatch(): Promise<void> {
  batch.value = reviews.value.filter(one => picked.value.has(one.id)).map(summary => ({ summary }))
  batch.value = await Promise.all(batch.value.map(readItem))
}

async function readItem({ summary }: BatchItem): Promise<BatchItem> {
  try {
    const view = await call('GET /api/reviews/:id', { params: { id: summary.id } })
    const leftOut = tooMuch(view)
    return { summary, view, ...(leftOut && { leftOut }) }
  } catch (error) {
    return { summary, leftOut: wordingOf(error) }
  }
}

export const canApprove = (item: BatchItem): item is BatchItem & { view: ReviewView } =>
  !item.leftOut && !item.result && item.view !== undefined

/** Approves one after the other and says of each what came of it; a refusal stops none of the others. */
export async function approveBatch(): Promise<void> {
  for (const item of batch.value.filter(canApprove)) {
    const result = await approveOne(item.view)
    batch.value = batch.value.map(one => (one === item ? { ...item, result } : one))
  }
  picked.value = new Set()
  await Promise.all([loadQueue(), loadCounts()])
}

async function approveOne(view: ReviewView): Promise<NonNullable<BatchItem['result']>> {
  try {
    const { state } = await call('POST /api/reviews/:id/votes', {
      params: { id: view.id },
      body: { verdict: 'approve' },
    })
    return { key: `reviews.toast.${outcomeOf(view, state)}`, good: true }
  } catch (error) {
    return { key: wordingOf(error), good: false }
  }
}
