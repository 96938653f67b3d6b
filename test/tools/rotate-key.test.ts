import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openVault } from '#server/keys.ts'
import { openDb } from '#server/platform/db/db.ts'
import { lockUntilExit } from '#server/platform/db/only-one.ts'
import { keyId } from '#server/platform/kernel/vault.ts'
import { readKeyFile } from '#server/platform/kernel/vault-keys.ts'

const root = dirname(dirname(import.meta.dirname))
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firstline-rotate-'))
  const db = openDb(join(folder, 'firstline.db'))
  openVault(db, { dataDir: folder })
  db.$client.close()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function run() {
  const env = { ...process.env, DATA_DIR: folder, VAULT_KEY: '' }
  return spawnSync(process.execPath, ['tools/rotate-key.ts'], { cwd: root, env, encoding: 'utf8' })
}
const keys = () => readKeyFile(join(folder, 'keys', 'vault.key'))!.map(keyId)

it('changes the key and says what it did', () => {
  const [before] = keys()
  const { status, stdout } = run()
  const [after] = keys()
  expect([status, stdout]).toEqual([
    0,
    `0 call-backs are sealed anew with the key ${after}; the old key ${before} is gone\n`,
  ])
  expect(after).not.toBe(before)
})

it('refuses while the service runs, which would go on sealing with the old key', () => {
  const before = keys()
  const unlock = lockUntilExit(join(folder, 'running.lock'))
  const { status, stdout, stderr } = run()
  unlock()
  expect([status, stdout]).toEqual([1, ''])
  expect(stderr).toBe(`rotate-key: the service runs on ${folder}; stop it first\n`)
  expect(keys()).toEqual(before)
})
