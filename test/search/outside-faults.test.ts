import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Health } from '#server/contract/health.ts'
import type { SearchReply } from '#server/contract/search.ts'
import { makeApp, type Client, type TestApp } from '../support/app.ts'
import { MASTER_KEY, startStub, type Fault, type Stub } from '../support/meilisearch/stub.ts'
import { published, settle, unsent } from '../support/outside.ts'

// every request is a real one, to a server that tests and other work share the machine with
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

let stub: Stub
let t: TestApp
let agent: Client

beforeEach(async () => {
  stub = await startStub()
  await begin()
})

afterEach(async () => {
  stub.faultOf = () => undefined
  await t.close()
  await stub.kill()
  expect(stub.violations).toEqual([])
})

/** A service that waits so long (ms) for the server; as long as it takes when absent. */
async function begin(patience: { searchTimeout?: number; timeout?: number; taskTimeout?: number } = {}) {
  await t?.close()
  stub.store.indexes.clear()
  t = await makeApp({ meili: { url: stub.url, key: MASTER_KEY, patience } })
  agent = await t.signIn('agent')
}

const ask = async (q: string): Promise<SearchReply> => {
  const reply = await agent.get(`/api/search?q=${encodeURIComponent(q)}`)
  expect(reply.statusCode).toBe(200)
  return reply.json<SearchReply>()
}
const health = async () => (await agent.get('/api/health')).json<Health>().engine
const publish = (standardQuestion: string): number =>
  t.build.entry({ standardQuestion, similarQuestions: [] })
const due = async (): Promise<void> => {
  while (!t.deps.remote!.pair.isDue) await new Promise(resolve => setTimeout(resolve, 20))
}

