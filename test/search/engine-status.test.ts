import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { gt } from 'drizzle-orm'
import type { EngineView, SetAsideList } from '#server/contract/engine.ts'
import type { Health } from '#server/contract/health.ts'
import type { Role } from '#server/contract/lists.ts'
import { HOUR, iso } from '#server/platform/kernel/clock.ts'
import { auditHead } from '#server/platform/kernel/records.ts'
import { audit, outbox } from '#server/platform/kernel/tables.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { refuseDocument } from '../support/meilisearch/refusing.ts'
import { MASTER_KEY, startStub, type Stub } from '../support/meilisearch/stub.ts'

// every request is a real one, to a server that tests and other work share the machine with
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

let stub: Stub
let t: TestApp
let admin: Client

beforeEach(async () => {
  stub = await startStub()
  t = await makeApp({ meili: { url: stub.url, key: MASTER_KEY } })
  admin = await t.signIn('admin')
  await t.sync!.round()
})

afterEach(async () => {
  await t.close()
  await stub.kill()
  expect(stub.violations).toEqual([])
})

const view = async () => (await admin.get('/api/engine')).json<EngineView>()
const remote = async () => (await view()).remote
const list = async (query = '') => (await admin.get(`/api/engine/set-aside${query}`)).json<SetAsideList>()
const sendAgain = (id: number, as = admin) => as.post(`/api/engine/set-aside/${id}/attempts`)
const health = async () => (await admin.get('/api/health')).json<Health>().engine

/** An entry that the server will not take. */
async function setAside(standardQuestion: string): Promise<{ entryId: number; take: () => void }> {
  const entryId = t.build.entry({ standardQuestion, similarQuestions: [] })
  const take = refuseDocument(stub, `entry:${entryId}`)
  await t.indexer.follow()
  await t.sync!.round()
  return { entryId, take }
}

describe('how the engine fares', () => {
  it('serving: since when, and nothing left to do', async () => {
    t.build.entry()
    await t.indexer.follow()
    await t.sync!.round()
    const { since, ...rest } = (await remote())!
    expect(await view()).toMatchObject({ name: 'meilisearch', documents: 1 })
    const quiet = { fault: null, code: null, build: null, waiting: 0, setAside: 0, stale: 0 }
    expect(rest).toEqual({ state: 'serving', ...quiet })
    expect(Date.parse(since)).toBeLessThanOrEqual(NOW)
  })

  it('changes wait until the server has them', async () => {
    stub.store.queue.stop()
    t.build.entry()
    t.build.entry()
    await t.indexer.follow()
    expect((await remote())?.waiting).toBe(2)
    stub.store.queue.start()
    await t.sync!.round()
    expect((await remote())?.waiting).toBe(0)
  })

  it('down: why, with the word of the server', async () => {
    t.build.entry()
    stub.faultOf = () => 'unauthorized'
    await admin.get('/api/search?q=停电')
    const down = { state: 'down', fault: 'unauthorized', code: 'missing_authorization_header' }
    expect(await remote()).toMatchObject(down)
    stub.faultOf = () => undefined
  })

  it('building: how far, also for monitors', async () => {
    const { main, pair } = t.deps.remote!
    vi.spyOn(main, 'progress', 'get').mockReturnValue({ sent: 500, swapped: true })
    pair.prepare('building')
    expect(await remote()).toMatchObject({ state: 'building', build: { sent: 500, swapped: true } })
    expect((await health()).remote).toMatchObject({ state: 'building', sent: 500, swapped: true })
  })

  it('without a server outside the one in the process answers', async () => {
    const alone = await makeApp()
    alone.build.entry()
    const supervisor = await alone.signIn('supervisor')
    await alone.indexer.follow()
    expect((await supervisor.get('/api/engine')).json()).toEqual({
      name: 'embedded',
      documents: 1,
      remote: null,
    })
    await alone.close()
  })
})

describe('documents set aside', () => {
  it('are listed with what they are, since when, and what was said against them', async () => {
    const { entryId } = await setAside('换表要收钱吗？')
    expect(await list()).toEqual({
      total: 1,
      documents: [
        {
          id: expect.any(Number) as number,
          subject: `entry:${entryId}`,
          kind: 'answer',
          title: '换表要收钱吗？',
          since: iso(NOW),
          code: 'invalid_document_id',
        },
      ],
    })
    expect((await remote())?.setAside).toBe(1)
  })

  it('come a page at a time, a hundred at most', async () => {
    for (let n = 1; n <= 3; n += 1)
      t.db
        .insert(outbox)
        .values({ effect: 'engine.aside', subject: `notice:${n}`, createdAt: NOW })
        .run()
    const page = await list('?limit=2&offset=1')
    expect([page.total, page.documents.map(one => one.subject)]).toEqual([3, ['notice:2', 'notice:3']])
    expect((await admin.get('/api/engine/set-aside?limit=101')).statusCode).toBe(400)
  })

  it('that are not in force any more have no title', async () => {
    const { entryId } = await setAside('换表要收钱吗？')
    t.build.retire(entryId)
    expect((await list()).documents).toMatchObject([{ kind: null, title: null }])
  })

  it('are sent again at a word, are taken then, and nobody counts them any more', async () => {
    const { entryId, take } = await setAside('换表要收钱吗？')
    const [one] = (await list()).documents
    take()
    const before = auditHead(t.db)!.length
    expect((await sendAgain(one!.id)).statusCode).toBe(204)
    const told = t.db.select().from(audit).where(gt(audit.id, before)).all()
    expect(told).toMatchObject([
      { action: 'engine.sent_again', subject: `entry:${entryId}`, personId: admin.id },
    ])
    await vi.waitFor(() => expect(stub.store.keysOf('firstline')).toEqual([`entry:${entryId}`]))
    await t.sync!.round()
    expect((await list()).total).toBe(0)
    expect((await health()).remote).toMatchObject({ setAside: 0 })
  })

  it('are set aside since the first time when they are not taken again', async () => {
    await setAside('换表要收钱吗？')
    t.clock.now += HOUR
    const [one] = (await list()).documents
    await sendAgain(one!.id)
    await t.sync!.round()
    const [again] = (await list()).documents
    expect(again).toMatchObject({ since: iso(NOW), code: 'invalid_document_id' })
    expect(again!.id).not.toBe(one!.id)
    const missing = await sendAgain(one!.id)
    expect([missing.statusCode, missing.json<{ code: string }>().code]).toEqual([
      404,
      'engine.document_not_found',
    ])
  })

  it('keep their place in the outbox, with no attempts', async () => {
    await setAside('换表要收钱吗？')
    const [one] = (await list()).documents
    t.db.update(outbox).set({ attempts: 4 }).run()
    await t.sync!.close()
    await sendAgain(one!.id)
    expect(t.db.select().from(outbox).all()).toMatchObject([
      { id: one!.id, effect: 'engine.send', attempts: 0 },
    ])
  })

  it.each<[Role, number]>([
    ['agent', 403],
    ['expert', 403],
    ['reviewer', 403],
    ['chair', 403],
    ['supervisor', 204],
    ['admin', 204],
  ])('%s: %i', async (role, status) => {
    await setAside('换表要收钱吗？')
    const [one] = (await list()).documents
    const person = await t.signIn(role)
    const reading = status === 204 ? 200 : status
    expect((await person.get('/api/engine')).statusCode).toBe(reading)
    expect((await person.get('/api/engine/set-aside')).statusCode).toBe(reading)
    expect((await sendAgain(one!.id, person)).statusCode).toBe(status)
  })
})
