import { shallowRef, watch } from 'vue'
import type { EntryLink, EntryView } from '#server/contract/entry.ts'
import { call, latest } from '../api/index.ts'
import { words } from './drafts.ts'
import { question } from './question.ts'

/** The entry that is to answer the question, as agents read it; undefined until it is known. */
export const pointedAt = shallowRef<EntryView>()

const newest = latest((signal: AbortSignal, id: number) =>
  call('GET /api/entries/:id', { params: { id }, signal }),
)

/** Reads the entry that was chosen. Returns what stops it. */
export const followChoice = (): (() => void) =>
  watch(
    () => words.entry?.id,
    async id => {
      pointedAt.value = undefined
      newest.drop()
      if (id !== undefined) pointedAt.value = await newest.run(id).catch(() => undefined)
    },
    { immediate: true },
  )

/** Entries that may answer the question: those near it before a word is typed, then those that have the words. */
export async function findEntries(q: string, signal: AbortSignal): Promise<readonly EntryLink[]> {
  if (q === '') return question.value?.near ?? []
  const { hits } = await call('GET /api/search', { query: { q, limit: 12 }, signal })
  return hits.flatMap(({ id, kind, topic, title }) =>
    kind === 'notice' || kind === 'script' ? [] : [{ id, kind, topic, title }],
  )
}

export function point(entry: EntryLink): void {
  words.entry = { id: entry.id, kind: entry.kind, topic: entry.topic, title: entry.title }
}
