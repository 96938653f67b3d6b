import type { ShallowRef } from 'vue'
import type { ExpertList } from '#server/contract/person.ts'
import type { RevisionView } from '#server/contract/writing.ts'
import { call, complain } from '../api/index.ts'

export type Expert = ExpertList['experts'][number]

type Shown = ShallowRef<RevisionView | undefined>

/** Experts whose name holds the words and who are no authors of the revision yet. */
export async function findExperts({ value }: Shown, words: string, signal: AbortSignal): Promise<Expert[]> {
  const { experts } = await call('GET /api/experts', { query: { q: words }, signal })
  const authors = value?.authors ?? []
  return experts.filter(one => !authors.some(author => author.id === one.id))
}

export const addAuthor = (revision: Shown, { id }: Pick<Expert, 'id'>): Promise<void> =>
  change(revision, 'PUT /api/revisions/:id/co-authors/:personId', id)

export const removeAuthor = (revision: Shown, { id }: Pick<Expert, 'id'>): Promise<void> =>
  change(revision, 'DELETE /api/revisions/:id/co-authors/:personId', id)

type Route = 'PUT /api/revisions/:id/co-authors/:personId' | 'DELETE /api/revisions/:id/co-authors/:personId'

/** Only who stands under the revision changes: the text that is being written is not touched. */
async function change(revision: Shown, route: Route, personId: number): Promise<void> {
  const id = revision.value?.id
  if (id === undefined) return
  await complain(async () => {
    const { authors } = await call(route, { params: { id, personId } })
    if (revision.value?.id === id) revision.value = { ...revision.value, authors }
  })
}
