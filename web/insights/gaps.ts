import { computed, ref, shallowRef } from 'vue'
import type { GapBoard, GapSummary, GapView, NewGapMark } from '#server/contract/gap.ts'
import { CATEGORIES, type Category } from '#server/contract/lists.ts'
import { call, latest } from '../api/index.ts'
import { keptText } from '../ui/kept.ts'
import { gapPeriod, periodFault } from './period.ts'

/** So many gaps are read at a time. */
const PAGE = 100

const keptCategory = keptText('insights.category')
/** '' for all. */
export const category = computed<Category | ''>({
  get: () => CATEGORIES.find(one => one === keptCategory.value) ?? '',
  set: one => (keptCategory.value = one),
})
/** '' for all; shared by the pages. */
export const department = keptText('insights.department')
/** Whether the ignore list is shown in place of what is left without it. */
export const showsIgnored = ref(false)

/** What the board says of all gaps; undefined until it was read. */
export const board = shallowRef<Omit<GapBoard, 'gaps'>>()
export const gaps = shallowRef<readonly GapSummary[]>([])
/** Why the board could not be read; what was read before stays. */
export const failure = shallowRef<unknown>()
/** Index of the gap that keys act on; -1 while there is none. */
export const chosen = ref(-1)
export const chosenGap = computed(() => gaps.value[chosen.value])
export const hasMore = computed(() => gaps.value.length < (board.value?.total ?? 0))
export const isFiltered = computed(() => category.value !== '' || department.value !== '')

/** The gap that is read; may be another than the chosen one until that is there. */
export const reading = shallowRef<GapView>()
export const readingFailure = shallowRef<unknown>()

const filterNow = () => ({
  ...gapPeriod(),
  category: category.value || undefined,
  department: department.value || undefined,
  ignored: showsIgnored.value || undefined,
})

/** Reads so many pages from a place on. */
const newest = latest(async (signal: AbortSignal, offset: number, pages: number) => {
  const filter = filterNow()
  const found = await Promise.all(
    Array.from({ length: pages }, (_one, at) =>
      call('GET /api/gaps', { query: { ...filter, limit: PAGE, offset: offset + at * PAGE }, signal }),
    ),
  )
  return { board: found[0], gaps: found.flatMap(one => one.gaps) }
})

/** Reads the board anew as far as it is shown. */
export const loadGaps = (): Promise<void> => read(0, Math.max(1, Math.ceil(gaps.value.length / PAGE)))
export const loadMore = (): Promise<void> => read(gaps.value.length, 1)

async function read(offset: number, pages: number): Promise<void> {
  if (periodFault()) return
  const id = chosenGap.value?.id
  try {
    const found = await newest.run(offset, pages)
    if (!found) return
    gaps.value = offset === 0 ? found.gaps : [...gaps.value, ...found.gaps]
    board.value = found.board
    const at = gaps.value.findIndex(one => one.id === id)
    chosen.value = at >= 0 ? at : Math.min(Math.max(chosen.value, 0), gaps.value.length - 1)
    failure.value = undefined
  } catch (error) {
    failure.value = error
  }
}

/** Begins the list from its beginning, as after another filter. */
export async function refilter(): Promise<void> {
  chosen.value = -1
  gaps.value = []
  await loadGaps()
}

/** Moves the choice by `step`, reading on when it comes to the end. */
export function choose(step: number): void {
  chosen.value = Math.max(0, Math.min(chosen.value + step, gaps.value.length - 1))
  if (chosen.value === gaps.value.length - 1 && hasMore.value) void loadMore()
}

const newestView = latest((signal: AbortSignal, id: number) =>
  call('GET /api/gaps/:id', { params: { id }, signal }),
)

/** Reads a gap whole; what is read stays until the other is there. */
export async function readGap(id: number | undefined): Promise<void> {
  if (id === undefined) {
    newestView.drop()
    reading.value = undefined
    return
  }
  try {
    reading.value = (await newestView.run(id)) ?? reading.value
    readingFailure.value = undefined
  } catch (error) {
    readingFailure.value = error
  }
}

/** Notes a decision on a gap and shows what came of it. Throws the refusal. */
export async function mark(id: number, body: NewGapMark): Promise<GapView> {
  const now = await call('PUT /api/gaps/:id/mark', { params: { id }, body })
  if (reading.value?.id === id) reading.value = now
  await loadGaps()
  return now
}
