import { computed, reactive, ref, shallowRef, watch } from 'vue'
import { CATEGORIES, type Category } from '#server/contract/lists.ts'
import type { QuestionQuery, QuestionSummary } from '#server/contract/question.ts'
import { call, latest } from '../api/index.ts'
import { keptText } from '../ui/kept.ts'
import { now } from '../ui/now.ts'

/** What the list can be narrowed to; open is all that is not over. */
export const STATES = [
  'open',
  'overdue',
  'routed',
  'taken',
  'returned',
  'in_review',
  'published',
  'refused',
  'closed',
] as const
export type StateFilter = (typeof STATES)[number]

/** The id of the list on the page. */
export const LIST = 'question-list'
/** So many questions are read at a time. */
const PAGE = 50

interface Filters {
  state: StateFilter
  /** '' for all. */
  department: string
  category: Category | ''
  /** Only what one has taken or asked. */
  mine: boolean
}

const NONE: Filters = { state: 'open', department: '', category: '', mine: false }
const kept = keptText('questions.filters')

export const filters = reactive<Filters>(filtersOf(kept.value))
export const questions = shallowRef<readonly QuestionSummary[]>([])
export const total = ref(0)
/** Why the list could not be read; what was read before stays. */
export const failure = shallowRef<unknown>()
/** False until the list was read as it is filtered now. */
export const isRead = ref(false)
/** Index of the question that is chosen; -1 while there is none. */
export const chosen = ref(-1)

export const chosenQuestion = computed(() => questions.value[chosen.value])
export const hasMore = computed(() => questions.value.length < total.value)
export const isFiltered = computed(() => JSON.stringify(filters) !== JSON.stringify(NONE))
export const overdueCount = computed(() => questions.value.filter(one => isLate(one, now.value)).length)

/** Whether an answer should have been there at `at` (ms); the server says so too, but only when it is asked. */
export const isLate = (one: Pick<QuestionSummary, 'state' | 'dueAt'>, at: number): boolean =>
  (one.state === 'routed' || one.state === 'taken') && Date.parse(one.dueAt) <= at

/** Filters as they were kept; those that mean nothing any more are left out. */
function filtersOf(text: string): Filters {
  try {
    const { state, department, category, mine } = JSON.parse(text) as Record<string, unknown>
    return {
      state: STATES.find(one => one === state) ?? NONE.state,
      department: typeof department === 'string' ? department : '',
      category: CATEGORIES.find(one => one === category) ?? '',
      mine: mine === true,
    }
  } catch {
    return { ...NONE }
  }
}

export const dropFilters = (): void => void Object.assign(filters, NONE)

const query = (): Partial<QuestionQuery> => ({
  state: filters.state,
  ...(filters.department !== '' && { department: filters.department }),
  ...(filters.category !== '' && { category: filters.category }),
  ...(filters.mine && { mine: true }),
})

/** Reads so many pages from a place on. */
const newest = latest(async (signal: AbortSignal, offset: number, pages: number) => {
  const found = await Promise.all(
    Array.from({ length: pages }, (_one, page) =>
      call('GET /api/questions', {
        query: { ...query(), limit: PAGE, offset: offset + page * PAGE },
        signal,
      }),
    ),
  )
  return { total: found[0]?.total ?? 0, questions: found.flatMap(one => one.questions) }
})

/** Reads the list anew as far as it is shown. */
export const loadList = (): Promise<void> => read(0, Math.max(1, Math.ceil(questions.value.length / PAGE)))

export const loadMore = (): Promise<void> => read(questions.value.length, 1)

async function read(offset: number, pages: number): Promise<void> {
  const id = chosenQuestion.value?.id
  try {
    const found = await newest.run(offset, pages)
    if (!found) return
    const before = offset === 0 ? [] : questions.value
    const known = new Set(before.map(one => one.id))
    questions.value = [...before, ...found.questions.filter(one => !known.has(one.id))]
    total.value = found.total
    const at = questions.value.findIndex(one => one.id === id)
    chosen.value = at >= 0 ? at : Math.min(Math.max(chosen.value, 0), questions.value.length - 1)
    failure.value = undefined
    isRead.value = true
  } catch (error) {
    failure.value = error
  }
}

/** Moves the choice by `step`, reading on when it comes to the end. */
export function choose(step: number): void {
  chosen.value = Math.max(0, Math.min(chosen.value + step, questions.value.length - 1))
  if (chosen.value === questions.value.length - 1 && hasMore.value) void loadMore()
}

/** Chooses the question with this id, if it is listed. */
export function chooseId(id: number): void {
  const at = questions.value.findIndex(one => one.id === id)
  if (at >= 0) chosen.value = at
}

/** Shows the list from its beginning whenever its filters change, and keeps them. Returns what stops it. */
export const followFilters = (): (() => void) =>
  watch(filters, () => {
    kept.value = isFiltered.value ? JSON.stringify(filters) : ''
    chosen.value = -1
    questions.value = []
    isRead.value = false
    void loadList()
  })
