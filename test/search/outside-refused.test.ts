import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Health } from '#server/contract/health.ts'
import type { SearchReply } from '#server/contract/search.ts'
import { makeApp, type Client, type TestApp } from '../support/app.ts'
import { MASTER_KEY, startStub, type Fault, type Stub } from '../support/meilisearch/stub.ts'

// every request is a real one, to a server that tests and other work share the machine with
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

let stub: Stub
let t: TestApp
let agent: Client

beforeEach(async () => {
  stub = await startStub()
  t = await makeApp({ meili: { url: stub.url, key: MASTER_KEY } })
  agent = await t.signIn('agent')
  await t.sync!.round()
})

afterEach(async () => {
  stub.faultOf = () => undefined
  await t.close()
  await stub.kill()
  expect(stub.violations).toEqual([])
})

const ask = async (q: string): Promise<SearchReply> => {
  const reply = await agent.get(`/api/search?q=${encodeURIComponent(q)}`)
  expect(reply.statusCode).toBe(200)
  return reply.json<SearchReply>()
}
describe('a server that does not get anywhere', () => {
  it.each<Fault>(['hang', 'drip'])(
    '%s: the engine in the process answers after a while, then at once',
    async fault => {
      const meili = { url: stub.url, key: MASTER_KEY, patience: { searchTimeout: 100, timeout: 60_000 } }
      stub.store.indexes.clear()
      const slow = await makeApp({ meili })
      const person = await slow.signIn('agent')
      const id = slow.build.entry({ standardQuestion: '暂停容量怎么算？', similarQuestions: [] })
      await slow.sync!.round()
      stub.faultOf = (_method, path) => (path === '/multi-search' ? fault : undefined)
      for (let n = 0; n < 4; n += 1) {
        const reply = (await person.get(`/api/search?q=${encodeURIComponent('暂停')}`)).json<SearchReply>()
        expect(reply).toMatchObject({ engine: 'embedded', degraded: true, hits: [{ id }] })
      }
      const { pair } = slow.deps.remote!
      while (!pair.isDue) await new Promise(resolve => setTimeout(resolve, 20))
      await slow.sync!.round()
      expect(pair.health.degraded).toBe(true)
      await slow.close()
    },
  )
})

describe('an index that belongs to something else', () => {
  it('is refused and left as it is', async () => {
    stub.store.indexes.clear()
    stub.store.addDocuments('firstline', [{ id: '1', title: '别人的' }], 'id', null)
    const other = await makeApp({ meili: { url: stub.url, key: MASTER_KEY } })
    await other.sync!.round()
    const state = (await other.inject('/api/health')).json<Health>().engine
    expect(state).toMatchObject({ degraded: true, remote: { state: 'down', fault: 'foreign' } })
    expect([...stub.store.index('firstline').documents.values()]).toEqual([{ id: '1', title: '别人的' }])
    await other.close()
  })

  it('so is that of another installation', async () => {
    t.build.entry()
    await ask('停电')
    await t.sync!.round()
    const before = stub.store.keysOf('firstline')
    const other = await makeApp({ meili: { url: stub.url, key: MASTER_KEY } })
    await other.sync!.round()
    expect((await other.inject('/api/health')).json<Health>().engine.remote).toMatchObject({
      fault: 'foreign',
    })
    expect(stub.store.keysOf('firstline')).toEqual(before)
    await other.close()
  })

  it('an old server is not used', async () => {
    stub.version = '1.30.0'
    const other = await makeApp({ meili: { url: stub.url, key: MASTER_KEY } })
    await other.sync!.round()
    expect((await other.inject('/api/health')).json<Health>().engine.remote).toMatchObject({
      fault: 'version',
    })
    await other.close()
  })
})
