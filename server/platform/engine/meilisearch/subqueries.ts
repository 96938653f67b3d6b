import type { QueryAnalysis } from '#server/platform/text/query.ts'
import { gramToken } from './tokens.ts'
import { soundOf, type Unit, type Way } from './units.ts'

/** One search of a federated one. */
export interface SubQuery {
  q: string
  /** What the best document it finds counts for, 0 to 1. */
  weight: number
  matchingStrategy: 'all' | 'last'
  /** Whether the text the server cuts itself is searched, instead of our terms. */
  isPlain: boolean
}

/** Meilisearch reads no more tokens of a query. */
export const MOST_TOKENS = 10
/** Of so many of the most telling units each is asked for alone, and of so many in pairs. */
const ALONE = 16
const PAIRED = 6
const MOST_QUERIES = 64
const HEARD = 0.5
const PLAIN = 0.08

/**
 * The searches whose union answers a query. Meilisearch cannot add up what single words of a query tell, only demand
 * them: so the most telling ones are demanded in a row, alone and in pairs, each weighing what it tells, and what comes
 * back is added up here (rescoring.ts). More combinations find no more: bench/README.md.
 */
export function subQueries(units: readonly Unit[], analysis: QueryAnalysis): SubQuery[] {
  const all = units.reduce((sum, { telling }) => sum + telling, 0)
  const queries = [
    chain(units),
    heardAs(analysis, units),
    plainText(analysis),
    ...units.slice(0, ALONE).flatMap(unit => unit.ways.map(way => demandOf([unit], [way], all))),
    ...pairs(units.slice(0, PAIRED)).map(pair =>
      demandOf(
        pair,
        pair.map(unit => unit.ways[0]!),
        all,
      ),
    ),
  ]
  return unlike(queries.filter(({ q }) => q.trim() !== '')).slice(0, MOST_QUERIES)
}

/** The ten most telling tokens in a row: the last ones are given up first. */
function chain(units: readonly Unit[]): SubQuery {
  const ways = units.flatMap(unit => unit.ways.slice(0, 1))
  return demand(ways, ways[0]?.factor ?? 0, 'last')
}

const pairs = (units: readonly Unit[]): Unit[][] =>
  units.flatMap((one, at) => units.slice(at + 1).map(other => [one, other]))

/** Units in one way each, weighing their part of all that is asked for. */
const demandOf = (units: readonly Unit[], ways: readonly Way[], all: number): SubQuery =>
  demand(ways, units.reduce((sum, { telling }, at) => sum + telling * (ways[at]?.factor ?? 0), 0) / all)

function demand(
  ways: readonly Way[],
  weight: number,
  matchingStrategy: SubQuery['matchingStrategy'] = 'all',
): SubQuery {
  const open = ways.find(way => way.open !== undefined)?.open
  const rest = ways.flatMap(way => [...way.tokens, ...(way.open && way.open !== open ? [way.open] : [])])
  const tokens = [...new Set(rest)].slice(0, open ? MOST_TOKENS - 1 : MOST_TOKENS)
  // a blank at the end says that the last token goes on no further
  const q = open ? [...tokens, open].join(' ') : `${tokens.join(' ')} `
  return { q, weight, matchingStrategy, isPlain: false }
}

/** Everything as it sounds, for what was misheard. */
function heardAs(analysis: QueryAnalysis, units: readonly Unit[]): SubQuery {
  const order = new Map(units.map((unit, at) => [unit.ways[0]?.tokens[0], at]))
  const keys = [...analysis.grams.keys()].toSorted(
    (one, other) => (order.get(gramToken(one)) ?? Infinity) - (order.get(gramToken(other)) ?? Infinity),
  )
  const tokens = keys.map(soundOf).filter(Boolean)
  return demand([{ tokens, factor: 1 }], HEARD, 'last')
}

/** The text as the server cuts it: finds little more, and everything should our own terms be lost. */
function plainText({ text }: QueryAnalysis): SubQuery {
  const q = text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
  return { q, weight: PLAIN, matchingStrategy: 'last', isPlain: true }
}

function unlike(queries: readonly SubQuery[]): SubQuery[] {
  const best = new Map<string, SubQuery>()
  for (const query of queries) {
    const key = `${query.matchingStrategy} ${query.isPlain} ${query.q}`
    const known = best.get(key)
    if (!known || known.weight < query.weight) best.set(key, query)
  }
  return [...best.values()]
}
