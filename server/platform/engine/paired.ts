import { createBreaker } from './breaker.ts'
import type { EngineHealth, EngineQuery, EngineResult, SearchEngine } from './port.ts'

/** A fault of the main engine as the pair needs to know it. */
export interface MainFault {
  kind: string
  retryAfter?: number | undefined
}

/** What the pair is made of. */
export interface Pair {
  /** Serves while it can; kept in step by somebody else, who calls `confirm`. */
  main: SearchEngine
  /** In this process, always there and always in step. */
  fallback: SearchEngine
  /** What an error of the main engine comes to. */
  faultOf: (error: unknown) => MainFault
  /** A clock that only goes forward, ms. */
  clock?: () => number
}

/** Two engines as one: `apply` and `rebuild` change the fallback; `fresh` are the ids the main engine does not have yet. */
export interface PairedEngine extends SearchEngine {
  readonly health: EngineHealth
  /** Ids that changed since, each with a number that grows with every change of it. */
  readonly fresh: ReadonlyMap<string, number>
  /** Whether the main engine may be tried again. */
  readonly isDue: boolean
  /** Changes of these ids, as numbered then, are with the main engine. */
  confirm(numbers: ReadonlyMap<string, number>): void
  /** Documents the main engine would not take: the fallback answers for them. */
  setAside(ids: readonly string[]): void
  /** The main engine is in step and answers. */
  serve(): void
  /** What is being done to the main engine before it can serve. */
  prepare(state: 'looking' | 'building' | 'comparing'): void
  /** The main engine cannot serve. */
  fail(error: unknown): MainFault
  /** Is told when the main engine begins to fail, and of hits that are no longer true. */
  onTrouble: (stale: readonly string[]) => void
}

/** With more changes on their way the fallback answers alone: merging would be guessing. */
const MOST_FRESH = 500
/** One slow answer may be chance; these are not. */
const CHANCE = ['timeout', 'rejected']

/** Makes a pair that begins with the fallback answering. */
export function pairEngines({
  main,
  fallback,
  faultOf,
  clock = () => performance.now(),
}: Pair): PairedEngine {
  const breaker = createBreaker()
  const fresh = new Map<string, number>()
  const aside = new Set<string>()
  let [state, fault, changes, stale] = ['looking', undefined as string | undefined, 0, 0]
  const fail = (error: unknown): MainFault => {
    const found = faultOf(error)
    breaker.failed(clock(), !CHANCE.includes(found.kind), found.retryAfter)
    if (!breaker.isClosed) [state, fault] = ['down', found.kind]
    return found
  }
  const standIn = async (query: EngineQuery): Promise<EngineResult> => {
    return { ...(await fallback.search(query)), answeredBy: fallback.name, degraded: true }
  }
  const search = async (query: EngineQuery): Promise<EngineResult> => {
    if (state !== 'serving' || fresh.size + aside.size > MOST_FRESH) return standIn(query)
    const young = new Set([...fresh.keys(), ...aside])
    try {
      const found = await main.search(young.size > 0 ? widened(query) : query)
      breaker.succeeded()
      return young.size > 0 ? merged(query, found, await fallback.search(widened(query)), young) : found
    } catch (error) {
      fail(error)
      pair.onTrouble([])
      return standIn(query)
    }
  }
  const pair: PairedEngine = {
    name: main.name,
    fresh,
    get size() {
      return fallback.size
    },
    get isDue() {
      return clock() >= breaker.retryAt
    },
    get health() {
      const [waiting, setAside] = [fresh.size, aside.size]
      return { degraded: state !== 'serving', state, waiting, setAside, stale, ...(fault && { fault }) }
    },
    search,
    apply: async change => {
      changes += 1
      for (const id of [...change.remove, ...change.put.map(document => document.id)]) {
        fresh.set(id, changes)
        aside.delete(id)
      }
      await fallback.apply(change)
    },
    rebuild: documents => fallback.rebuild(documents),
    confirm: numbers => {
      for (const [id, number] of numbers) if (fresh.get(id) === number) fresh.delete(id)
    },
    setAside: ids => ids.forEach(id => aside.add(id)),
    serve: () => {
      breaker.succeeded()
      ;[state, fault] = ['serving', undefined]
    },
    prepare: doing => {
      state = doing
    },
    fail,
    disown: ids => {
      if (ids.length === 0 || state !== 'serving') return
      stale += ids.length
      pair.onTrouble(ids)
    },
    onTrouble: () => undefined,
    close: async () => {
      await Promise.all([main.close(), fallback.close()])
    },
  }
  return pair
}

/** From the beginning, so that both results can be merged before the page is cut out. */
const widened = (query: EngineQuery): EngineQuery => ({
  ...query,
  limit: Math.min(1000, query.offset + query.limit),
  offset: 0,
})

/**
 * What the main engine found without the young ones, and the young ones where the fallback has them. Scores of two
 * engines do not compare, places do: a young hit takes the score of the main hit whose place it has.
 */
function merged(
  query: EngineQuery,
  main: EngineResult,
  fallback: EngineResult,
  young: ReadonlySet<string>,
): EngineResult {
  const old = main.hits.filter(hit => !young.has(hit.id))
  const best = main.hits[0]?.score ?? 1
  const scored = fallback.hits.flatMap(({ id, score }, place) => {
    if (!young.has(id)) return []
    return [{ id, score: main.hits[place]?.score ?? (best * score) / (fallback.hits[0]?.score || 1) }]
  })
  const hits = [...scored, ...old].toSorted((one, other) => other.score - one.score)
  const gone = main.hits.length - old.length
  return {
    ...main,
    hits: hits.slice(query.offset, query.offset + query.limit),
    total: Math.max(hits.length, main.total - gone + scored.length),
  }
}
