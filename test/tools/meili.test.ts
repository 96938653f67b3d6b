import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { MASTER_KEY, startStub, type Stub } from '../support/meilisearch/stub.ts'

// the tool is a process of its own, on a machine that may be busy
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

const root = dirname(dirname(import.meta.dirname))
let folder: string
let stub: Stub
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'firstline-meili-'))
  stub = await startStub()
})
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true })
  await stub.kill()
})

/** Runs the tool; `typed` is what is typed into it. */
async function meili(args: string[], env: Record<string, string>, typed = '') {
  const given = { ...process.env, DATA_DIR: join(folder, 'none-yet'), ...env }
  const child = spawn(process.execPath, ['tools/meili.ts', ...args], { cwd: root, env: given })
  child.stdin.end(typed)
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number]>,
  ])
  return { code, stdout, stderr }
}

it('without MEILI_URL it says so, and exits 1', async () => {
  const { code, stderr } = await meili(['doctor'], { MEILI_URL: '' })
  expect([code, stderr]).toEqual([1, 'meili: MEILI_URL is not set\n'])
})

it('makes a key of the master key, which it neither prints nor keeps, and looks the server over with it before the first start', async () => {
  const made = await meili(['doctor', '--make-key'], { MEILI_URL: stub.url }, `${MASTER_KEY}\n`)
  const key = /^MEILI_KEY=(\S+)$/mu.exec(made.stdout)?.[1]
  expect(made.code).toBe(0)
  expect(made.stdout + made.stderr).not.toContain(MASTER_KEY)
  const { code, stdout } = await meili(['doctor'], { MEILI_URL: stub.url, MEILI_KEY: key ?? '' })
  expect(stdout).toMatch(/^ok {4}key: may do what the service does/mu)
  expect(stdout).toMatch(/^\? {5}index: there is none yet; the service makes it when it starts/mu)
  expect(code).toBe(0)
  expect(existsSync(join(folder, 'none-yet'))).toBe(false)
})
