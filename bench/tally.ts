import type { EngineDocument, SearchEngine } from '#server/platform/engine/port.ts'
import type { Rank, Ranking } from '#server/search/ranking.ts'
import { worthOf } from '#server/search/documents.ts'

/** How many hits of an engine are ranked, as the service does. */
const POOL = 50

/** Counts over queries of one kind. */
interface Counts {
  count: number
  first: number
  firstThree: number
  reciprocal: number
  confident: number
}

/** The head of a table of qualities. */
export const QUALITY_HEAD = ['kind', 'engine', 'queries', 'success@1', 'success@3', 'MRR@10', 'confident']

/** What searches came to, by kind of query and engine. */
export interface Tally {
  /** Counts one search; `isRight` says of an id whether it is what was asked for. */
  count(kind: string, engine: string, ranking: Ranking, isRight: (id: string) => boolean): void
  /** Rows below `QUALITY_HEAD`, sorted. */
  rows(): string[][]
}

/** Makes a tally of nothing. */
export function createTally(): Tally {
  const all = new Map<string, Counts>()
  return {
    count(kind, engine, { ranked, confident }, isRight) {
      const row = `${kind}\t${engine}`
      const counts = all.get(row) ?? { count: 0, first: 0, firstThree: 0, reciprocal: 0, confident: 0 }
      const place = ranked.findIndex(({ id }) => isRight(id))
      counts.count += 1
      if (place === 0) counts.first += 1
      if (place >= 0 && place < 3) counts.firstThree += 1
      if (place >= 0 && place < 10) counts.reciprocal += 1 / (place + 1)
      if (confident) counts.confident += 1
      all.set(row, counts)
    },
    rows: () =>
      [...all]
        .toSorted(([one], [other]) => (one < other ? -1 : 1))
        .map(([row, { count, first, firstThree, reciprocal, confident }]) => [
          ...row.split('\t'),
          String(count),
          ...[first, firstThree, reciprocal, confident].map(sum => (sum / count).toFixed(3)),
        ]),
  }
}

/** Searches as the service does: engine first, then ranking on the texts of the first fifty. */
export function createAsk(
  engine: SearchEngine,
  documents: readonly EngineDocument[],
  rank: Rank,
): (text: string) => Promise<Ranking> {
  const byId = new Map(documents.map(document => [document.id, document]))
  return async text => {
    const { hits } = await engine.search({ text, limit: POOL, offset: 0 })
    const read = hits.map(({ id, score }) => {
      const document = byId.get(id)
      return { id, score, fields: document?.fields ?? {}, worth: worthOf(document?.facets.kind ?? '') }
    })
    return rank(text, read)
  }
}
