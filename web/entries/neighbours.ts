import { computed, shallowRef } from 'vue'
import type { EntryQueries, Neighbours } from '#server/contract/writing.ts'
import { call, latest } from '../api/index.ts'
import { revision, text } from './writing.ts'

/** Entries in force near the draft as it was last saved. */
export const neighbours = shallowRef<Neighbours>()
export const neighboursFailure = shallowRef<unknown>()
const queries = shallowRef<EntryQueries['queries']>([])

/** What a reviewer would ask about: figures that contradict other entries. */
export const contradictions = computed(() => neighbours.value?.figures ?? [])

/** Callers' own words that ended on this entry and are not among its wordings yet. */
export const suggestions = computed(() => {
  const there = new Set([text.value?.standardQuestion, ...(text.value?.similarQuestions ?? [])].map(fold))
  return queries.value.filter(one => !there.has(fold(one.query)))
})

const fold = (words = ''): string =>
  words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

const newest = latest((signal: AbortSignal, id: number) =>
  call('GET /api/revisions/:id/neighbours', { params: { id }, signal }),
)

export async function loadNeighbours(): Promise<void> {
  const id = revision.value?.id
  if (id === undefined) return
  try {
    neighbours.value = (await newest.run(id)) ?? neighbours.value
    neighboursFailure.value = undefined
  } catch (error) {
    neighboursFailure.value = error
  }
}

/** Reads what callers asked; without it there is nothing to suggest. */
export async function loadQueries(): Promise<void> {
  const id = revision.value?.entryId
  if (id === undefined) return
  queries.value = []
  const found = await call('GET /api/entries/:id/queries', { params: { id } }).catch(() => undefined)
  queries.value = found?.queries ?? []
}

export function forgetNeighbours(): void {
  newest.drop()
  neighbours.value = neighboursFailure.value = undefined
  queries.value = []
}
