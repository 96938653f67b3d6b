import type { Category } from '#server/contract/lists.ts'
import type { Deps } from '#server/deps.ts'
import type { Indexer } from './indexer.ts'
import { asked } from './queries.ts'
import { createRank } from './ranking.ts'

const NEAREST = 8

/** Finds the approved entries nearest to a text, best first, of one category when it is named, and whether it is sure. */
export function createNearest(deps: Deps, indexer: Indexer) {
  const rank = createRank(deps.lexicon)
  return async (text: string, category?: Category): Promise<{ ids: number[]; confident: boolean }> => {
    await indexer.follow()
    const query = { q: text, limit: NEAREST, offset: 0, ...(category && { category }) }
    const { hits, confident } = await asked(deps, deps.clock(), query, rank)
    const entries = hits.filter(({ hit }) => hit.shown.kind !== 'notice')
    return { ids: entries.slice(0, NEAREST).map(({ hit }) => hit.shown.id), confident }
  }
}
