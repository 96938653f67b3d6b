import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Health } from '#server/contract/health.ts'
import type { SearchReply } from '#server/contract/search.ts'
import { outbox } from '#server/platform/kernel/tables.ts'
import { documentsInForce } from '#server/search/index.ts'
import { makeApp, type Client, type TestApp } from '../support/app.ts'
import { refuseDocument } from '../support/meilisearch/refusing.ts'
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
const idsOf = ({ hits }: SearchReply): number[] => hits.map(hit => hit.id)
const health = async () => (await agent.get('/api/health')).json<Health>().engine
const published = (): string[] =>
  documentsInForce(t.db, t.clock.now)
    .map(one => one.id)
    .toSorted()
const waiting = (): string[] =>
  t.db
    .select()
    .from(outbox)
    .all()
    .map(row => row.effect)

/** Rounds until the server is tried again and answers; a breaker that is open takes its time. */
async function recover(): Promise<void> {
  for (let round = 0; round < 200 && (await health()).degraded; round += 1) {
    await new Promise(resolve => setTimeout(resolve, 50))
    await t.sync!.round()
  }
  expect(await health()).toMatchObject({ degraded: false, remote: { state: 'serving' } })
}

describe('an engine outside the process', () => {
  it('answers, and says so', async () => {
    const id = t.build.entry({ standardQuestion: '充电桩报装要多久？', similarQuestions: [] })
    expect(idsOf(await ask('充电桩'))).toEqual([id])
    await t.sync!.round()
    expect(await ask('充电桩')).toMatchObject({ engine: 'meilisearch', degraded: false, hits: [{ id }] })
    expect(stub.store.keysOf('firstline')).toEqual([`entry:${id}`])
    expect(waiting().filter(effect => effect.startsWith('engine.'))).toEqual([])
    expect(stub.store.queue.tasks.some(task => /^firstline:\d+$/u.test(task.customMetadata ?? ''))).toBe(true)
  })

  it('what was just published is found, and what was just retired is not, before the server knows', async () => {
    const old = t.build.entry({ standardQuestion: '电表箱冒烟怎么办？', similarQuestions: [] })
    await ask('电表箱')
    await t.sync!.round()
    stub.store.queue.delay = 60_000
    const id = t.build.entry({ standardQuestion: '电表箱进水怎么办？', similarQuestions: [] })
    t.build.retire(old)
    const reply = await ask('电表箱')
    expect(reply).toMatchObject({ engine: 'meilisearch', degraded: false })
    expect(idsOf(reply)).toEqual([id])
    stub.store.queue.delay = 0
  })

  it('never shows a draft, whatever the index holds, and mends it', async () => {
    const id = t.build.entry({ standardQuestion: '分户要什么资料？', similarQuestions: [] })
    await ask('分户')
    await t.sync!.round()
    const index = stub.store.index('firstline')
    const [held] = index.documents.values()
    const { entryId } = t.build.draft({ standardQuestion: '分户的草稿' })
    index.put({ ...held!, id: 'entry_3a-404', key: `entry:${entryId}` })
    expect(idsOf(await ask('分户'))).toEqual([id])
    expect((await health()).remote).toMatchObject({ stale: 1 })
  })

  it.each<[Fault, string]>([
    ['busy', 'busy'],
    ['unauthorized', 'unauthorized'],
    ['forbidden', 'unauthorized'],
    ['html', 'garbled'],
    ['garbage', 'garbled'],
    ['lost', 'refused'],
  ])('%s: the engine in the process answers, and the other one comes back by itself', async (fault, said) => {
    const id = t.build.entry({ standardQuestion: '阶梯电价怎么算？', similarQuestions: [] })
    await ask('阶梯')
    await t.sync!.round()
    stub.faultOf = () => fault
    expect(await ask('阶梯')).toMatchObject({ engine: 'embedded', degraded: true, hits: [{ id }] })
    expect(await health()).toMatchObject({ degraded: true, remote: { state: 'down', fault: said } })
    stub.faultOf = () => undefined
    await recover()
    expect(await ask('阶梯')).toMatchObject({ engine: 'meilisearch', degraded: false, hits: [{ id }] })
  })

  it('killed: nothing fails; back: in step with what happened meanwhile', async () => {
    const gone = t.build.entry({ standardQuestion: '过户要带什么？', similarQuestions: [] })
    await ask('过户')
    await t.sync!.round()
    await stub.kill()
    expect(await ask('过户')).toMatchObject({ engine: 'embedded', degraded: true })
    t.build.retire(gone)
    const id = t.build.entry({ standardQuestion: '销户要带什么？', similarQuestions: [] })
    expect(idsOf(await ask('销户'))).toEqual([id])
    await stub.start()
    await recover()
    expect(stub.store.keysOf('firstline')).toEqual([`entry:${id}`])
  })

  it('one document it will not take is set aside, blocks nobody, and is found all the same', async () => {
    const ids = ['一', '二', '三', '四', '五'].map(word =>
      t.build.entry({ standardQuestion: `第${word}种增容怎么办？`, similarQuestions: [] }),
    )
    const bad = `entry:${ids[2]}`
    const take = refuseDocument(stub, bad)
    await ask('增容')
    await t.sync!.round()
    expect(stub.store.keysOf('firstline')).toEqual(published().filter(id => id !== bad))
    expect(await health()).toMatchObject({ degraded: false, remote: { setAside: 1, waiting: 0 } })
    expect(idsOf(await ask('增容')).toSorted()).toEqual(ids)
    take()
    t.build.publish(
      t.build.revision(ids[2]!, { standardQuestion: '第三种增容怎么收费？', similarQuestions: [] }),
    )
    await ask('增容')
    await t.sync!.round()
    expect(stub.store.keysOf('firstline')).toEqual(published())
    expect(await health()).toMatchObject({ remote: { setAside: 0 } })
  })

  it('an index that somebody emptied is not believed, and is filled again', async () => {
    const id = t.build.entry({ standardQuestion: '线损怎么算？', similarQuestions: [] })
    await ask('线损')
    await t.sync!.round()
    stub.store.index('firstline').remove(`entry_3a-${id}`)
    expect(stub.store.keysOf('firstline')).toEqual([])
    expect(await ask('线损')).toMatchObject({ engine: 'embedded', degraded: true, hits: [{ id }] })
    for (let round = 0; round < 20; round += 1) await t.sync!.round()
    expect(stub.store.keysOf('firstline')).toEqual(published())
    expect(await ask('线损')).toMatchObject({ engine: 'meilisearch', hits: [{ id }] })
  })

  it('an index that is gone is made again', async () => {
    t.build.entry()
    await ask('停电')
    await t.sync!.round()
    stub.store.indexes.delete('firstline')
    expect(await ask('停电')).toMatchObject({ degraded: true, hits: [{ kind: 'answer' }] })
    await recover()
    expect(stub.store.keysOf('firstline')).toEqual(published())
  })
})
