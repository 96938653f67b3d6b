import { computed, ref, shallowRef, watch } from 'vue'
import type { ReviewCounts, ReviewSummary } from '#server/contract/review.ts'
import { call, latest } from '../api/index.ts'
import { keptText } from '../ui/kept.ts'
import { now } from '../ui/now.ts'

/** The lists of the queue: what waits for me, and all reviews in a state. */
export const TABS = ['mine', 'in_review', 'returned', 'approved'] as const
export type Tab = (typeof TABS)[number]
/** The id of the list on the page. */
export const QUEUE = 'review-queue'
/** So many reviews are read at a time. */
const PAGE = 50

const kept = keptText('reviews.tab')
export const tab = computed<Tab>({
  get: () => TABS.find(one => one === kept.value) ?? 'mine',
  set: one => (kept.value = one),
})
export const reviews = shallowRef<readonly ReviewSummary[]>([])
/** How many reviews each list has; absent until it was asked. */
export const totals = shallowRef<Partial<Record<Tab, number>>>({})
export const counts = shallowRef<ReviewCounts['departments']>([])
/** Why the list could not be read; what was read before stays. */
export const failure = shallowRef<unknown>()
/** False until a list was read. */
export const isRead = ref(false)
/** Index of the review that keys act on; -1 while there is none. */
export const chosen = ref(-1)
/** Ids of the reviews picked to be approved together. */
export const picked = shallowRef<ReadonlySet<number>>(new Set())

export const chosenReview = computed(() => reviews.value[chosen.value])
export const hasMore = computed(() => reviews.value.length < (totals.value[tab.value] ?? 0))
export const overdueCount = computed(() => reviews.value.filter(one => isOverdue(one, now.value)).length)

/** Whether a review is still open at `at` (ms) though it should have been decided. */
export const isOverdue = ({ state, dueAt }: Pick<ReviewSummary, 'state' | 'dueAt'>, at: number): boolean =>
  state === 'in_review' && Date.parse(dueAt) <= at

const queryOf = (list: Tab) => (list === 'mine' ? { mine: true } : { state: list })

/** Reads so many pages from a place on. */
const newest = latest(async (signal: AbortSignal, list: Tab, offset: number, pages: number) => {
  const found = await Promise.all(
    Array.from({ length: pages }, (_one, page) => {
      const query = { ...queryOf(list), limit: PAGE, offset: offset + page * PAGE }
      return call('GET /api/reviews', { query, signal })
    }),
  )
  return { list, total: found[0]?.total ?? 0, reviews: found.flatMap(one => one.reviews) }
})

/** Reads the list anew as far as it is shown, and how many the others have. */
export async function loadQueue(): Promise<void> {
  await read(0, Math.max(1, Math.ceil(reviews.value.length / PAGE)))
  const others = TABS.filter(one => one !== tab.value)
  const found = await Promise.allSettled(
    others.map(one => call('GET /api/reviews', { query: { ...queryOf(one), limit: 1 } })),
  )
  found.forEach((one, index) => {
    const list = others[index]
    if (one.status === 'fulfilled' && list) totals.value = { ...totals.value, [list]: one.value.total }
  })
}

export const loadMore = (): Promise<void> => read(reviews.value.length, 1)

async function read(offset: number, pages: number): Promise<void> {
  const id = chosenReview.value?.id
  try {
    const found = await newest.run(tab.value, offset, pages)
    if (!found) return
    reviews.value = offset === 0 ? found.reviews : [...reviews.value, ...found.reviews]
    totals.value = { ...totals.value, [found.list]: found.total }
    const at = reviews.value.findIndex(one => one.id === id)
    chosen.value = at >= 0 ? at : Math.min(Math.max(chosen.value, 0), reviews.value.length - 1)
    picked.value = new Set(reviews.value.map(one => one.id).filter(one => picked.value.has(one)))
    failure.value = undefined
    isRead.value = true
  } catch (error) {
    failure.value = error
  }
}

/** Reads how many reviews wait for each department; not for everyone, so a refusal leaves none. */
export async function loadCounts(): Promise<void> {
  counts.value = await call('GET /api/review-counts').then(
    found => found.departments,
    () => counts.value,
  )
}

/** Moves the choice by `step`, reading on when it comes to the end. */
export function choose(step: number): void {
  chosen.value = Math.max(0, Math.min(chosen.value + step, reviews.value.length - 1))
  if (chosen.value === reviews.value.length - 1 && hasMore.value) void loadMore()
}

/** Picks or drops a review; only open ones can be approved. */
export function pick(review: ReviewSummary | undefined): void {
  if (review?.state !== 'in_review') return
  const ids = new Set(picked.value)
  if (!ids.delete(review.id)) ids.add(review.id)
  picked.value = ids
}

/** Shows another list from its beginning. Returns what stops it. */
export const followTab = (): (() => void) =>
  watch(tab, () => {
    chosen.value = -1
    picked.value = new Set()
    reviews.value = []
    isRead.value = false
    void loadQueue()
  })
