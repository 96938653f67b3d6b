import { and, asc, desc, inArray, lte } from 'drizzle-orm'
import type { Deps } from '#server/deps.ts'
import { write, type Db } from '#server/platform/db/db.ts'
import type { EngineDocument } from '#server/platform/engine/port.ts'
import { outbox } from '#server/platform/kernel/tables.ts'
import { INDEX_ENTRY, entriesTurnedBetween, searchableEntries } from '#server/entries/index.ts'
import { INDEX_NOTICE, noticesInForce, noticesTurnedBetween } from '#server/notices/index.ts'
import { entryDocument, entryDocumentId, isSearched, noticeDocument, noticeDocumentId } from './documents.ts'

const BATCH = 500
/** The outbox rows that are the index's to carry out; the others are left to whom they concern. */
const EFFECTS = [INDEX_ENTRY, INDEX_NOTICE]

/** Keeps an engine in step with the database. The engine is a cache: everything in it can be made again. */
export class Indexer {
  readonly #deps: Pick<Deps, 'db' | 'engine' | 'clock'>
  #seenUntil: number
  #following: Promise<void> = Promise.resolve()

  constructor(deps: Pick<Deps, 'db' | 'engine' | 'clock'>) {
    this.#deps = deps
    this.#seenUntil = deps.clock()
  }

  /** Fills the engine with all that is in force; searches are answered from what was there until it is done. */
  async rebuild(): Promise<void> {
    const { db, engine, clock } = this.#deps
    const now = clock()
    const last = db.select({ id: outbox.id }).from(outbox).orderBy(desc(outbox.id)).get()?.id ?? 0
    await engine.rebuild(documents(db, now))
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
      await this.#renew(
        entriesTurnedBetween(db, this.#seenUntil, now),
        noticesTurnedBetween(db, this.#seenUntil, now),
      )
      this.#seenUntil = now
    }
    for (let rows = waiting(db); rows.length > 0; rows = waiting(db)) {
      await this.#renew(subjects(rows, INDEX_ENTRY), subjects(rows, INDEX_NOTICE))
      const done = rows.map(row => row.id)
      write(db, tx => tx.delete(outbox).where(inArray(outbox.id, done)).run())
    }
  }

  async #renew(entryIds: number[], noticeIds: number[]): Promise<void> {
    if (entryIds.length + noticeIds.length === 0) return
    const { db, engine, clock } = this.#deps
    const remove = [...entryIds.map(entryDocumentId), ...noticeIds.map(noticeDocumentId)]
    await engine.apply({ put: documents(db, clock(), entryIds, noticeIds), remove })
  }
}

const documents = (db: Db, now: number, entryIds?: number[], noticeIds?: number[]): EngineDocument[] => [
  ...searchableEntries(db, now, entryIds).filter(isSearched).map(entryDocument),
  ...noticesInForce(db, now, noticeIds).map(noticeDocument),
]

const waiting = (db: Db) =>
  db.select().from(outbox).where(inArray(outbox.effect, EFFECTS)).orderBy(asc(outbox.id)).limit(BATCH).all()

const subjects = (rows: ReturnType<typeof waiting>, effect: string): number[] => [
  ...new Set(rows.filter(row => row.effect === effect).map(row => Number(row.subject))),
]
