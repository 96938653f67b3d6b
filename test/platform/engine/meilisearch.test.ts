import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { createMeilisearchEngine } from '#server/platform/engine/meilisearch/engine.ts'
import type { EngineSettings } from '#server/platform/engine/port.ts'
import { MASTER_KEY, startStub } from '../../support/meilisearch/stub.ts'
import { engineContract } from './contract.ts'
import { LIBRARY, SETTINGS } from './library.ts'

// every request is a real one, to a server that tests and other work share the machine with
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

const stub = await startStub()
/** Any machine that runs tests may be slow; how long a search may take is for the service to say. */
const PATIENT = { searchTimeout: 60_000, timeout: 60_000 }
let made = 0

const create = (url: string, key: string | undefined) => (settings: EngineSettings) => {
  made += 1
  const uid = `firstline-test-${process.pid}-${made}`
  return createMeilisearchEngine({ url, key, settings, uid, owner: 'test', ...PATIENT })
}

// the dictionaries and the description are read once, outside of any test's time
const first = create(stub.url, MASTER_KEY)(SETTINGS)
await first.rebuild(LIBRARY)
await first.search({ text: '停电', limit: 1, offset: 0 })

afterAll(() => stub.kill())
afterEach(() => expect(stub.violations).toEqual([]))

engineContract('meilisearch, stub', create(stub.url, MASTER_KEY))

// no registry ships the server, so CI has none: skipped in sight, and run wherever one is given
const real = process.env.MEILI_TEST_URL
if (real) engineContract('meilisearch, real', create(real, process.env.MEILI_TEST_KEY))
else test.skip('meilisearch, real: MEILI_TEST_URL is not set')

test.runIf(!stub.isChecked)('the description of the API is not there: nothing was checked against it', () => {
  expect(stub.isChecked).toBe(false)
})
