import { afterAll, expect, test, vi } from 'vitest'
import { createMeilisearchEngine } from '#server/platform/engine/meilisearch/engine.ts'
import type { EngineSettings } from '#server/platform/engine/port.ts'
import { startServer } from '../../support/meilisearch/server.ts'
import { engineContract } from './contract.ts'
import { LIBRARY, SETTINGS } from './library.ts'

// every request is a real one, to a server that tests and other work share the machine with
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

const server = await startServer()
const { url, key, newUid, stub } = server
/** Any machine that runs tests may be slow; how long a search may take is for the service to say. */
const PATIENT = { searchTimeout: 60_000, timeout: 60_000 }

const create = (settings: EngineSettings) =>
  createMeilisearchEngine({ url, key, settings, uid: newUid(), owner: 'test', ...PATIENT })

// the dictionaries and the description are read once, outside of any test's time
const first = create(SETTINGS)
await first.rebuild(LIBRARY)
await first.search({ text: '停电', limit: 1, offset: 0 })

afterAll(() => server.close())

engineContract(`meilisearch, ${server.name}`, create)

// no registry ships the server, so CI has none: said in sight, and run wherever one is given
test.runIf(stub)('this was not a real server: MEILI_TEST_URL is not set', () => {
  expect(process.env.MEILI_TEST_URL ?? '').toBe('')
})

test.runIf(stub && !stub.isChecked)(
  'the description of the API is not there: nothing was checked against it',
  () => expect(stub?.isChecked).toBe(false),
)
