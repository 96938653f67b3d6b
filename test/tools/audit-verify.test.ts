import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openDb, write } from '#server/platform/db/db.ts'
import { auditHead, recordAudit } from '#server/platform/kernel/records.ts'

const root = dirname(dirname(import.meta.dirname))
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firstline-verify-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

interface Outcome {
  code: number
  stdout: string
  stderr: string
}

async function verify(): Promise<Outcome> {
  const options = { cwd: root, env: { ...process.env, DATA_DIR: folder } }
  const done = promisify(execFile)(process.execPath, ['tools/audit-verify.ts'], options)
  return done.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: Outcome) => error,
  )
}

function openWithRows() {
  const db = openDb(join(folder, 'firstline.db'))
  for (const at of [1, 2, 3]) write(db, tx => recordAudit(tx, at, null, 'notice.posted', `notice:${at}`))
  return db
}

it('tells the length and the last hash, also while the service has the database open', async () => {
  const db = openWithRows()
  const { code, stdout } = await verify()
  expect([code, stdout]).toEqual([0, `3 rows, unbroken; the last hash is ${auditHead(db)?.hash}\n`])
  db.$client.close()
})

it('names the first broken row and why, and exits 1', async () => {
  const db = openWithRows()
  db.$client.exec('drop trigger audit_stays; update audit set at = 9 where id = 2')
  db.$client.close()
  const { code, stderr } = await verify()
  const why = 'was changed, or does not follow the row before it'
  expect([code, stderr]).toEqual([1, `audit-verify: row 2 ${why}\n`])
})

it('exits 1 when there is no database', async () => {
  expect((await verify()).code).toBe(1)
})
