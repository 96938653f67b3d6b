import { and, asc, desc, inArray, lte } from 'drizzle-orm'
import type { Deps } from '#server/deps.ts'
import { write, type Db } from '#server/platform/db/db.ts'
import { leaveInOutbox } from '#server/platform/kernel/records.ts'
import { outbox } from '#server/platform/kernel/tables.ts'
import { INDEX_ENTRY, entriesTurnedBetween } from '#server/entries/index.ts'
import { INDEX_NOTICE, noticesTurnedBetween } from '#server/notices/index.ts'
import { entryDocumentId, noticeDocumentId } from './documents.ts'
import { documentsInForce, eachInForce } from './in-force.ts'
import { SEND } from './left-to-send.ts'

const BATCH = 500
/** The outbox rows that are the index's to carry out; the others are left to whom they concern. */
const EFFECTS = [INDEX_ENTRY, INDEX_NOTICE]

type Given = Pick<Deps, 'db' | 'engine' | 'clock' | 'remote'>

/**
 * Keeps an engine in step with the database. The engine is a cache: everything in it can be made again. Where another
 * engine outside the process follows it, each document that changed is left to be sent there.
 */
export class Indexer {
  /** Is told when something was left to be sent. */
  onLeft: () => void = () => undefined
  readonly #deps: Given
  #seenUntil: number
  #following: Promise<void> = Promise.resolve()

  constructor(deps: Given) {
    this.#deps = deps
    this.#seenUntil = deps.clock()
  }

  /** Fills the engine with all that is in force; searches are answered from what was there until it is done. */
  async rebuild(): Promise<void> {
    const { db, engine, clock } = this.#deps
    const now = clock()
    const last = db.select({ id: outbox.id }).from(outbox).orderBy(desc(outbox.id)).get()?.id ?? 0
    await engine.rebuild(eachInForce(db, now))
    this.#seenUntil = now
    const taken = and(inArray(outbox.effect, EFFECTS), lte(outbox.id, last))
    write(db, tx => tx.delete(outbox).where(taken).run())
  }

  /**
   * Takes over what was committed since, and what came into force or lapsed by the clock; once it resolves, a search
   * sees it. Cheap when there is nothing. An outbox row is deleted only after the engine has it, so a crash repeats it.
   */
  follow(): Promise<void> {
    this.#following = this.#following.catch(() => undefined).then(() => this.#followNow())
    return this.#following
  }

  async #followNow(): Promise<void> {
    const { db, clock } = this.#deps
    const now = clock()
    if (now > this.#seenUntil) {
      const entryIds = entriesTurnedBetween(db, this.#seenUntil, now)
      await this.#renew(entryIds, noticesTurnedBetween(db, this.#seenUntil, now), [])
      this.#seenUntil = now
    }
    for (let rows = waiting(db); rows.length > 0; rows = waiting(db)) {
      const done = rows.map(row => row.id)
      await this.#renew(subjects(rows, INDEX_ENTRY), subjects(rows, INDEX_NOTICE), done)
    }
  }

  /** Renews documents and takes the outbox rows away that asked for it, both harmless to repeat. */
  async #renew(entryIds: number[], noticeIds: number[], done: number[]): Promise<void> {
    if (entryIds.length + noticeIds.length === 0) return
    const { db, engine, clock, remote } = this.#deps
    const remove = [...entryIds.map(entryDocumentId), ...noticeIds.map(noticeDocumentId)]
    await engine.apply({ put: documentsInForce(db, clock(), entryIds, noticeIds), remove })
    write(db, tx => {
      tx.delete(outbox).where(inArray(outbox.id, done)).run()
      if (remote) for (const id of remove) leaveInOutbox(tx, clock(), SEND, id)
    })
    if (remote) this.onLeft()
  }
}

const waiting = (db: Db) =>
  db.select().from(outbox).where(inArray(outbox.effect, EFFECTS)).orderBy(asc(outbox.id)).limit(BATCH).all()

const subjects = (rows: ReturnType<typeof waiting>, effect: string): number[] => [
  ...new Set(rows.filter(row => row.effect === effect).map(row => Number(row.subject))),
]
