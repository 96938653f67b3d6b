import type { ExpertList } from '#server/contract/person.ts'
import { call, complain } from '../api/index.ts'
import { revision } from './writing.ts'

export type Expert = ExpertList['experts'][number]

/** Experts whose name holds the words and who are no authors yet. */
export async function findExperts(words: string, signal: AbortSignal): Promise<Expert[]> {
  const { experts } = await call('GET /api/experts', { query: { q: words }, signal })
  const authors = revision.value?.authors ?? []
  return experts.filter(one => !authors.some(author => author.id === one.id))
}

export const addAuthor = ({ id }: Pick<Expert, 'id'>): Promise<void> =>
  change('PUT /api/revisions/:id/co-authors/:personId', id)

export const removeAuthor = ({ id }: Pick<Expert, 'id'>): Promise<void> =>
  change('DELETE /api/revisions/:id/co-authors/:personId', id)

type Route = 'PUT /api/revisions/:id/co-authors/:personId' | 'DELETE /api/revisions/:id/co-authors/:personId'

/** Only who stands under the revision changes: the text that is being written is not touched. */
async function change(route: Route, personId: number): Promise<void> {
  const id = revision.value?.id
  if (id === undefined) return
  await complain(async () => {
    const { authors } = await call(route, { params: { id, personId } })
    if (revision.value?.id === id) revision.value = { ...revision.value, authors }
  })
}
