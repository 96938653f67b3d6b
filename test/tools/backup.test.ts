import Database from 'better-sqlite3'
import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openDb } from '#server/platform/db/db.ts'
import { lockUntilExit } from '#server/platform/db/only-one.ts'
import { backUp } from '../../tools/backup.ts'
import { restore } from '../../tools/restore.ts'

const root = dirname(dirname(import.meta.dirname))
const now = new Date('2026-11-22T08:00:00Z')
let folder: string
let path: string
let copy: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firstline-backup-'))
  path = join(folder, 'data', 'firstline.db')
  copy = join(folder, 'copies', '周日')
  mkdirSync(join(folder, 'data', 'keys'), { recursive: true })
  writeFileSync(join(folder, 'data', 'keys', 'numbers.key'), 'the key of the numbers')
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

function withNotes(file: string, work: (client: Database.Database) => void): void {
  const client = new Database(file)
  client.exec('create table if not exists memo (text text)')
  work(client)
  client.close()
}

const addNote = (text: string) =>
  withNotes(path, client => client.prepare('insert into memo values (?)').run(text))

function notes(file: string): unknown[] {
  const found: unknown[] = []
  withNotes(file, client => found.push(...client.prepare('select text from memo').pluck().all()))
  return found
}

it('copies what an open connection has committed, and the keys', async () => {
  const open = openDb(path).$client
  open.exec('create table memo (text text)')
  open.prepare('insert into memo values (?)').run('停电赔偿')
  await backUp(path, copy)
  open.close()
  expect(readdirSync(copy).toSorted()).toEqual(['firstline.db', 'keys'])
  expect(notes(join(copy, 'firstline.db'))).toEqual(['停电赔偿'])
  expect(readFileSync(join(copy, 'keys', 'numbers.key'), 'utf8')).toBe('the key of the numbers')
})

it('leaves nothing behind when there is no database, and does not touch a folder that is taken', async () => {
  await expect(backUp(path, copy)).rejects.toThrow(`there is no database ${path}`)
  expect(existsSync(copy)).toBe(false)
  addNote('电费')
  await backUp(path, copy)
  await expect(backUp(path, copy)).rejects.toThrow('is taken')
})

it('refuses a damaged database, with nothing left behind', async () => {
  withNotes(path, client => {
    client.exec('begin')
    for (let i = 0; i < 2000; i++) client.prepare('insert into memo values (?)').run(`第${i}条`)
    client.exec('commit')
  })
  const bytes = readFileSync(path)
  bytes.fill(7, 4096 * 2, 4096 * 6)
  writeFileSync(path, bytes)
  await expect(backUp(path, copy)).rejects.toThrow(/damaged|malformed/u)
  expect(existsSync(copy)).toBe(false)
})

it('restores into an empty folder', async () => {
  addNote('抢修')
  await backUp(path, copy)
  rmSync(dirname(path), { recursive: true })
  expect(restore(copy, path, { replace: false, now })).toBeUndefined()
  expect(notes(path)).toEqual(['抢修'])
  expect(existsSync(join(folder, 'data', 'keys', 'numbers.key'))).toBe(true)
})

it('moves the database that is there aside, and only when told to', async () => {
  addNote('旧的')
  await backUp(path, copy)
  addNote('新的')
  expect(() => restore(copy, path, { replace: false, now })).toThrow('--replace moves it aside')
  expect(notes(path)).toEqual(['旧的', '新的'])
  const old = restore(copy, path, { replace: true, now })
  expect(notes(path)).toEqual(['旧的'])
  expect(notes(join(old!, 'firstline.db'))).toEqual(['旧的', '新的'])
  expect(existsSync(join(old!, 'keys', 'numbers.key'))).toBe(true)
})

it('refuses while the service runs, and when the backup is not sound', async () => {
  addNote('在用')
  await backUp(path, copy)
  const unlock = lockUntilExit(join(dirname(path), 'running.lock'))
  expect(() => restore(copy, path, { replace: true, now })).toThrow('stop it first')
  unlock()
  writeFileSync(join(copy, 'firstline.db'), 'not a database, 不是数据库'.repeat(200))
  expect(() => restore(copy, path, { replace: true, now })).toThrow(/not a database/u)
  expect(notes(path)).toEqual(['在用'])
})

it('works from the command line, one line in and out', () => {
  addNote('命令')
  const env = { ...process.env, DATA_DIR: dirname(path) }
  const run = (...args: string[]) =>
    execFileSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' })
  expect(run('tools/backup.ts', copy)).toBe(`backed up to ${copy}\n`)
  expect(run('tools/restore.ts', copy, '--replace')).toMatch(
    /^restored .*; what was there is in .*replaced-.*\n$/u,
  )
  expect(notes(path)).toEqual(['命令'])
})

it('refuses a copy during which a key was changed: it might open nothing', async () => {
  addNote('换钥匙')
  const backingUp = backUp(path, copy)
  writeFileSync(join(folder, 'data', 'keys', 'numbers.key'), 'another key')
  await expect(backingUp).rejects.toThrow('numbers.key was changed while it was copied; back up again')
  expect(existsSync(copy)).toBe(false)
})

const key = (dir: string) => join(dir, 'keys', 'vault.key')

it('carries the keys of the vault with the mode they had', async () => {
  addNote('回拨')
  writeFileSync(key(dirname(path)), 'the key of the vault', { mode: 0o600 })
  await backUp(path, copy)
  restore(copy, path, { replace: true, now })
  for (const dir of [copy, dirname(path)]) {
    expect(readFileSync(key(dir), 'utf8')).toBe('the key of the vault')
    expect(statSync(key(dir)).mode & 0o777).toBe(0o600)
  }
})
