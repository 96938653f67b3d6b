import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { expect, test } from 'vitest'
import { openDb } from '#server/platform/db/db.ts'

const MIGRATIONS = fileURLToPath(new URL('../../../server/platform/db/migrations', import.meta.url))

/** A database as a service left it that knew only the first `count` migrations. */
function databaseOf(count: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'firstline-migrations-'))
  const older = join(folder, 'migrations')
  cpSync(MIGRATIONS, older, { recursive: true })
  const journal = join(older, 'meta', '_journal.json')
  const known = JSON.parse(readFileSync(journal, 'utf8')) as { entries: unknown[] }
  writeFileSync(journal, JSON.stringify({ ...known, entries: known.entries.slice(0, count) }))
  const path = join(folder, 'a.db')
  const client = new Database(path)
  client.pragma('foreign_keys = OFF')
  migrate(drizzle(client), { migrationsFolder: older })
  client.exec(`
    insert into department (slug, name, name_en, position) values ('market', '市场营销', 'Marketing', 1);
    insert into person (id, work_no, name, department, created_at) values (1, '1001', '周正', 'market', 0);
    insert into entry (id, created_at) values (1, 0);
    insert into revision (id, entry_id, number, kind, category, topic, owner_department, standard_question,
      similar_questions, say, body, scope, tags, labels, created_at)
      values (1, 1, 1, 'answer', '供电可靠', '停电赔偿', 'market', '赔不赔？', '[]', '看原因。', '', '{}', '[]', '[]', 0);
    insert into entry_task (id, kind, entry_id, revision_id, words, person_id, at, due_at)
      values (5, 'wrong', 1, 1, '不对', 1, 10, 20);
    insert into entry_task_end (task_id, person_id, words, at) values (5, 1, '已说明', 15);`)
  client.close()
  return path
}

test('tasks that were there before scripts stay, with how they ended, and still point to what exists', () => {
  const db = openDb(databaseOf(10))
  const { $client } = db
  expect($client.prepare('select * from entry_task').all()).toEqual([
    expect.objectContaining({
      id: 5,
      words: '不对',
      person_id: 1,
      quoted_entry_id: null,
      quoted_revision_id: null,
    }),
  ])
  expect($client.prepare('select * from entry_task_end').all()).toEqual([
    { task_id: 5, person_id: 1, words: '已说明', at: 15 },
  ])
  expect($client.pragma('foreign_key_check')).toEqual([])
  expect(() => $client.exec('delete from entry_task')).toThrow('FOREIGN KEY')
  $client.close()
})
