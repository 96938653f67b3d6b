import { segment } from './segment.ts'
import { list, type StoredIndex } from './stored-index.ts'

/** One search as it is sent, as far as the adapter uses it. */
export interface Query {
  indexUid: string
  q?: string | null
  filter?: unknown
  matchingStrategy?: 'all' | 'last' | 'frequency'
  attributesToSearchOn?: string[] | null
  attributesToRetrieve?: string[] | null
  locales?: string[] | null
  federationOptions?: { weight?: number } | null
}

/** How a document meets a query: merged ranks as the server reckons them, 0 to 1. */
export interface Match {
  id: string
  score: number
}

/** Meilisearch reads the first ten tokens of a query. */
const WORDS_LIMIT = 10

interface Met {
  /** The place of the best attribute. */
  place: number
  typos: number
}

/** The documents among `eligible` that a query finds, each with its score. */
export function matches(index: StoredIndex, query: Query, eligible: (id: string) => boolean): Match[] {
  const q = query.q ?? ''
  const terms = segment(q).slice(0, WORDS_LIMIT)
  if (terms.length === 0) return [...index.documents.keys()].filter(eligible).map(id => ({ id, score: 1 }))
  const mask = maskOf(index, query.attributesToSearchOn)
  const isPrefix = !/\s$/u.test(q)
  const met = terms.map((term, at) => meet(index, term, mask, isPrefix && at === terms.length - 1))
  const needed = query.matchingStrategy === 'all' ? terms.length : 1
  const order = query.matchingStrategy === 'frequency' ? rarest(met) : met
  const places = index.searchable.length - 1
  return [...(order[0]?.keys() ?? [])].filter(eligible).flatMap(id => {
    const found = order.slice(0, runOf(order, id)).map(one => one.get(id)!)
    return found.length < needed ? [] : [{ id, score: scoreOf(found, terms.length, places) }]
  })
}

const runOf = (order: readonly Map<string, Met>[], id: string): number => {
  const gap = order.findIndex(one => !one.has(id))
  return gap < 0 ? order.length : gap
}

/** The commonest terms, and those no document has, are given up first. */
const rarest = (met: readonly Map<string, Met>[]): Map<string, Met>[] =>
  met.toSorted((one, other) => (one.size || Infinity) - (other.size || Infinity))

function scoreOf(found: readonly Met[], terms: number, places: number): number {
  const typos = found.reduce((sum, one) => sum + one.typos, 0)
  const most = 2 * found.length
  const far = found.reduce((sum, one) => sum + one.place, 0)
  const ranks = [
    [found.length, terms],
    [most - typos + 1, most + 1],
    [places * found.length - far + 1, places * found.length + 1],
  ] as const
  let [rank, all] = [1, 1]
  for (const [inner, max] of ranks) [rank, all] = [(rank - 1) * max + inner, all * max]
  return rank / all
}

function maskOf(index: StoredIndex, attributes: string[] | null | undefined): number {
  if (!attributes) return -1
  return index.searchable.reduce((mask, name, at) => (attributes.includes(name) ? mask | (1 << at) : mask), 0)
}

function meet(index: StoredIndex, term: string, mask: number, isPrefix: boolean): Map<string, Met> {
  const met = new Map<string, Met>()
  const take = (token: string, allowed: number, typos: number) => {
    for (const [id, attributes] of index.postings.get(token) ?? []) {
      const here = attributes & allowed
      const known = met.get(id)
      if (here === 0 || (known && known.typos <= typos)) continue
      met.set(id, { place: 31 - Math.clz32(here & -here), typos })
    }
  }
  for (const token of isPrefix ? index.tokensFrom(term) : [term]) take(token, mask, 0)
  const tolerant = mask & ~maskOf(index, typoSettings(index).disableOnAttributes)
  const most = typosAllowed(index, term)
  if (most > 0 && tolerant !== 0)
    for (const token of index.tokensIn(tolerant)) {
      if (token[0] !== term[0]) continue
      const typos = distance(term, token, most)
      if (typos > 0 && typos <= most) take(token, tolerant, typos)
    }
  return met
}

function typoSettings(index: StoredIndex) {
  const given = (index.settings.typoTolerance ?? {}) as {
    enabled?: boolean
    minWordSizeForTypos?: { oneTypo?: number; twoTypos?: number }
    disableOnAttributes?: string[]
  }
  return {
    enabled: given.enabled !== false,
    sizes: given.minWordSizeForTypos,
    disableOnAttributes: list(given.disableOnAttributes),
  }
}

function typosAllowed(index: StoredIndex, term: string): number {
  const { enabled, sizes } = typoSettings(index)
  if (!enabled || term.length < (sizes?.oneTypo ?? 5)) return 0
  return term.length < (sizes?.twoTypos ?? 9) ? 1 : 2
}

/** Letters to put in, leave out, change or swap; more than `most` comes out as more. */
function distance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1
  const rows = [Array.from({ length: other.length + 1 }, (_, at) => at)]
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= other.length; j += 1) {
      const change = rows[i - 1]![j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1)
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      const swap = swapped ? rows[i - 2]![j - 2]! + 1 : Infinity
      row.push(Math.min(change, swap, rows[i - 1]![j]! + 1, row[j - 1]! + 1))
    }
    rows.push(row)
  }
  return rows[one.length]![other.length]!
}
