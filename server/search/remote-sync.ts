import type { FastifyBaseLogger } from 'fastify'
import { and, asc, eq, inArray, or } from 'drizzle-orm'
import type { Deps } from '#server/deps.ts'
import { write } from '#server/platform/db/db.ts'
import { faultOf } from '#server/platform/engine/meilisearch/faults.ts'
import { leaveInOutbox } from '#server/platform/kernel/records.ts'
import { outbox } from '#server/platform/kernel/tables.ts'
import { eachInForce, eachOf } from './in-force.ts'
import { ASIDE, leaveToSend, SEND } from './left-to-send.ts'
import { differences, gathered } from './remote-compare.ts'

const BATCH = 1000
/** Milliseconds between looks for what changed, when nobody searches meanwhile. */
const IDLE = 1000
/** What is asked before the server answers agents again. */
const PROBE = { text: '停电', limit: 1, offset: 0 }
/** How often, of which one answer in time is enough. */
const PROBES = 5
/** Each so many rounds the documents are counted. */
const COUNTED = 10

type Log = Pick<FastifyBaseLogger, 'warn'>
type Given = Pick<Deps, 'db' | 'clock'> & { remote: NonNullable<Deps['remote']> }

/**
 * Keeps the engine outside in step with the database: looks it over, builds it where it must be, compares what it holds
 * at each start and after each failure, then sends what changed. Everything may be broken off and done twice.
 */
export class RemoteSync {
  readonly #deps: Given
  readonly #log: Log
  readonly #follow: () => Promise<void>
  #timer: NodeJS.Timeout | undefined
  #round: Promise<void> = Promise.resolve()
  #rounds = 0
  #isLevel = false
  #isPoked = false
  /** Whether a planned round is: more of them would only queue up behind a slow one. */
  #isUnderWay = false
  #isClosed = false

  /** `follow` brings the engine in the process up to date and leaves what is to be sent. */
  constructor(deps: Given, follow: () => Promise<void>, log: Log) {
    this.#deps = deps
    this.#log = log
    this.#follow = follow
    deps.remote.pair.onTrouble = stale => this.#mend(stale)
  }

  /** Begins; returns at once. */
  start(): void {
    const retried = { effect: SEND, attempts: 0 }
    write(this.#deps.db, tx => tx.update(outbox).set(retried).where(eq(outbox.effect, ASIDE)).run())
    this.poke()
  }

  /** Something is to be sent. */
  poke(): void {
    this.#isPoked = true
    this.#plan(0)
  }

  /** Does what there is to do; never throws. Rounds follow each other. */
  round(): Promise<void> {
    this.#round = this.#round.then(() => this.#roundNow())
    return this.#round
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#timer)
    await this.#deps.remote.main.close()
    await this.#round
  }

  #plan(wait: number): void {
    if (this.#isClosed) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#planned(), wait).unref()
  }

  async #planned(): Promise<void> {
    if (this.#isUnderWay) return // its end looks whether there is more
    ;[this.#isUnderWay, this.#isPoked] = [true, false]
    await this.round()
    this.#isUnderWay = false
    this.#plan(this.#isPoked ? 0 : IDLE)
  }

  async #roundNow(): Promise<void> {
    const { pair } = this.#deps.remote
    if (this.#isClosed || !pair.isDue) return
    try {
      await this.#follow()
      if (pair.health.state !== 'serving' || (await this.#hasDrifted())) this.#isLevel = false
      if (!this.#isLevel) await this.#level()
      await this.#drain()
      if (!this.#isLevel || pair.health.state === 'serving') return
      await this.#probe()
      pair.serve()
    } catch (error) {
      this.#isLevel = false
      pair.fail(error)
      if (!this.#isClosed) this.#log.warn({ err: error }, 'the engine outside the process does not serve')
    }
  }

  /** A server may take changes and still not answer searches; an index just opened is slow at first. */
  async #probe(): Promise<void> {
    const { main } = this.#deps.remote
    for (let left = PROBES; left > 0; left -= 1) {
      const failed = await main.search(PROBE).then(() => undefined, faultOf)
      if (!failed) return
      if (failed.kind !== 'timeout' || left === 1) throw failed
    }
  }

  /** Now and then, at rest: whether somebody else changed the index, or it was restored as it once was. */
  async #hasDrifted(): Promise<boolean> {
    const { main, pair } = this.#deps.remote
    this.#rounds += 1
    if (this.#rounds % COUNTED !== 0 || pair.fresh.size > 0) return false
    const { documents, isUntouched } = await main.standing()
    return !isUntouched || documents !== pair.size - pair.health.setAside
  }

  async #level(): Promise<void> {
    const { db, clock, remote } = this.#deps
    const { main, pair } = remote
    pair.prepare('looking')
    let found = await main.inspect()
    if (found.state !== 'ready') {
      pair.prepare('building')
      await main.rebuild(eachInForce(db, clock()))
      found = await main.inspect()
      pair.prepare('comparing')
      await this.#compare()
    } else if (!found.isUntouched || found.documents !== pair.size - pair.health.setAside) {
      pair.prepare('comparing')
      await this.#compare()
    }
    this.#isLevel = true
  }

  async #compare(): Promise<void> {
    const { db, clock, remote } = this.#deps
    leaveToSend(db, clock(), await differences(remote.main, eachInForce(db, clock())))
  }

  async #drain(): Promise<void> {
    const { db, clock, remote } = this.#deps
    const { main, pair } = remote
    for (let rows = this.#waiting(); rows.length > 0 && !this.#isClosed; rows = this.#waiting()) {
      const ids = [...new Set(rows.map(row => row.subject))]
      const numbers = new Map(
        ids.flatMap(id => (pair.fresh.has(id) ? [[id, pair.fresh.get(id)!] as const] : [])),
      )
      const put = await gathered(eachOf(db, clock(), ids))
      const refused = await main.send({ put, remove: ids }, rows.at(-1)!.id)
      const done = rows.map(row => row.id)
      write(db, tx => {
        const ofThese = or(
          inArray(outbox.id, done),
          and(eq(outbox.effect, ASIDE), inArray(outbox.subject, ids)),
        )
        const over = tx.delete(outbox).where(ofThese).returning().all()
        for (const id of refused.keys()) leaveInOutbox(tx, oldestOf(over, id), ASIDE, id)
      })
      pair.confirm(numbers)
      pair.settle(ids, refused)
    }
  }

  #waiting() {
    const { db } = this.#deps
    return db.select().from(outbox).where(eq(outbox.effect, SEND)).orderBy(asc(outbox.id)).limit(BATCH).all()
  }

  /** The engine began to fail, or had hits that are no longer true. */
  #mend(stale: readonly string[]): void {
    leaveToSend(this.#deps.db, this.#deps.clock(), stale)
    this.poke()
  }
}

/** Since when a document has been waiting, also where it was set aside before. */
const oldestOf = (rows: readonly (typeof outbox.$inferSelect)[], id: string): number =>
  Math.min(...rows.filter(row => row.subject === id).map(row => row.createdAt))
