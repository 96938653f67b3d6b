import type { FastifyBaseLogger } from 'fastify'
import { and, asc, like, lte } from 'drizzle-orm'
import type { Deps } from '#server/deps.ts'
import { write } from '#server/platform/db/db.ts'
import { NOTIFY } from '#server/platform/kernel/records.ts'
import { outbox } from '#server/platform/kernel/tables.ts'
import { tellOf } from './commands.ts'
import { tellWhatIsDue } from './due.ts'

const BATCH = 500

/** Turns what commands left in the outbox into notifications, and tells what comes due by the clock. */
export class Notifier {
  readonly #deps: Pick<Deps, 'db' | 'clock' | 'config'>
  readonly #log: Pick<FastifyBaseLogger, 'error'>

  constructor(deps: Pick<Deps, 'db' | 'clock' | 'config'>, log: Pick<FastifyBaseLogger, 'error'>) {
    this.#deps = deps
    this.#log = log
  }

  /**
   * Takes over what was committed since; cheap when there is nothing. A row is told and taken away in one transaction,
   * so a crash neither loses nor repeats it. One that fails is left for the next time and stops no other.
   */
  follow(): void {
    const { db, clock, config } = this.#deps
    for (const row of this.#waiting()) {
      try {
        write(db, tx => tellOf(tx, clock(), row, config.mail !== undefined))
      } catch (error) {
        this.#log.error({ err: error, outbox: row.id }, 'an event could not be told')
      }
    }
  }

  /** Looks for what the clock alone has brought. */
  look(): void {
    const { db, clock, config } = this.#deps
    this.follow()
    tellWhatIsDue(db, clock(), config.mail !== undefined)
  }

  #waiting() {
    const { db, clock } = this.#deps
    const ready = and(like(outbox.effect, `${NOTIFY}%`), lte(outbox.notBefore, clock()))
    return db.select().from(outbox).where(ready).orderBy(asc(outbox.id)).limit(BATCH).all()
  }
}
