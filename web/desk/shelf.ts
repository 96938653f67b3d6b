import { shallowRef } from 'vue'
import type { EntryLink } from '#server/contract/entry.ts'
import { call } from '../api/index.ts'

export const recent = shallowRef<readonly EntryLink[]>([])
export const favourites = shallowRef<readonly EntryLink[]>([])

/** Reads again what was opened last and what is marked. What cannot be read stays as it was. */
export async function loadShelf(): Promise<void> {
  const [late, marked] = await Promise.allSettled([
    call('GET /api/recent-entries'),
    call('GET /api/favourite-entries'),
  ])
  if (late.status === 'fulfilled') recent.value = late.value.entries
  if (marked.status === 'fulfilled') favourites.value = marked.value.entries
}