describe('a fault of the stub', () => {
  it.each<[Fault, string]>([
    ['busy', 'busy'],
    ['unauthorized', 'unauthorized'],
    ['forbidden', 'unauthorized'],
    ['html', 'garbled'],
    ['page', 'garbled'],
    ['garbage', 'garbled'],
    ['cut', 'refused'],
    ['lost', 'refused'],
  ])('%s: the engine in the process answers, and the other one comes back by itself', async (fault, said) => {
    const id = publish('阶梯电价怎么算？')
    await settle(t)
    stub.faultOf = () => fault
    expect(await ask('阶梯')).toMatchObject({ engine: 'embedded', degraded: true, hits: [{ id }] })
    expect(await health()).toMatchObject({ degraded: true, remote: { fault: said } })
    await due()
    await t.sync!.round()
    expect(await health()).toMatchObject({ degraded: true, remote: { fault: said } })
    stub.faultOf = () => undefined
    await settle(t)
    expect(await ask('阶梯')).toMatchObject({ engine: 'meilisearch', degraded: false, hits: [{ id }] })
  })

  it.each<[Fault, 'searches' | 'all']>([
    ['hang', 'searches'],
    ['drip', 'searches'],
    ['hang', 'all'],
    ['drip', 'all'],
  ])('%s, of %s: the engine in the process answers; mended, it comes back by itself', async (fault, of) => {
    await begin({ searchTimeout: 200, timeout: of === 'all' ? 200 : 60_000 })
    const id = publish('暂停容量怎么算？')
    await settle(t)
    stub.faultOf = (_method, path) => (of === 'all' || path === '/multi-search' ? fault : undefined)
    for (let n = 0; n < 4; n += 1)
      expect(await ask('暂停')).toMatchObject({ engine: 'embedded', degraded: true, hits: [{ id }] })
    await due()
    await t.sync!.round()
    expect(await health()).toMatchObject({ degraded: true, remote: { fault: 'timeout' } })
    stub.faultOf = () => undefined
    await settle(t)
    expect(await ask('暂停')).toMatchObject({ hits: [{ id }] })
  })

  it('sent elsewhere, the key does not go along', async () => {
    const other = await startStub()
    publish('阶梯电价怎么算？')
    await settle(t)
    stub.movedTo = other.url
    stub.faultOf = () => 'moved'
    expect(await ask('阶梯')).toMatchObject({ engine: 'embedded', degraded: true })
    await due()
    await t.sync!.round()
    expect(await health()).toMatchObject({ degraded: true, remote: { fault: 'refused' } })
    expect(other.requests).toEqual([])
    await other.kill()
  })

  it('killed: nothing fails; back: in step with what happened meanwhile', async () => {
    const gone = publish('过户要带什么？')
    await settle(t)
    await stub.kill()
    expect(await ask('过户')).toMatchObject({ engine: 'embedded', degraded: true })
    t.build.retire(gone)
    const id = publish('销户要带什么？')
    expect((await ask('销户')).hits.map(hit => hit.id)).toEqual([id])
    await stub.start()
    await settle(t)
    expect(stub.store.keysOf('firstline')).toEqual([`entry:${id}`])
  })

  it('its tasks fail: the engine in the process answers until they do not', async () => {
    publish('过户要带什么？')
    await settle(t)
    stub.store.queue.failing = task =>
      task.type.startsWith('document') ? 'no_space_left_on_device' : undefined
    const id = publish('销户要带什么？')
    await t.sync!.round()
    expect(await ask('销户')).toMatchObject({ engine: 'embedded', degraded: true, hits: [{ id }] })
    expect(await health()).toMatchObject({ remote: { fault: 'task', setAside: 0, waiting: 1 } })
    stub.store.queue.failing = () => undefined
    await settle(t)
    expect(stub.store.keysOf('firstline')).toEqual(published(t))
  })

  it('it does not take a change: what it had is gone from it, and it is left alone', async () => {
    const id = publish('过户要带什么？')
    publish('销户要带什么？')
    await settle(t)
    stub.store.queue.failing = task =>
      task.type === 'documentAdditionOrUpdate' ? 'invalid_document_id' : undefined
    t.build.publish(t.build.revision(id, { standardQuestion: '更名要带什么？' }))
    await t.sync!.round()
    expect(await health()).toMatchObject({ degraded: false, remote: { setAside: 1, waiting: 0 } })
    expect(stub.store.keysOf('firstline')).not.toContain(`entry:${id}`)
    const asked = stub.requests.length
    for (let round = 0; round < 20; round += 1) await t.sync!.round()
    expect(stub.requests.slice(asked).filter(one => !one.startsWith('GET'))).toEqual([])
    expect(await ask('更名')).toMatchObject({ hits: [{ id }] })
  })

  it('it fails each time it is to be filled: what is to be sent is noted once', async () => {
    const ids = ['过户要带什么？', '销户要带什么？'].map(publish)
    await settle(t)
    stub.store.index('firstline').documents.clear()
    stub.store.queue.failing = task =>
      task.type === 'documentAdditionOrUpdate' ? 'no_space_left_on_device' : undefined
    for (let round = 0; round < 10; round += 1) await t.sync!.round()
    for (let round = 0; round < 3; round += 1) {
      await due()
      await t.sync!.round()
      expect(unsent(t)).toHaveLength(ids.length)
    }
    stub.store.queue.failing = () => undefined
    await settle(t)
    expect(stub.store.keysOf('firstline')).toEqual(published(t))
  })

  it('its queue gets nowhere: what was just published is found all the same, and it comes back by itself', async () => {
    await begin({ taskTimeout: 100 })
    publish('过户要带什么？')
    await settle(t)
    stub.store.queue.stop()
    const id = publish('销户要带什么？')
    for (let round = 0; round < 3; round += 1) {
      await t.sync!.round()
      expect(await ask('销户')).toMatchObject({ hits: [{ id }] })
    }
    expect(await health()).toMatchObject({ degraded: true, remote: { fault: 'timeout' } })
    stub.store.queue.start()
    await settle(t)
    expect(stub.store.keysOf('firstline')).toEqual(published(t))
  })

  it('a task that never ends does not keep the service from ending', async () => {
    await settle(t)
    stub.store.queue.stop()
    publish('销户要带什么？')
    void t.sync!.round()
    while (!stub.requests.at(-1)?.startsWith('GET /tasks/'))
      await new Promise(resolve => setTimeout(resolve, 5))
    await t.close()
    await begin()
    stub.store.queue.start()
  })
})
