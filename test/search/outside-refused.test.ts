import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Health } from '#server/contract/health.ts'
import type { SearchReply } from '#server/contract/search.ts'
import { makeApp, type TestApp } from '../support/app.ts'
import { MASTER_KEY, startStub, type Stub } from '../support/meilisearch/stub.ts'
import { published, settle } from '../support/outside.ts'

// every request is a real one, to a server that tests and other work share the machine with
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

let stub: Stub
let t: TestApp

beforeEach(async () => {
  stub = await startStub()
  t = await makeApp({ meili: { url: stub.url, key: MASTER_KEY } })
  await t.sync!.round()
})

afterEach(async () => {
  stub.faultOf = () => undefined
  await t.close()
  await stub.kill()
  expect(stub.violations).toEqual([])
})

/** What is said of a server that is not used, and that it is once it can be. */
async function refused(fault: string, mend: () => void): Promise<void> {
  const other = await makeApp({ meili: { url: stub.url, key: MASTER_KEY } })
  const id = other.build.entry({ standardQuestion: '暂停容量怎么算？', similarQuestions: [] })
  const person = await other.signIn('agent')
  await other.sync!.round()
  const state = (await other.inject('/api/health')).json<Health>().engine
  expect(state).toMatchObject({ degraded: true, remote: { fault } })
  const found = (await person.get(`/api/search?q=${encodeURIComponent('暂停')}`)).json<SearchReply>()
  expect(found).toMatchObject({ engine: 'embedded', degraded: true, hits: [{ id }] })
  mend()
  await settle(other)
  expect(stub.store.keysOf('firstline')).toEqual(published(other))
  await other.close()
}

describe('an index of the stub that belongs to something else', () => {
  it('is refused and left as it is, and the name is taken when it is free', async () => {
    stub.store.indexes.clear()
    stub.store.addDocuments('firstline', [{ id: '1', title: '别人的' }], 'id', null)
    await refused('foreign', () => {
      expect([...stub.store.index('firstline').documents.values()]).toEqual([{ id: '1', title: '别人的' }])
      stub.store.indexes.clear()
    })
  })

  it('so is that of another installation', async () => {
    t.build.entry()
    await settle(t)
    const before = stub.store.keysOf('firstline')
    await refused('foreign', () => {
      expect(stub.store.keysOf('firstline')).toEqual(before)
      stub.store.indexes.clear()
    })
  })
})

describe('a stub that is too old', () => {
  it('is not used until it was brought up to date', async () => {
    stub.store.indexes.clear()
    stub.version = '1.30.0'
    await refused('version', () => (stub.version = '1.53.0'))
  })
})
