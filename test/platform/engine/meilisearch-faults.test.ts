import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMeilisearchEngine } from '#server/platform/engine/meilisearch/engine.ts'
import type { EngineDocument } from '#server/platform/engine/port.ts'
import { StoredIndex } from '../../support/meilisearch/stored-index.ts'
import { MASTER_KEY, startStub, type Stub } from '../../support/meilisearch/stub.ts'
import { SETTINGS, build } from './library.ts'

// every request is a real one, to a server that tests and other work share the machine with
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

let stub: Stub

beforeEach(async () => {
  stub = await startStub()
})

afterEach(async () => {
  await stub.kill()
  expect(stub.violations).toEqual([])
})

const create = (rest = {}) =>
  createMeilisearchEngine({
    url: stub.url,
    key: MASTER_KEY,
    settings: SETTINGS,
    owner: 'test',
    searchTimeout: 60_000,
    timeout: 60_000,
    ...rest,
  })

/** The documents that the stub takes no batch with. */
function refuse(ids: readonly string[]): void {
  const { addDocuments } = stub.store
  stub.store.addDocuments = (uid, documents, ...rest) => {
    const sent = documents.map(one => (ids.includes(String(one.key)) ? { ...one, id: '坏' } : one))
    return addDocuments.call(stub.store, uid, sent, ...rest)
  }
}

describe('a document of many that is not taken', () => {
  const put = Array.from({ length: 500 }, (_, at) => build(`entry:${at}`, `第${at}号线路`))

  it('is found by halving; all others are in', async () => {
    const engine = create()
    refuse(['entry:321'])
    stub.requests.length = 0
    expect([...(await engine.send({ put, remove: [] }, 1)).keys()]).toEqual(['entry:321'])
    expect(engine.size).toBe(499)
    expect(stub.requests.filter(one => one.startsWith('POST') && one.includes('/documents?'))).toHaveLength(
      19,
    )
  })

  it('is left out of a build too', async () => {
    const engine = create()
    refuse(['entry:7', 'entry:321'])
    await engine.rebuild(put)
    expect(stub.store.keysOf('firstline')).toHaveLength(498)
  })

  it('when there are too many of them, it is the server that is at fault', async () => {
    const engine = create()
    refuse(put.map(one => one.id))
    await expect(engine.send({ put, remove: [] }, 1)).rejects.toMatchObject({ kind: 'task' })
  })
})

describe('a build', () => {
  it('does not go on with what somebody put a document into', async () => {
    const engine = create()
    const put = ['一', '二'].map(text => build(`entry:${text}`, `停电${text}`))
    await engine.rebuild(put)
    const aside = new StoredIndex('id')
    aside.set(stub.store.index('firstline').settings)
    aside.put({ id: 'SOMEBODYS', key: 'entry:一' })
    stub.store.indexes.set('firstline-build', aside)
    await engine.rebuild(put)
    expect(stub.store.keysOf('firstline')).toEqual(put.map(one => one.id).toSorted())
  })
})

const EIGHT = Array.from({ length: 8 }, (_, at) => build(`entry:${at}`, `第${at}号线路`))

/** How many turns others had when each document was looked at, each of which takes its time. */
async function turnsDuring(work: (documents: EngineDocument[]) => Promise<unknown>): Promise<Set<number>> {
  let [turns, isOver] = [0, false]
  const others = () => {
    turns += 1
    if (!isOver) setImmediate(others)
  }
  const seen = new Set<number>()
  const slow = EIGHT.map(one => ({
    ...one,
    get fields() {
      for (const until = performance.now() + 15; performance.now() < until;);
      seen.add(turns)
      return one.fields
    },
  }))
  others()
  await work(slow)
  isOver = true
  return seen
}

describe('many documents', () => {
  it('leave others their turn while they are sent', async () => {
    const seen = await turnsDuring(put => create().send({ put, remove: [] }, 1))
    expect(seen.size).toBeGreaterThanOrEqual(8)
  })

  it('leave others their turn while a build that was broken off is gone on with', async () => {
    stub.faultOf = (_method, path) => (path === '/swap-indexes' ? 'busy' : undefined)
    await expect(create().rebuild(EIGHT)).rejects.toMatchObject({ kind: 'busy' })
    const asked = stub.requests.length
    const seen = await turnsDuring(slow =>
      expect(create().rebuild(slow)).rejects.toMatchObject({ kind: 'busy' }),
    )
    expect(seen.size).toBeGreaterThanOrEqual(8)
    const sent = stub.requests.slice(asked).filter(one => one.includes('/documents?primaryKey'))
    expect(sent).toEqual([])
  })
})

describe('what is no reply of a server', () => {
  it.each(['POST /indexes/firstline/documents', 'GET /tasks/'])(
    'to %s is not blamed on a document',
    async asked => {
      const engine = create()
      await engine.apply({ put: [], remove: [] })
      stub.faultOf = (method, path) => (`${method} ${path}`.startsWith(asked) ? 'other' : undefined)
      const sent = engine.send({ put: [build('entry:1', '停电')], remove: [] }, 1)
      await expect(sent).rejects.toMatchObject({ kind: 'garbled' })
    },
  )
})

describe('waiting', () => {
  it('a look at a task that hangs takes no longer than any request', async () => {
    const engine = create({ timeout: 200, taskTimeout: 3_600_000 })
    stub.faultOf = (_method, path) => (path.startsWith('/tasks/') ? 'hang' : undefined)
    await expect(engine.apply({ put: [build('entry:1', '停电')], remove: [] })).rejects.toMatchObject({
      kind: 'timeout',
    })
  })

  it('so many seconds, or until an instant, as the server asks for', async () => {
    const engine = create()
    stub.faultOf = () => 'busy'
    const wait = async (retryAfter: string): Promise<unknown> => {
      stub.retryAfter = retryAfter
      const query = { text: '停电', limit: 1, offset: 0 }
      return engine.search(query).catch((error: unknown) => (error as { retryAfter?: number }).retryAfter)
    }
    expect(await wait('90')).toBe(90_000)
    const inAnHour = await wait(new Date(Date.now() + 3_600_000).toUTCString())
    expect(inAnHour).toBeGreaterThan(0)
    expect(inAnHour).toBeLessThanOrEqual(3_600_000)
    expect(await wait('soon')).toBeUndefined()
    expect(await wait('-5')).toBeUndefined()
  })
})
