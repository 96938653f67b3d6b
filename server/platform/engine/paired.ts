import type { EngineFault, EngineState } from '#server/contract/engine.ts'
import { createBreaker } from './breaker.ts'
import type { EngineChanges, EngineHealth, EngineQuery, EngineResult, SearchEngine } from './port.ts'

/** A fault of the main engine as the pair needs to know it. */
export interface MainFault {
  kind: EngineFault
  /** What the one outside calls it. */
  code?: string | undefined
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

/** With more changes on their way the fallback answers alone: merging would be guessing. */
const MOST_FRESH = 500
const MOST_HITS = 1000
/** Once, these may be chance. */
const CHANCE = ['timeout', 'rejected']

/** Makes a pair that begins with the fallback answering. */
export const pairEngines = (pair: Pair): PairedEngine => new PairedEngine(pair)

/**
 * Two engines as one: `apply` and `rebuild` change the fallback, and what the main engine does not have yet is answered
 * from there and merged in. A main engine that fails is left alone for a while; no search fails because of it.
 */
export class PairedEngine implements SearchEngine {
  readonly name: string
  /** Ids that changed and are not with the main engine, each with a number that grows with every change of it. */
  readonly fresh = new Map<string, number>()
  /** Is told when the main engine begins to fail, and of hits that are no longer true. */
  onTrouble: (stale: readonly string[]) => void = () => undefined
  readonly #pair: Pair
  readonly #clock: () => number
  readonly #breaker = createBreaker()
  readonly #aside = new Map<string, string | undefined>()
  #state: EngineState = 'looking'
  #since: number
  #fault: MainFault | undefined
  #changes = 0
  #stale = 0

  constructor(pair: Pair) {
    this.#pair = pair
    this.#clock = pair.clock ?? (() => performance.now())
    this.#since = this.#clock()
    this.name = pair.main.name
  }

  get size(): number {
    return this.#pair.fallback.size
  }

  /** Whether the main engine may be tried again. */
  get isDue(): boolean {
    return this.#clock() >= this.#breaker.retryAt
  }

  get health(): EngineHealth {
    const counts = { waiting: this.fresh.size, setAside: this.#aside.size, stale: this.#stale }
    const { kind, code } = this.#fault ?? {}
    const fault = { ...(kind !== undefined && { fault: kind }), ...(code !== undefined && { code }) }
    const lasting = this.#clock() - this.#since
    return { degraded: this.#state !== 'serving', state: this.#state, lasting, ...counts, ...fault }
  }

  async search(query: EngineQuery): Promise<EngineResult> {
    const { main, fallback } = this.#pair
    const young = new Set([...this.fresh.keys(), ...this.#aside.keys()])
    if (this.#state !== 'serving' || young.size > MOST_FRESH) return this.#standIn(query)
    try {
      const asked = young.size > 0 ? widened(query) : query
      const found = await main.search(asked)
      this.#breaker.succeeded()
      if (found.hits.length === 0 && !(await this.#isEmpty(asked, young))) return this.#standIn(query)
      return young.size > 0 ? merged(query, found, await fallback.search(asked), young) : found
    } catch (error) {
      this.fail(error)
      this.onTrouble([])
      return this.#standIn(query)
    }
  }

  async apply(changes: EngineChanges): Promise<void> {
    this.#changes += 1
    for (const id of [...changes.remove, ...changes.put.map(document => document.id)]) {
      this.fresh.set(id, this.#changes)
      this.#aside.delete(id)
    }
    await this.#pair.fallback.apply(changes)
  }

  rebuild: SearchEngine['rebuild'] = documents => this.#pair.fallback.rebuild(documents)

  /** Changes of these ids, as numbered then, are with the main engine. */
  confirm(numbers: ReadonlyMap<string, number>): void {
    for (const [id, number] of numbers) if (this.fresh.get(id) === number) this.fresh.delete(id)
  }

  /** The main engine was sent these; for those it would not take, each with its code why, the fallback answers. */
  settle(sent: readonly string[], refused: ReadonlyMap<string, string | undefined>): void {
    for (const id of sent) this.#aside.delete(id)
    for (const [id, code] of refused) this.#aside.set(id, code)
  }

  /** The main engine's code for why it would not take a document, where it gave one. */
  codeAgainst(id: string): string | undefined {
    return this.#aside.get(id)
  }

  /** The main engine is in step and answers. */
  serve(): void {
    this.#breaker.close()
    this.#enter('serving')
    this.#fault = undefined
  }

  /** What is being done to the main engine before it can serve. */
  prepare(state: 'looking' | 'building' | 'comparing'): void {
    // what is down stays so for whoever watches until the look at it says otherwise
    if (state !== 'looking' || this.#state !== 'down') this.#enter(state)
  }

  /** The main engine failed; it is left alone unless that may be chance. */
  fail(error: unknown): MainFault {
    const found = this.#pair.faultOf(error)
    this.#breaker.failed(this.#clock(), !CHANCE.includes(found.kind), found.retryAfter)
    if (this.#breaker.isClosed) return found
    this.#enter('down')
    this.#fault = found
    return found
  }

  #enter(state: EngineState): void {
    if ((state === 'serving') !== (this.#state === 'serving')) this.#since = this.#clock()
    this.#state = state
  }

  disown(ids: readonly string[]): void {
    if (ids.length === 0 || this.#state !== 'serving') return
    this.#stale += ids.length
    this.onTrouble(ids)
  }

  async close(): Promise<void> {
    await Promise.all([this.#pair.main.close(), this.#pair.fallback.close()])
  }

  /** An index that was emptied finds nothing either: that nothing but young ones is found is believed only of both. */
  async #isEmpty(query: EngineQuery, young: ReadonlySet<string>): Promise<boolean> {
    const { hits } = await this.#pair.fallback.search({ ...query, limit: young.size + 1 })
    return hits.every(({ id }) => young.has(id))
  }

  async #standIn(query: EngineQuery): Promise<EngineResult> {
    const { fallback } = this.#pair
    return { ...(await fallback.search(query)), answeredBy: fallback.name, degraded: true }
  }
}

/** From the beginning, so that both results can be merged before the page is cut out. */
const widened = (query: EngineQuery): EngineQuery => {
  return { ...query, limit: Math.min(MOST_HITS, query.offset + query.limit), offset: 0 }
}

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
  const page = hits.slice(query.offset, query.offset + query.limit)
  return { ...main, hits: page, total: Math.max(hits.length, main.total - gone + scored.length) }
}
