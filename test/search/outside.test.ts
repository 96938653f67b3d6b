import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Health } from '#server/contract/health.ts'
import type { SearchReply } from '#server/contract/search.ts'
import { Connection } from '#server/platform/engine/meilisearch/connection.ts'
import { remoteDocument } from '#server/platform/engine/meilisearch/documents.ts'
import { SEARCH_FIELDS } from '#server/search/index.ts'
import { makeApp, type Client, type TestApp } from '../support/app.ts'
import { startServer, type TestServer } from '../support/meilisearch/server.ts'
import { held, published, settle, unsent } from '../support/outside.ts'

// every request is a real one, to a server that tests and other work share the machine with
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

let server: TestServer
let uid: string
let t: TestApp
let agent: Client

beforeEach(async () => {
  server = await startServer()
  uid = server.newUid()
  t = await makeApp({ meili: { url: server.url, key: server.key, patience: { uid } } })
  agent = await t.signIn('agent')
  await t.sync!.round()
})

afterEach(async () => {
  vi.useRealTimers()
  await t.close()
  await server.close()
})

const ask = async (q: string): Promise<SearchReply> => {
  const reply = await agent.get(`/api/search?q=${encodeURIComponent(q)}`)
  expect(reply.statusCode).toBe(200)
  return reply.json<SearchReply>()
}
const idsOf = ({ hits }: SearchReply): number[] => hits.map(hit => hit.id)
const health = async () => (await agent.get('/api/health')).json<Health>().engine
const publish = (standardQuestion: string): number =>
  t.build.entry({ standardQuestion, similarQuestions: [] })
/** Another client of the server, of whose doings the service knows nothing. */
const somebody = () => new Connection({ url: server.url, key: server.key, timeout: 60_000 })

/** Puts what would be there of an entry of such a question into the index, past the service. */
async function smuggle(key: string, title: string, rest: object = {}): Promise<void> {
  const document = { id: key, fields: { title: [title] }, facets: {}, areas: [], prior: 0 }
  const made = remoteDocument(document, { fields: SEARCH_FIELDS, lexicon: t.deps.lexicon })
  await somebody().put(uid, [{ ...made, ...rest }], 'somebody')
}

describe('an engine outside the process', () => {
  it('answers, and says so', async () => {
    const id = publish('充电桩报装要多久？')
    expect(idsOf(await ask('充电桩'))).toEqual([id])
    await settle(t)
    expect(await ask('充电桩')).toMatchObject({ engine: 'meilisearch', degraded: false, hits: [{ id }] })
    expect(await held(t)).toEqual([`entry:${id}`])
    expect(unsent(t)).toEqual([])
    const { results } = await somebody().client.tasks.getTasks({ indexUids: [uid] })
    expect(results.some(task => /^firstline:\d+$/u.test(task.customMetadata ?? ''))).toBe(true)
  })

  it('what was just published is found, and what was just retired is not, before the server knows', async () => {
    const old = publish('电表箱冒烟怎么办？')
    await settle(t)
    if (server.stub) server.stub.store.queue.delay = 60_000
    const id = publish('电表箱进水怎么办？')
    t.build.retire(old)
    const reply = await ask('电表箱')
    expect(reply).toMatchObject({ engine: 'meilisearch', degraded: false })
    expect(idsOf(reply)).toEqual([id])
    if (server.stub) server.stub.store.queue.stop()
  })

  it('what is published is sent at once, by no search and no clock', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }) // which nobody moves on
    const patience = { uid: server.newUid() }
    const other = await makeApp({ meili: { url: server.url, key: server.key, patience } })
    const supervisor = await other.signIn('supervisor')
    await turn(() => !other.deps.remote!.pair.health.degraded)
    const notice = { kind: 'fault', areas: ['东城区'], line: '10kV新民线', say: '正在抢修。' }
    const times = { startsAt: at(-1), endsAt: at(3), nextUpdateAt: at(1) }
    const reply = await supervisor.post('/api/notices', { ...notice, ...times })
    expect(reply.statusCode).toBe(201)
    await turn(async () => (await held(other)).length > 0)
    vi.useRealTimers()
    expect(await held(other)).toEqual(published(other))
    await other.close()
  })

  it('what is left to be sent while a round is under way waits for its end, and no longer', async () => {
    await settle(t)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const round = Promise.withResolvers<undefined>()
    const rounds = vi.spyOn(t.sync!, 'round').mockReturnValue(round.promise)
    for (let poke = 0; poke < 20; poke += 1, vi.advanceTimersByTime(0)) t.sync!.poke()
    expect(rounds).toHaveBeenCalledTimes(1)
    round.resolve(undefined)
    await new Promise(resolve => setImmediate(resolve))
    vi.advanceTimersByTime(0)
    expect(rounds).toHaveBeenCalledTimes(2)
  })
})

