import { acceptor } from './filter.ts'
import { matches, type Query } from './matching.ts'
import { list, type Document, type StoredIndex } from './stored-index.ts'

export interface Federated {
  federation: { limit?: number; offset?: number; facetsByIndex?: Record<string, string[]> }
  queries: Query[]
}

interface Found {
  uid: string
  id: string
  score: number
  position: number
}

/** Answers a federated search: of a document found several times the best weighted score counts. */
export function federatedSearch(
  { federation, queries }: Federated,
  indexOf: (uid: string) => StoredIndex,
): Record<string, unknown> {
  const best = new Map<string, Found>()
  queries.forEach((query, position) => {
    const index = indexOf(query.indexUid)
    const weight = query.federationOptions?.weight ?? 1
    for (const { id, score } of matches(index, query, acceptor(index, query.filter))) {
      const key = `${query.indexUid} ${id}`
      const known = best.get(key)
      if (!known || known.score < score * weight)
        best.set(key, { uid: query.indexUid, id, score: score * weight, position })
    }
  })
  const { limit = 20, offset = 0 } = federation
  const all = [...best.values()].toSorted(
    (one, other) => other.score - one.score || priorOf(indexOf, other) - priorOf(indexOf, one),
  )
  return {
    hits: all.slice(offset, offset + limit).map(one => hitOf(one, queries[one.position]!, indexOf)),
    processingTimeMs: 1,
    limit,
    offset,
    estimatedTotalHits: all.length,
    ...(federation.facetsByIndex && { facetsByIndex: facetsOf(federation.facetsByIndex, all, indexOf) }),
  }
}

/** What the custom rule `prior:desc` compares. */
const priorOf = (indexOf: (uid: string) => StoredIndex, { uid, id }: Found): number =>
  Number(indexOf(uid).documents.get(id)?.prior ?? 0)

function hitOf(found: Found, query: Query, indexOf: (uid: string) => StoredIndex): Document {
  const index = indexOf(found.uid)
  return {
    ...shown(index, index.documents.get(found.id)!, query.attributesToRetrieve),
    _federation: {
      indexUid: found.uid,
      queriesPosition: found.position,
      weightedRankingScore: found.score,
    },
  }
}

const isIn = (names: readonly string[], name: string): boolean => names.includes('*') || names.includes(name)

/** What of a document may be seen, and is wanted. */
export function shown(index: StoredIndex, document: Document, wanted?: readonly string[] | null): Document {
  const displayed = index.settings.displayedAttributes ? list(index.settings.displayedAttributes) : ['*']
  const entries = Object.entries(document)
  return Object.fromEntries(entries.filter(([name]) => isIn(displayed, name) && isIn(wanted ?? ['*'], name)))
}

function facetsOf(
  wanted: Record<string, string[]>,
  all: readonly Found[],
  indexOf: (uid: string) => StoredIndex,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(wanted).map(([uid, names]) => {
      const { documents } = indexOf(uid)
      const mine = all.filter(one => one.uid === uid).map(one => documents.get(one.id)!)
      const distribution = Object.fromEntries(names.map(name => [name, countsOf(mine, name)]))
      return [uid, { distribution, stats: {} }]
    }),
  )
}

function countsOf(documents: readonly Document[], name: string): Record<string, number> {
  const counts = new Map<string, number>()
  for (const document of documents)
    for (const value of list(document[name])) counts.set(value, (counts.get(value) ?? 0) + 1)
  return Object.fromEntries([...counts].toSorted(([one], [other]) => (one < other ? -1 : 1)))
}
