import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { expect, expectTypeOf, test } from 'vitest'
import { openDb, write, type Db, type Tx } from '#server/platform/db/db.ts'
import { lockUntilExit } from '#server/platform/db/only-one.ts'
import { readSetting, writeSetting } from '#server/platform/kernel/records.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'firstline-db-'))

test('opening makes every table and opening again changes nothing', () => {
  const path = join(folder(), 'a.db')
  const first = openDb(path)
  write(first, tx => writeSetting(tx, 'city', '东城'))
  first.$client.close()
  const again = openDb(path)
  expect(readSetting(again, 'city')).toBe('东城')
  const tables = again.all<{ name: string }>(sql`select name from sqlite_master where type = 'table'`)
  expect(tables.map(table => table.name)).toEqual(
    expect.arrayContaining(['entry', 'revision', 'call', 'notice']),
  )
  again.$client.close()
})

test('what is answered survives a power cut, and rows point to rows that exist', () => {
  const db = openDb(join(folder(), 'a.db'))
  expect(db.$client.pragma('journal_mode', { simple: true })).toBe('wal')
  expect(db.$client.pragma('synchronous', { simple: true })).toBe(2)
  expect(db.$client.pragma('foreign_keys', { simple: true })).toBe(1)
  db.$client.close()
})

test('what a transaction throws takes back everything it wrote', () => {
  const db = openDb(':memory:')
  const fail = () =>
    write(db, tx => {
      writeSetting(tx, 'city', '东城')
      throw new Error('半路停了')
    })
  expect(fail).toThrow('半路停了')
  expect(readSetting(db, 'city')).toBeUndefined()
})

test('an async callback does not compile, and would not commit early', () => {
  const db = openDb(':memory:')
  type Refused = 'an async callback would commit before it finishes'
  expectTypeOf(write<Promise<void>>).returns.toEqualTypeOf<Refused>()
  const early = write as (db: Db, work: (tx: Tx) => unknown) => unknown
  expect(() => early(db, async tx => writeSetting(tx, 'city', '东城'))).toThrow(/promise/u)
  expect(readSetting(db, 'city')).toBeUndefined()
})

test('a file that is no database is refused by its code', () => {
  const path = join(folder(), 'a.db')
  writeFileSync(path, '这不是数据库，只是一段文字。'.repeat(100))
  expect(() => openDb(path)).toThrow(expect.objectContaining({ code: 'SQLITE_NOTADB' }))
})

test('only one may hold the lock of a folder, until it lets go', () => {
  const path = join(folder(), 'running.lock')
  const letGo = lockUntilExit(path)
  expect(() => lockUntilExit(path)).toThrow(expect.objectContaining({ code: 'SQLITE_BUSY' }))
  letGo()
  lockUntilExit(path)()
})
