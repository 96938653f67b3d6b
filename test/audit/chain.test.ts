import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifyChain } from '#server/audit/index.ts'
import { openDb, write, type Db } from '#server/platform/db/db.ts'
import { canonicalJson, contentHash } from '#server/platform/kernel/chain.ts'
import { auditHead, recordAudit } from '#server/platform/kernel/records.ts'

const root = dirname(dirname(import.meta.dirname))
const run = promisify(execFile)
const ROWS = 9

let db: Db
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firstline-audit-'))
  db = openDb(join(folder, 'firstline.db'))
})
afterEach(() => {
  db.$client.close()
  rmSync(folder, { recursive: true, force: true })
})

function fill(count: number): void {
  for (let at = 1; at <= count; at++) {
    const told = { note: `第${at}次`, before: { say: '旧口径' }, after: { say: `新口径${at}` } }
    write(db, tx => recordAudit(tx, at, { id: 7, from: '10.0.0.8' }, 'revision.saved', `entry:${at}`, told))
  }
}

/** Does what only somebody with the file in hand can do. */
function tamper(...statements: string[]): void {
  for (const trigger of ['audit_stays', 'audit_kept']) db.$client.exec(`drop trigger ${trigger}`)
  for (const statement of statements) db.$client.exec(statement)
}

describe('an untouched trail', () => {
  it('is proved whole, and ends where its head says', () => {
    expect(verifyChain(db)).toEqual({ length: 0, hash: '' })
    fill(ROWS)
    expect(verifyChain(db)).toEqual(auditHead(db))
    expect(auditHead(db)?.length).toBe(ROWS)
  })

  it('goes over more rows than are read at a time', () => {
    write(db, tx => {
      for (let at = 1; at <= 1500; at++) recordAudit(tx, at, null, 'content.imported', 'content')
    })
    expect(verifyChain(db)).toMatchObject({ length: 1500 })
  })

  it('keeps hashes of the content, not the content', () => {
    write(db, tx =>
      recordAudit(tx, 1, null, 'a', 'b', { before: { b: 1, a: '停电' }, after: { a: '停电', b: 1 } }),
    )
    const row = db.$client.prepare('select before, after from audit').get() as Record<string, string>
    expect(row.before).toMatch(/^[0-9a-f]{64}$/u)
    expect(row.after).toBe(row.before)
  })

  it('loses nothing of a transaction that was taken back', () => {
    fill(2)
    expect(() =>
      write(db, tx => {
        recordAudit(tx, 3, null, 'a', 'b')
        throw new Error('no')
      }),
    ).toThrow('no')
    fill(1)
    expect(verifyChain(db)).toMatchObject({ length: 3 })
  })
})

describe('tampering is found at its row', () => {
  it.each([
    'at = at + 1',
    'person_id = 8',
    'person_id = null',
    "from_address = '10.0.0.9'",
    "action = 'revision.published'",
    "subject = 'entry:50'",
    "note = '第五次'",
    'note = null',
    `before = '${contentHash('x')}'`,
    'before = null',
    `after = '${contentHash('x')}'`,
    'after = null',
    `hash = '${contentHash('x')}'`,
    "hash = ''",
  ])('%s', change => {
    fill(ROWS)
    tamper(`update audit set ${change} where id = 5`)
    expect(verifyChain(db)).toMatchObject({ id: 5 })
  })

  it('a row that got another id', () => {
    fill(ROWS)
    tamper('update audit set id = 5000 where id = 5')
    expect(verifyChain(db)).toEqual({ id: 5, why: 'is missing' })
  })

  it('two rows that changed places', () => {
    fill(ROWS)
    tamper(
      'update audit set id = -4 where id = 4',
      'update audit set id = 4 where id = 5',
      'update audit set id = 5 where id = -4',
    )
    expect(verifyChain(db)).toMatchObject({ id: 4 })
  })

  it('a row deleted in the middle, also when the rest is numbered anew', () => {
    fill(ROWS)
    tamper('delete from audit where id = 5')
    expect(verifyChain(db)).toEqual({ id: 5, why: 'is missing' })
    db.$client.exec('update audit set id = id - 1 where id > 5')
    expect(verifyChain(db)).toMatchObject({ id: 5 })
  })

  it.each([1, 3, ROWS])('%i rows cut off at the end', count => {
    fill(ROWS)
    tamper(`delete from audit where id > ${ROWS - count}`)
    const why = `is missing at the end: the chain had ${ROWS} rows`
    expect(verifyChain(db)).toEqual({ id: ROWS - count + 1, why })
  })

  it('a cut end is found after the service went on writing', () => {
    fill(ROWS)
    tamper('delete from audit where id > 6')
    fill(2)
    expect(verifyChain(db)).toEqual({ id: 7, why: 'is missing' })
  })

  it('a row written past the service', () => {
    fill(ROWS)
    const row = db.$client.prepare('select * from audit where id = 9').get() as Record<string, unknown>
    db.$client.prepare("insert into audit (at, action, subject, hash) values (1, 'a', 'b', ?)").run(row.hash)
    expect(verifyChain(db)).toMatchObject({ id: ROWS + 1 })
  })

  it('a head that was lost or is another one', () => {
    fill(ROWS)
    db.$client.exec("delete from setting where name = 'audit_head'")
    expect(verifyChain(db)).toMatchObject({ id: 1 })
    db.$client
      .prepare("insert into setting values ('audit_head', ?)")
      .run(JSON.stringify({ length: ROWS, hash: contentHash('x') }))
    expect(verifyChain(db)).toMatchObject({ id: ROWS })
  })
})

it('takes the rows of a service from before the chain in as they stand', () => {
  const old = db.$client.prepare('insert into audit (at, person_id, action, subject) values (?, 3, ?, ?)')
  for (const at of [1, 2, 3]) old.run(at, 'notice.posted', `notice:${at}`)
  expect(verifyChain(db)).toEqual({ id: 1, why: 'has no hash' })
  fill(1)
  expect(verifyChain(db)).toMatchObject({ length: 4 })
  tamper("update audit set subject = 'notice:9' where id = 2")
  expect(verifyChain(db)).toMatchObject({ id: 2 })
})

it('writes of several processes at once make one chain', async () => {
  const path = join(folder, 'firstline.db')
  const writer = `
    const { openDb, write } = await import('#server/platform/db/db.ts')
    const { recordAudit } = await import('#server/platform/kernel/records.ts')
    const db = openDb(${JSON.stringify(path)})
    for (let at = 1; at <= 40; at++) write(db, tx => recordAudit(tx, at, null, 'a', 'process:' + process.pid))
  `
  const start = () => run(process.execPath, ['--input-type=module', '--eval', writer], { cwd: root })
  await Promise.all([start(), start(), start()])
  expect(verifyChain(db)).toMatchObject({ length: 120 })
})

it('canonical JSON does not depend on the order of keys', () => {
  const one = canonicalJson({ b: [{ y: 1, x: undefined }], a: '口径' })
  expect(one).toBe('{"a":"口径","b":[{"y":1}]}')
  expect(canonicalJson({ a: '口径', b: [{ y: 1 }] })).toBe(one)
})
