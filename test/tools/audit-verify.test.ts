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
  const lines = [
    `3 rows, unbroken; the last hash is ${auditHead(db)?.hash}`,
    'entries and reviews are as the trail tells them',
  ]
  expect([code, stdout.trimEnd().split('\n')]).toEqual([0, lines])
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

it('names what is not as a whole trail tells it, and exits 1', async () => {
  const db = openWithRows()
  const set = db.$client
    .prepare(`insert into policy (kind, departments, minimum, days_to_decide, verify_days, fast_lane,
    keep_approvals, hide_overdue, hide_superseded, feedback_warning, feedback_days, at)
    values ('answer', '[]', 1, 3, 180, 1, 1, 0, 0, 3, 5, 9)`)
  set.run()
  db.$client.close()
  const { code, stdout, stderr } = await verify()
  expect([code, stdout]).toEqual([1, expect.stringContaining('3 rows, unbroken')])
  expect(stderr.trimEnd().split('\n')).toEqual([
    'audit-verify: policy:answer: is not on the trail',
    'audit-verify: not as the trail tells it: 1',
  ])
})

it('exits 1 when there is no database', async () => {
  expect((await verify()).code).toBe(1)
})
