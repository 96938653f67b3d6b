import Database from 'better-sqlite3'
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { sql, type SQL } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { fileURLToPath } from 'node:url'

export type Db = BetterSQLite3Database & { $client: Database.Database }
/** The handle of an open transaction: the only way to write. */
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0]
/** Anything a query may read through: the database or a transaction. */
export type Reader = Db | Tx

const MIGRATIONS = fileURLToPath(new URL('migrations', import.meta.url))

const PRAGMAS = [
  'busy_timeout = 5000', // first, so that the others wait too
  'journal_mode = WAL',
  'synchronous = FULL', // an approval that was answered must survive a power cut
  'secure_delete = FAST', // what is deleted, such as a number, is overwritten in its page
  'temp_store = MEMORY',
  'cache_size = -65536',
]

/** A table that others point to is made anew by dropping it: what points to it must wait, and no pragma is heard within a migration. */
const MIGRATING = 'foreign_keys = OFF'
const MIGRATED = 'foreign_keys = ON'

/**
 * Opens (and creates) the database at `path` (or ':memory:', or in memory what `serialize()` of another gave) and brings
 * its tables up to date. Throws what SQLite says when the file is locked, read-only or not a database.
 */
export function openDb(path: string | Buffer): Db {
  const client = new Database(path)
  try {
    for (const pragma of PRAGMAS) client.pragma(pragma)
    const db = drizzle(client) as Db
    client.pragma(MIGRATING)
    migrate(db, { migrationsFolder: MIGRATIONS })
    client.pragma(MIGRATED)
    return db
  } catch (error) {
    client.close()
    throw error
  }
}

/** Opens the database at `path` without being able to change it. Throws when there is none or it is of an older service. */
export function openToRead(path: string): Db {
  return drizzle(new Database(path, { readonly: true, fileMustExist: true })) as Db
}

/** Takes what was deleted out of the write-ahead log too; what others still read stays in it until the next time. */
export function shedDeleted(db: Db): void {
  db.$client.pragma('wal_checkpoint(TRUNCATE)')
}

/** `column in (ids)` for any number of ids: as one variable, where SQLite would run out of them at 32,766. */
export const among = (column: SQLiteColumn, ids: readonly number[]): SQL =>
  sql`${column} in (select value from json_each(${JSON.stringify(ids)}))`

type NotPromise<T> = T extends PromiseLike<unknown> ? 'an async callback would commit before it finishes' : T

/** Runs `work` in one immediate transaction; whatever it throws rolls everything back. An async callback does not compile. */
export function write<T>(db: Db, work: (tx: Tx) => NotPromise<T>): NotPromise<T> {
  return db.transaction(work, { behavior: 'immediate' })
}
