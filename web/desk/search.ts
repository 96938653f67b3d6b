import { computed, ref, shallowRef, watch } from 'vue'
import type { Category, SearchKind } from '#server/contract/lists.ts'
import type { SearchHit, SearchReply } from '#server/contract/search.ts'
import { call, latest, noteAnswered, serverNow } from '../api/index.ts'
import { area, ensureCall } from './call.ts'

/** So many ms after the last key the search is sent: shorter than the pause between two words. */
const PAUSE = 60
const LIMIT = 20

/** What is in the box, composed words only. */
export const text = ref('')
export const kind = ref<SearchKind | ''>('')
export const category = ref<Category | ''>('')
/** The newest reply there is; it stays until a newer one comes. */
export const reply = shallowRef<SearchReply>()
/** Hits by kind and by category, as last counted without that very filter, so that another choice stays in sight. */
export const kindCounts = shallowRef<Readonly<Record<string, number>>>({})
export const categoryCounts = shallowRef<Readonly<Record<string, number>>>({})
/** When `reply` came, in ms; 0 before the first. */
export const answeredAt = ref(0)
export const failure = shallowRef<unknown>()
/** Index of the chosen hit; -1 while none is. */
export const chosen = ref(-1)

const wanted = computed(() => ({
  q: text.value.trim(),
  kind: kind.value,
  category: category.value,
  area: area.value,
}))
const wantedKey = computed(() => JSON.stringify(wanted.value))
const answeredKey = ref('')
/** The area that the reply's notices are of. */
export const answeredArea = ref('')

export const isBlank = computed(() => wanted.value.q === '')
/** Whether the reply shown is the one to what is asked now. */
export const isFresh = computed(() => reply.value !== undefined && answeredKey.value === wantedKey.value)
export const hits = computed<readonly SearchHit[]>(() => reply.value?.hits ?? [])
export const chosenHit = computed(() => hits.value[chosen.value])

const newest = latest(async (signal: AbortSignal, asked: typeof wanted.value) => {
  const { q, area: where } = asked
  const id = q === '' ? undefined : await ensureCall()
  const [ofKind, ofCategory] = [asked.kind || undefined, asked.category || undefined]
  const query = { q, kind: ofKind, category: ofCategory, area: where || undefined, call: id, limit: LIMIT }
  signal.throwIfAborted()
  return call('GET /api/search', { query, signal })
})

let timer: ReturnType<typeof setTimeout> | undefined

/** Asks now for what is wanted now. Resolves when the reply is there, or when a newer question took its place. */
export async function ask(): Promise<void> {
  clearTimeout(timer)
  const [key, asked] = [wantedKey.value, wanted.value]
  try {
    const found = await newest.run(asked)
    if (!found) return
    noteAnswered(found.degraded)
    if (asked.kind === '') kindCounts.value = found.facets.kind
    if (asked.category === '') categoryCounts.value = found.facets.category
    const isNew = key !== answeredKey.value
    reply.value = found
    answeredKey.value = key
    answeredArea.value = asked.area
    answeredAt.value = serverNow()
    failure.value = undefined
    if (isNew || chosen.value >= found.hits.length)
      chosen.value = isBlank.value || found.hits.length === 0 ? -1 : 0
  } catch (error) {
    failure.value = error
  }
}

/** Asks at once unless the reply is already the right one. */
export async function freshen(): Promise<void> {
  if (!isFresh.value) await ask()
}

/** Searches as one types. Returns what stops it. */
export function searchAsTyped(): () => void {
  const stop = watch(wantedKey, () => {
    clearTimeout(timer)
    timer = setTimeout(() => void ask(), PAUSE)
  })
  return () => {
    stop()
    clearTimeout(timer)
    newest.drop()
  }
}

/** Whether the reply shown is no sure answer to what was asked. */
export const isUnsure = computed(() => reply.value?.confident === false && !isBlank.value)

const changeHits = (change: (hits: readonly SearchHit[]) => SearchHit[]): void => {
  if (reply.value) reply.value = { ...reply.value, hits: change(reply.value.hits) }
}
const isEntry = (hit: SearchHit, id: number): boolean => hit.id === id && hit.kind !== 'notice'

/** Gives the hit of an entry the labels it has now. */
export const relabelHit = (id: number, labels: SearchHit['labels']): void =>
  changeHits(all => all.map(hit => (isEntry(hit, id) ? { ...hit, labels } : hit)))

/** Takes away the hit of an entry that may no longer be shown. */
export function dropHit(id: number): void {
  changeHits(all => all.filter(hit => !isEntry(hit, id)))
  chosen.value = Math.min(chosen.value, hits.value.length - 1)
}

/** Moves the choice by `step`, staying within the list. */
export function choose(step: number): void {
  chosen.value = Math.max(0, Math.min(chosen.value + step, hits.value.length - 1))
}

export function clearFilters(): void {
  kind.value = ''
  category.value = ''
}
