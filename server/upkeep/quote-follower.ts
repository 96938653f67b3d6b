import type { FastifyBaseLogger } from 'fastify'
import { asc, eq, inArray } from 'drizzle-orm'
import type { Deps } from '#server/deps.ts'
import { write } from '#server/platform/db/db.ts'
import { readSetting, writeSetting } from '#server/platform/kernel/records.ts'
import { outbox } from '#server/platform/kernel/tables.ts'
import { CHECK_QUOTES, entriesTurnedBetween } from '#server/entries/index.ts'
import { checkQuotes } from './quotes.ts'

const BATCH = 500
/** Up to which instant (ms) what came into force or lapsed by the clock has been looked at. */
const UNTIL = 'quotes_checked_until'
/** How often (ms) the clock is asked at most. */
const STEP = 1_000

/**
 * Looks at the quotes of what was published, retired or turned by the clock since the last time. Its work and the outbox rows it came
 * from are one transaction, so a crash neither loses nor repeats it. A fault is logged and what it was about left for the next time.
 */
export class QuoteFollower {
  readonly #deps: Pick<Deps, 'db' | 'clock'>
  readonly #log: Pick<FastifyBaseLogger, 'error'>
  #until: number

  constructor(deps: Pick<Deps, 'db' | 'clock'>, log: Pick<FastifyBaseLogger, 'error'>) {
    this.#deps = deps
    this.#log = log
    this.#until = Number(readSetting(deps.db, UNTIL) ?? 0)
  }

  /** Takes over what was committed since; cheap when there is nothing. */
  follow(): void {
    try {
      const now = this.#deps.clock()
      this.#followClock(now)
      for (let rows = this.#waiting(); rows.length > 0; rows = this.#waiting()) this.#take(now, rows)
    } catch (error) {
      this.#log.error({ err: error }, 'the quotes of scripts could not be looked at')
    }
  }

  #followClock(now: number): void {
    if (now < this.#until + STEP) return
    const { db } = this.#deps
    const turned = entriesTurnedBetween(db, this.#until, now)
    if (turned.length > 0)
      write(db, tx => {
        checkQuotes(tx, now, new Set(turned))
        writeSetting(tx, UNTIL, String(now))
      })
    this.#until = now
  }

  #waiting() {
    const rows = this.#deps.db.select().from(outbox).where(eq(outbox.effect, CHECK_QUOTES))
    return rows.orderBy(asc(outbox.id)).limit(BATCH).all()
  }

  #take(now: number, rows: readonly (typeof outbox.$inferSelect)[]): void {
    const ids = rows.map(row => row.id)
    write(this.#deps.db, tx => {
      checkQuotes(tx, now, new Set(rows.map(row => Number(row.subject))))
      tx.delete(outbox).where(inArray(outbox.id, ids)).run()
    })
  }
}
