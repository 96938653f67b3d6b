import { computed, ref, shallowRef, watch } from 'vue'
import type { CallbackView } from '#server/contract/answering.ts'
import type { CallbackState } from '#server/contract/question-lists.ts'
import { call, latest, me } from '../api/index.ts'
import { keptText } from '../ui/kept.ts'

/** The lists, what is due first. */
export const LISTS = ['due', 'later', 'waiting', 'done'] as const satisfies readonly CallbackState[]
/** The id of the list on the page. */
export const LIST = 'callback-list'
/** So many are read at a time. */
const PAGE = 50

const kept = keptText('callbacks.list')
export const list = computed<CallbackState>({
  get: () => LISTS.find(one => one === kept.value) ?? 'due',
  set: one => (kept.value = one),
})
/** Everyone's instead of one's own; supervisors only. */
export const isAll = ref(false)
export const isSupervisor = computed(() => me.value?.roles.includes('supervisor') === true)

export const callbacks = shallowRef<readonly CallbackView[]>([])
export const total = ref(0)
/** How many are due, whatever list is shown. */
export const dueCount = ref(0)
/** Why the list could not be read; what was read before stays. */
export const failure = shallowRef<unknown>()
/** False until a list was read. */
export const isRead = ref(false)
/** The call-back that keys act on. */
export const chosenId = ref<number>()
export const chosen = computed(() => callbacks.value.find(one => one.id === chosenId.value))
export const hasMore = computed(() => callbacks.value.length < total.value)

const newest = latest(async (signal: AbortSignal, state: CallbackState, all: boolean, offset: number) => {
  const limit = offset === 0 ? Math.max(PAGE, Math.min(callbacks.value.length, 100)) : PAGE
  const query = { state, limit, offset, ...(all && { all }) }
  const found = await call('GET /api/callbacks', { query, signal })
  if (state === 'due') return { ...found, due: found.total }
  const due = await call('GET /api/callbacks', {
    query: { ...query, state: 'due', limit: 1, offset: 0 },
    signal,
  })
  return { ...found, due: due.total }
})

/** Reads the list anew; the choice stays on its call-back, or on its place when that is gone from the list. */
export const loadCallbacks = (): Promise<void> => read(0)
export const loadMore = (): Promise<void> => read(callbacks.value.length)

async function read(offset: number): Promise<void> {
  const at = callbacks.value.findIndex(one => one.id === chosenId.value)
  try {
    const found = await newest.run(list.value, isAll.value, offset)
    if (!found) return
    const known = new Set(callbacks.value.map(one => one.id))
    const more = found.callbacks.filter(one => !known.has(one.id))
    callbacks.value = offset === 0 ? found.callbacks : [...callbacks.value, ...more]
    total.value = found.total
    dueCount.value = found.due
    if (!chosen.value)
      chosenId.value = callbacks.value[Math.min(Math.max(at, 0), callbacks.value.length - 1)]?.id
    failure.value = undefined
    isRead.value = true
  } catch (error) {
    failure.value = error
  }
}

/** Moves the choice by `step`, reading on when it comes to the end. */
export function choose(step: number): void {
  const at = callbacks.value.findIndex(one => one.id === chosenId.value)
  const next = Math.max(0, Math.min(at + step, callbacks.value.length - 1))
  chosenId.value = callbacks.value[next]?.id
  if (next === callbacks.value.length - 1 && hasMore.value) void loadMore()
}

/** Shows another list from its beginning. Returns what stops it. */
export const followList = (): (() => void) =>
  watch([list, isAll], () => {
    callbacks.value = []
    total.value = 0
    chosenId.value = undefined
    isRead.value = false
    void loadCallbacks()
  })
