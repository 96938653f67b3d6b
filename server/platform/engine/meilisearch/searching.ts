import type { EngineQuery, EngineResult, EngineSettings } from '#server/platform/engine/port.ts'
import { analyseQuery } from '#server/platform/text/query.ts'
import type { Connection } from './connection.ts'
import { areaAttribute, facetValue, MOST_AREAS, tellingFields, type TellingField } from './documents.ts'
import { RemoteFault } from './faults.ts'
import { rescored, type Proposed } from './rescoring.ts'
import { termAttributes } from './settings.ts'
import { subQueries } from './subqueries.ts'
import { slugOf, textOfSlug } from './tokens.ts'
import { unitsOf, type FrequencyOf, type Unit } from './units.ts'

/** How many of the server's hits are ordered anew, whatever page is wanted. */
const POOL = 150
const MOST_HITS = 1000

interface Reply {
  hits: { key: string; text: string[]; _federation: { weightedRankingScore: number } }[]
  estimatedTotalHits: number
  facetsByIndex?: Record<string, { distribution: { facets?: Record<string, number> } }>
}

/** Searches an index by its uid. Throws RemoteFault. */
export type SearchIndex = (uid: string, query: EngineQuery, documents: number) => Promise<EngineResult>

/** Makes the search on a connection; `patience` is how long (ms) one may take, where that is not the connection's. */
export function createRemoteSearch(
  connection: Connection,
  settings: EngineSettings,
  frequencyOf: FrequencyOf,
  patience?: number,
): SearchIndex {
  const terms = termAttributes(settings)
  const telling = tellingFields(settings.fields)
  return async (uid, query, documents) => {
    const analysis = analyseQuery(query.text, settings.lexicon)
    const units = unitsOf(analysis, frequencyOf, documents)
    const isBlank = query.text.trim() === ''
    if (!isBlank && units.length === 0) return { hits: [], total: 0, facets: {} }
    const wanted = isBlank ? [{ q: '' }] : subQueries(units, analysis).map(sub => toRequest(sub, terms))
    const most = Math.min(MOST_HITS, Math.max(POOL, query.offset + query.limit))
    const ask = async (left: string | undefined, limit: number) =>
      readReply(await connection.search(federated(uid, wanted, filterOf(query, left), limit), patience))
    const filtered = Object.keys(query.facets ?? {})
    const counted = filtered.map(name => ask(name, 0))
    const [main, ...others] = await Promise.all([ask(undefined, most), ...counted])
    const facets = facetsOf(uid, main!, filtered, others)
    return { hits: pageOf(main!, units, telling, query), total: main!.estimatedTotalHits, facets }
  }
}

function federated(uid: string, wanted: readonly object[], filter: string[][], limit: number): object {
  const filters = filter.length > 0 ? { filter } : {}
  return {
    federation: { limit, offset: 0, facetsByIndex: { [uid]: ['facets'] } },
    queries: wanted.map(one => ({ indexUid: uid, ...one, ...filters, ...SHOWN })),
  }
}

const SHOWN = { attributesToRetrieve: ['key', 'text'] }

const toRequest = (
  { q, weight, matchingStrategy, isPlain }: ReturnType<typeof subQueries>[number],
  terms: string[],
) => ({
  q,
  matchingStrategy,
  attributesToSearchOn: isPlain ? ['text'] : terms,
  ...(isPlain && { locales: ['cmn'] }),
  federationOptions: { weight },
})

/** What a proxy or something else answers in the server's place is no reply. */
function readReply(reply: unknown): Reply {
  const { hits, estimatedTotalHits } = (reply ?? {}) as Partial<Reply>
  if (!Array.isArray(hits) || typeof estimatedTotalHits !== 'number') throw new RemoteFault('garbled')
  return reply as Reply
}

function pageOf(
  { hits }: Reply,
  units: readonly Unit[],
  telling: readonly TellingField[],
  { offset, limit }: EngineQuery,
): EngineResult['hits'] {
  const proposed = hits
    .filter(hit => isOurs(hit, telling))
    .map(({ key, text, _federation }): Proposed => ({
      key,
      text,
      weight: _federation.weightedRankingScore,
    }))
  const first =
    units.length === 0 ? proposed.slice(0, POOL) : rescored(proposed.slice(0, POOL), units, telling)
  const least = first.at(-1)?.weight ?? 0
  const behind = proposed.slice(POOL).map((one, at) => ({ ...one, weight: least / (2 + at) }))
  return [...first, ...behind]
    .slice(offset, offset + limit)
    .map(({ key, weight }) => ({ id: key, score: weight }))
}

/** What somebody else put in need have nothing of what ours have. */
const isOurs = ({ key, text }: Reply['hits'][number], telling: readonly TellingField[]): boolean =>
  typeof key === 'string' && Array.isArray(text) && text.length === telling.length && text.every(isText)

const isText = (value: unknown): value is string => typeof value === 'string'

/** Every value is a slug between quotes: nothing that was typed stands in a filter. */
function filterOf({ facets = {}, areas }: EngineQuery, left: string | undefined): string[][] {
  const wanted = Object.entries(facets).filter(([name]) => name !== left)
  const all = wanted.map(([name, values]) => values.map(value => `facets = "${facetValue(name, value)}"`))
  const known = areas?.map(area => `"${slugOf(area)}"`).join(', ')
  const places =
    known === undefined ? [] : Array.from({ length: MOST_AREAS }, (_, place) => areaAttribute(place))
  const conditions = places.map(name => [
    `${name} NOT EXISTS`,
    ...(known === '' ? [] : [`${name} IN [${known}]`]),
  ])
  // a facet of which no value is accepted is met by nothing
  return [...all.map(values => (values.length > 0 ? values : ['facets = "-"'])), ...conditions]
}

function facetsOf(
  uid: string,
  main: Reply,
  filtered: readonly string[],
  others: readonly Reply[],
): EngineResult['facets'] {
  const facets: EngineResult['facets'] = {}
  const take = ({ facetsByIndex }: Reply, isWanted: (name: string) => boolean) => {
    for (const [slug, count] of Object.entries(facetsByIndex?.[uid]?.distribution.facets ?? {})) {
      const [name, value] = slug.split('.').map(textOfSlug)
      if (name === undefined || value === undefined || !isWanted(name)) continue
      facets[name] = { ...facets[name], [value]: count }
    }
  }
  take(main, name => !filtered.includes(name))
  others.forEach((reply, at) => take(reply, name => name === filtered[at]))
  return facets
}
