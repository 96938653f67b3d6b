import type { FastifyBaseLogger } from 'fastify'
import type { Deps } from '#server/deps.ts'
import { MINUTE } from '#server/platform/kernel/clock.ts'
import { escalate } from './due.ts'
import { settle } from './settle.ts'

/** Keeps questions in step with what the committee decided and with the clock. */
export class Follower {
  readonly #deps: Pick<Deps, 'db' | 'clock'>
  readonly #log: Pick<FastifyBaseLogger, 'error'>
  #seen = ''

  constructor(deps: Pick<Deps, 'db' | 'clock'>, log: Pick<FastifyBaseLogger, 'error'>) {
    this.#deps = deps
    this.#log = log
  }

  /** Takes over what was committed since the last time; costs nothing when nothing was. A fault is logged, never thrown. */
  follow(): void {
    if (this.#changes() !== this.#seen) this.#run(() => settle(this.#deps.db, this.#deps.clock(), false))
  }

  /** Looks also for what the clock alone has brought: answers that lapsed, questions that are late. */
  look(): void {
    this.#run(() => {
      const { db, clock } = this.#deps
      settle(db, clock(), true)
      escalate(db, clock())
    })
  }

  #run(work: () => void): void {
    try {
      work()
      this.#seen = this.#changes()
    } catch (error) {
      this.#log.error(error)
    }
  }

  /** Differs once anything was written, here or by another process, and every minute, for what comes into force by the clock. */
  #changes(): string {
    const { $client } = this.#deps.db
    const here = $client.prepare('select total_changes()').pluck().get()
    return `${here} ${$client.pragma('data_version', { simple: true })} ${Math.floor(this.#deps.clock() / MINUTE)}`
  }
}
