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
/** How many of the most telling units are combined in every way, in pairs, and asked for alone. */
const COMBINED = 4
const PAIRED = 6
const ALONE = 16
/** A document belongs to the answer when it gives this part of what is asked for. */
const REACH = 0.3
const MOST_QUERIES = 64
const HEARD = 0.5
const PLAIN = 0.08

/**
 * The searches whose union answers a query. Meilisearch cannot add up what single words of a query tell, only demand
 * them: so each combination of the most telling ones that makes up enough of the query is demanded, and weighs what it
 * tells. A document gets the weight of the heaviest combination it has whole.
 */
export function subQueries(units: readonly Unit[], analysis: QueryAnalysis): SubQuery[] {
  const first = units.slice(0, COMBINED)
  const all = first.reduce((sum, { telling }) => sum + telling, 0)
  const everything = units.reduce((sum, { telling }) => sum + telling, 0)
  const queries = [
    chain(units),
    ...units.slice(0, ALONE).map(unit => demandFirst([unit], everything)),
    ...pairs(units.slice(0, PAIRED), all),
    ...combinations(first, all),
    ...otherWays(first, all),
    heardAs(analysis, units),
    plainText(analysis),
  ]
  const wanted = queries.filter(query => query !== undefined && query.q.trim() !== '') as SubQuery[]
  return unlike(wanted).slice(0, MOST_QUERIES)
}

/** The ten most telling tokens in a row: the last ones are given up first. */
function chain(units: readonly Unit[]): SubQuery | undefined {
  const ways = units.flatMap(unit => unit.ways.slice(0, 1))
  return demand(ways, ways[0]?.factor ?? 0, 'last')
}

/** Two of the most telling units, for what has little of a long query. */
const pairs = (units: readonly Unit[], all: number): SubQuery[] =>
  units.flatMap((one, at) => units.slice(at + 1).flatMap(other => demandFirst([one, other], all) ?? []))

function combinations(units: readonly Unit[], all: number): SubQuery[] {
  const queries: SubQuery[] = []
  for (let mask = (1 << units.length) - 1; mask > 0; mask -= 1) {
    const chosen = units.filter((_, at) => mask & (1 << at))
    const query = demandFirst(chosen, all)
    if (query && query.weight >= REACH * units[0]!.ways[0]!.factor) queries.push(query)
  }
  return queries.toSorted((one, other) => other.weight - one.weight)
}

const demandFirst = (units: readonly Unit[], all: number): SubQuery | undefined =>
  demand(
    units.map(unit => unit.ways[0]!),
    units.reduce((sum, { telling, ways }) => sum + telling * ways[0]!.factor, 0) / all,
  )

/** Each unit in its further ways: with all others, and alone. */
function otherWays(units: readonly Unit[], all: number): SubQuery[] {
  return units.flatMap((unit, at) =>
    unit.ways.slice(1).flatMap(way => {
      const changed = { telling: unit.telling, ways: [way] }
      const whole = demandFirst(units.with(at, changed), all)
      const alone = demandFirst([changed], all)
      const best = units.find(other => other !== unit)
      const pair = best && units.length > 2 ? demandFirst([best, changed], all) : undefined
      return [whole, pair, alone].filter(query => query !== undefined)
    }),
  )
}

function demand(
  ways: readonly Way[],
  weight: number,
  matchingStrategy: SubQuery['matchingStrategy'] = 'all',
): SubQuery | undefined {
  const open = ways.find(way => way.open !== undefined)?.open
  const rest = ways.flatMap(way => [...way.tokens, ...(way.open && way.open !== open ? [way.open] : [])])
  const tokens = [...new Set(rest)].slice(0, open ? MOST_TOKENS - 1 : MOST_TOKENS)
  // a blank at the end says that the last token goes on no further
  const q = open ? [...tokens, open].join(' ') : `${tokens.join(' ')} `
  return { q, weight, matchingStrategy, isPlain: false }
}

/** Everything as it sounds, for what was misheard. */
function heardAs(analysis: QueryAnalysis, units: readonly Unit[]): SubQuery | undefined {
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
