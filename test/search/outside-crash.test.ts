import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { makeApp } from '../support/app.ts'
import { MASTER_KEY, startStub } from '../support/meilisearch/stub.ts'
import { published, settle } from '../support/outside.ts'

// a process is started, on a machine shared with other tests and other work
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

const FOLLOW = fileURLToPath(new URL('../support/meilisearch/follow.ts', import.meta.url))
const { PATH, NODE_COMPILE_CACHE } = process.env

test('a process killed while it builds an index on the stub; the next one ends with one whole index', async () => {
  const stub = await startStub()
  const dataDir = mkdtempSync(join(tmpdir(), 'firstline-crash-'))
  onTestFinished(async () => {
    await stub.kill()
    rmSync(dataDir, { recursive: true, force: true })
  })
  const path = join(dataDir, 'firstline.db')
  const before = await makeApp({ path })
  for (const word of ['过户', '销户', '增容']) before.build.entry({ standardQuestion: `${word}要办多久？` })
  await before.close()

  const child = spawn(process.execPath, [FOLLOW, path, stub.url, MASTER_KEY], {
    env: { PATH, NODE_COMPILE_CACHE },
    stdio: 'inherit',
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  stub.faultOf = (method, asked) => {
    if (method === 'POST' && asked === '/indexes/firstline-build/documents') child.kill('SIGKILL')
    return undefined
  }
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL'])
  stub.faultOf = () => undefined
  expect(stub.store.indexes.has('firstline-build')).toBe(true)

  const after = await makeApp({ path, meili: { url: stub.url, key: MASTER_KEY } })
  await settle(after)
  expect([...stub.store.indexes.keys()]).toEqual(['firstline'])
  expect(stub.store.keysOf('firstline')).toEqual(published(after))
  await after.close()
  expect(stub.violations).toEqual([])
})
