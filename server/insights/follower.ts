import { setImmediate as breathe } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import { and, asc, eq, gt } from 'drizzle-orm'
import type { Deps } from '#server/deps.ts'
import { write, type Tx } from '#server/platform/db/db.ts'
import { createEmbeddedEngine } from '#server/platform/engine/embedded/engine.ts'
import type { SearchEngine } from '#server/platform/engine/port.ts'
import { readSetting, writeSetting } from '#server/platform/kernel/records.ts'
import { outbox } from '#server/platform/kernel/tables.ts'
import { rememberTerms, type Terms } from '#server/platform/text/likeness.ts'
import { CALL_ENDED, endedCall } from '#server/calls/index.ts'
import { question } from '#server/questions/index.ts'
import {
  askedAs,
  askedInVain,
  beginGap,
  gapOfWording,
  isMadeFromGap,
  isPut,
  mostAlike,
  putInto,
  takeOut,
  type Asked,
} from './placing.ts'
import { gap } from './tables.ts'

const BATCH = 500
/** How many of the engine's nearest gaps are compared. */
const NEAREST = 20
const FIELDS = { text: { weight: 1, lengthDiscount: 0.5, initials: false } }
/** Up to which question all are in their gaps. */
const QUESTIONS = 'gap_questions_until'

type Given = Pick<Deps, 'db' | 'clock' | 'lexicon'>

/**
 * Puts what calls asked in vain, and questions, into the gap each is alike to, or begins one. What is put and what it
 * came from are taken away in one transaction, so a crash neither loses nor repeats it; between two, whoever waits for the
 * service has their turn. The engine of gaps is a cache.
 */
export class GapFollower {
  readonly #deps: Given
  readonly #log: Pick<FastifyBaseLogger, 'error'>
  readonly #engine: SearchEngine
  readonly #termsOf: (text: string) => Terms
  #loaded: Promise<void> | undefined
  #following: Promise<void> = Promise.resolve()
  #isClosed = false

  constructor(deps: Given, log: Pick<FastifyBaseLogger, 'error'>) {
    this.#deps = deps
    this.#log = log
    this.#engine = createEmbeddedEngine({ fields: FIELDS, lexicon: deps.lexicon })
    this.#termsOf = rememberTerms(deps.lexicon)
  }

  /** Takes over what was committed since; cheap when there is nothing. What fails is left for the next time. */
  follow(): Promise<void> {
    this.#following = this.#following.catch(() => undefined).then(() => this.#followNow())
    return this.#following
  }

  /** Ends after what is being put now; the rest is left for the next start. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#following.catch(() => undefined)
    await this.#engine.close()
  }

  async #followNow(): Promise<void> {
    let [after, rows] = [0, this.#endedCalls(0)]
    for (; rows.length > 0 && !this.#isClosed; rows = this.#endedCalls(after)) {
      await this.#each(rows, row => this.#takeCall(row))
      after = rows.at(-1)!.id
    }
    for (let next = this.#questions(); next.length > 0 && !this.#isClosed; next = this.#questions())
      await this.#each(next, row => this.#takeQuestion(row))
  }

  async #each<Row>(rows: readonly Row[], take: (row: Row) => Promise<void>): Promise<void> {
    for (const row of rows) {
      if (this.#isClosed) return
      await take(row)
      await breathe()
    }
  }

  #endedCalls(after: number) {
    const waiting = and(eq(outbox.effect, CALL_ENDED), gt(outbox.id, after))
    return this.#deps.db.select().from(outbox).where(waiting).orderBy(asc(outbox.id)).limit(BATCH).all()
  }

  async #takeCall(row: typeof outbox.$inferSelect): Promise<void> {
    const { db } = this.#deps
    try {
      const ended = endedCall(db, Number(row.subject))
      const isInVain = ended !== undefined && !ended.isResolved
      for (const one of isInVain ? askedInVain(ended) : []) await this.#put(one)
      write(db, tx => {
        if (ended?.isResolved) takeOut(tx, ended.id)
        tx.delete(outbox).where(eq(outbox.id, row.id)).run()
      })
    } catch (error) {
      this.#log.error({ err: error, outbox: row.id }, 'what a call asked in vain could not be taken over')
    }
  }

  #questions() {
    const { db } = this.#deps
    const isNew = gt(question.id, Number(readSetting(db, QUESTIONS) ?? 0))
    return db.select().from(question).where(isNew).orderBy(asc(question.id)).limit(BATCH).all()
  }

  /** A question made from a gap is not one more that was asked. */
  async #takeQuestion(row: typeof question.$inferSelect): Promise<void> {
    const { db } = this.#deps
    const done = (tx: Tx) => writeSetting(tx, QUESTIONS, String(row.id))
    if (isMadeFromGap(db, row.id)) write(db, done)
    else await this.#put(askedAs(row), done)
  }

  async #put(one: Asked, done?: (tx: Tx) => void): Promise<void> {
    const { db, clock } = this.#deps
    const known = await this.#placeOf(one)
    const begun = write(db, tx => {
      done?.(tx)
      if (isPut(tx, one)) return undefined
      const gapId = known ?? beginGap(tx, clock(), one)
      putInto(tx, gapId, one)
      return known === undefined ? gapId : undefined
    })
    if (begun !== undefined) await this.#engine.apply({ put: [documentOf(begun, one.text)], remove: [] })
  }

  async #placeOf({ wording, text }: Asked): Promise<number | undefined> {
    const { db } = this.#deps
    const same = gapOfWording(db, wording)
    if (same !== undefined) return same
    this.#loaded ??= this.#load()
    await this.#loaded
    const { hits } = await this.#engine.search({ text, limit: NEAREST, offset: 0 })
    const ids = hits.map(hit => Number(hit.id))
    return mostAlike(db, this.#termsOf, text, ids)
  }

  async #load(): Promise<void> {
    const rows = this.#deps.db.select({ id: gap.id, text: gap.text }).from(gap).all()
    await this.#engine.apply({ put: rows.map(row => documentOf(row.id, row.text)), remove: [] })
  }
}

const documentOf = (id: number, text: string) => ({
  id: String(id),
  fields: { text: [text] },
  facets: {},
  areas: [],
  prior: 0.5,
})
