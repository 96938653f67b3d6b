import { expect, onTestFinished, test } from 'vitest'
import { integer, sqliteTable } from 'drizzle-orm/sqlite-core'
import { sql } from 'drizzle-orm'
import { among, openDb } from '#server/platform/db/db.ts'

const seat = sqliteTable('seat', { id: integer('id').primaryKey() })

test('more ids than SQLite takes variables are one variable', () => {
  const db = openDb(':memory:')
  onTestFinished(() => void db.$client.close())
  db.run(sql`create table seat (id integer primary key)`)
  db.insert(seat)
    .values([{ id: 7 }, { id: 39_999 }, { id: 50_000 }])
    .run()
  const ids = Array.from({ length: 40_000 }, (_, id) => id)
  expect(db.select().from(seat).where(among(seat.id, ids)).all()).toEqual([{ id: 7 }, { id: 39_999 }])
  expect(db.select().from(seat).where(among(seat.id, [])).all()).toEqual([])
})