/** Lets everything go on for which no time need pass. */
async function turn(isDone: () => boolean | Promise<boolean>): Promise<void> {
  for (let turns = 0; turns < 2_000 && !(await isDone()); turns += 1) {
    vi.advanceTimersByTime(0)
    await sleep(5)
  }
  expect(await isDone()).toBe(true)
}

const at = (hours: number): string => new Date(t.clock.now + hours * 3_600_000).toISOString()

const retired = (): string => {
  const id = publish('分户要多少钱？')
  t.build.retire(id)
  return `entry:${id}`
}

describe('a hit that is not true any more', () => {
  it.each<[string, () => string]>([
    ['of a draft', () => `entry:${t.build.draft({ standardQuestion: '分户的草稿' }).entryId}`],
    ['of an entry that never was', () => 'entry:987654'],
    ['of an entry retired', retired],
    ['of nothing we know', () => '__proto__'],
    ['of no number', () => 'entry:1e400'],
  ])('%s is dropped, counted and mended', async (_name, keyOf) => {
    const id = publish('分户要什么资料？')
    const key = keyOf()
    await settle(t)
    await smuggle(key, '分户要等多久？')
    expect(idsOf(await ask('分户'))).toEqual([id])
    expect((await health()).remote).toMatchObject({ stale: 1 })
    await settle(t)
    expect(await held(t)).toEqual([`entry:${id}`])
    expect(idsOf(await ask('分户'))).toEqual([id])
    expect((await health()).remote).toMatchObject({ stale: 1 })
  })

  it('under an id that none of ours has is taken away too', async () => {
    const id = publish('分户要什么资料？')
    await settle(t)
    await smuggle('entry:987654', '分户要等多久？', { id: 'SOMEBODYS' })
    await smuggle('entry:987653', '分户找谁？', { id: 'NO_KEY', key: 7 })
    await smuggle('entry:987652', '分户快吗？', { id: 'NO_TEXT', text: '分户' })
    expect(await ask('分户')).toMatchObject({ engine: 'meilisearch', hits: [{ id }] })
    for (let round = 0; round < 10; round += 1) await t.sync!.round()
    expect(await held(t)).toEqual([`entry:${id}`])
  })

  it('a text older than that of the database is not shown, and is replaced', async () => {
    const id = publish('分户要什么资料？')
    await settle(t)
    await smuggle(`entry:${id}`, '销户要什么资料？')
    const titles = async (q: string) => (await ask(q)).hits.map(hit => hit.title)
    expect(new Set([...(await titles('销户')), ...(await titles('分户'))])).toEqual(
      new Set(['分户要什么资料？']),
    )
    for (let round = 0; round < 10; round += 1) await t.sync!.round()
    await settle(t)
    expect(await ask('分户')).toMatchObject({ engine: 'meilisearch', hits: [{ id }] })
  })
})

describe('an index that somebody', () => {
  it('emptied is not believed, and is filled again', async () => {
    const id = publish('线损怎么算？')
    await settle(t)
    await somebody().remove(uid, [`entry_3a-${id}`], 'somebody')
    expect(await held(t)).toEqual([])
    expect(await ask('线损')).toMatchObject({ engine: 'embedded', degraded: true, hits: [{ id }] })
    for (let round = 0; round < 20; round += 1) await t.sync!.round()
    expect(await held(t)).toEqual(published(t))
    expect(await ask('线损')).toMatchObject({ engine: 'meilisearch', hits: [{ id }] })
  })

  it('deleted is made again', async () => {
    t.build.entry()
    await settle(t)
    await somebody().drop(uid)
    expect(await ask('停电')).toMatchObject({ degraded: true, hits: [{ kind: 'answer' }] })
    await settle(t)
    expect(await held(t)).toEqual(published(t))
  })

  it("deleted just before something is sent is made again, not taken for another's", async () => {
    publish('线损怎么算？')
    await settle(t)
    await somebody().drop(uid)
    publish('变损怎么算？')
    for (let round = 0; round < 10; round += 1) await t.sync!.round()
    await settle(t)
    expect(await held(t)).toEqual(published(t))
  })
})
