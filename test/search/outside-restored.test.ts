import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SearchReply } from '#server/contract/search.ts'
import { Connection } from '#server/platform/engine/meilisearch/connection.ts'
import { makeApp, type Client, type TestApp } from '../support/app.ts'
import { StoredIndex } from '../support/meilisearch/stored-index.ts'
import { MASTER_KEY, startStub, type Stub } from '../support/meilisearch/stub.ts'
import { published, settle } from '../support/outside.ts'

// every request is a real one, to a server that tests and other work share the machine with
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

let stub: Stub
let t: TestApp
let agent: Client

beforeEach(async () => {
  stub = await startStub()
  t = await makeApp({ meili: { url: stub.url, key: MASTER_KEY } })
  agent = await t.signIn('agent')
})

afterEach(async () => {
  await t.close()
  await stub.kill()
  expect(stub.violations).toEqual([])
})

const ask = async (q: string): Promise<SearchReply> => {
  const reply = await agent.get(`/api/search?q=${encodeURIComponent(q)}`)
  expect(reply.statusCode).toBe(200)
  return reply.json<SearchReply>()
}
const publish = (standardQuestion: string): number =>
  t.build.entry({ standardQuestion, similarQuestions: [] })
/** Keeps what the server has now; the function given puts it back, as a server restored from a snapshot has it. */
const snapshot = () => {
  const { indexes, queue } = stub.store
  const copy = new StoredIndex('id')
  copy.set(structuredClone(indexes.get('firstline')!.settings))
  for (const document of indexes.get('firstline')!.documents.values()) copy.put(document)
  const length = queue.tasks.length
  return () => {
    indexes.set('firstline', copy)
    queue.tasks.length = length
  }
}
const versions = () =>
  Array.from(stub.store.index('firstline').documents.values(), one => String(one.v)).toSorted()

describe('a stub restored from an old snapshot', () => {
  it.each(['unseen', 'killed meanwhile'])(
    'with as many documents, older ones, %s, is brought up to date',
    async how => {
      const id = publish('过户要带什么？')
      await settle(t)
      const restore = snapshot()
      t.build.publish(t.build.revision(id, { standardQuestion: '过户要多少钱？', similarQuestions: [] }))
      await settle(t)
      const right = versions()
      if (how !== 'unseen') {
        await stub.kill()
        expect(await ask('过户')).toMatchObject({ degraded: true })
        await stub.start()
      }
      restore()
      expect(versions()).not.toEqual(right)
      for (let round = 0; round < 20; round += 1) await t.sync!.round()
      await settle(t)
      expect(versions()).toEqual(right)
    },
  )

  it('with fewer documents is filled up', async () => {
    publish('过户要带什么？')
    await settle(t)
    const restore = snapshot()
    const id = publish('销户要带什么？')
    await settle(t)
    restore()
    expect(await ask('销户')).toMatchObject({ hits: [{ id }] })
    for (let round = 0; round < 20; round += 1) await t.sync!.round()
    await settle(t)
    expect(stub.store.keysOf('firstline')).toEqual(published(t))
  })
})

describe('an index of the stub whose settings somebody changed', () => {
  it('is set right, its documents as they are', async () => {
    publish('过户要带什么？')
    await settle(t)
    const { settings, documents } = stub.store.index('firstline')
    const right = structuredClone(settings)
    const somebody = new Connection({ url: stub.url, key: MASTER_KEY, timeout: 60_000 })
    await somebody.configure('firstline', { rankingRules: ['words'], filterableAttributes: [] })
    expect(stub.store.index('firstline').settings).not.toEqual(right)
    for (let round = 0; round < 10; round += 1) await t.sync!.round()
    expect(stub.store.index('firstline').settings).toEqual(right)
    expect(stub.store.index('firstline').documents).toBe(documents)
    expect(await ask('过户')).toMatchObject({ engine: 'meilisearch', degraded: false })
  })
})
