import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { CallView, CurrentCall } from '#server/contract/call.ts'
import { MINUTE, iso } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'

let app: TestApp
let agent: Client
beforeEach(async () => {
  app = await makeApp()
  onTestFinished(app.close)
  agent = await app.signIn('agent')
})

const begin = async (body: object = {}) => (await agent.post('/api/calls', body)).json<CallView>()
const read = async (id: number) => (await agent.get(`/api/calls/${id}`)).json<CallView>()
const current = async () => (await agent.get('/api/calls/current')).json<CurrentCall>().call
const search = (q: string, call: number) => agent.get(`/api/search?q=${encodeURIComponent(q)}&call=${call}`)

describe('beginning and ending', () => {
  test('a call shows what is known of it and is the current one', async () => {
    const call = await begin({
      callId: 'ctl-1',
      callerNum: '138 0013 8000',
      accountNo: '3301234567',
      area: '东城区',
      topic: '停电赔偿',
    })
    expect(call).toEqual({
      id: 1,
      startedAt: iso(NOW),
      endedAt: null,
      callerLast4: '8000',
      accountLast4: '4567',
      area: '东城区',
      topic: '停电赔偿',
      outcome: null,
      searches: [],
      opened: [],
      copied: [],
      followed: [],
    })
    expect(await current()).toEqual(call)
  })

  test('the telephone system’s id begins a call once', async () => {
    const first = await begin({ callId: 'ctl-1' })
    expect((await begin({ callId: 'ctl-1', area: '西山区' })).id).toBe(first.id)
    expect((await begin({ callId: 'ctl-2' })).id).not.toBe(first.id)
    expect((await begin()).id).not.toBe((await begin()).id)
  })

  test('the same id at another agent is another call', async () => {
    const first = await begin({ callId: 'ctl-1' })
    const other = await app.signIn('expert')
    expect((await other.post('/api/calls', { callId: 'ctl-1' })).json()).not.toMatchObject({ id: first.id })
  })

  test('the area is put right while the call goes on, and by nobody else', async () => {
    const { id } = await begin({ area: '东城区' })
    const placed = await agent.put(`/api/calls/${id}/area`, { area: ' 西山区 ' })
    expect(placed.json<CallView>().area).toBe('西山区')
    expect((await read(id)).area).toBe('西山区')
    expect((await agent.put(`/api/calls/${id}/area`, { area: '' })).json<CallView>().area).toBe(null)
    const other = await app.signIn('supervisor')
    expect((await other.put(`/api/calls/${id}/area`, { area: '南湖镇' })).statusCode).toBe(404)
  })

  test('a call ends the one before, of this agent alone', async () => {
    const other = await app.signIn('expert')
    const theirs = (await other.post('/api/calls', {})).json<CallView>().id
    const first = await begin()
    app.clock.now += MINUTE
    const second = await begin()
    expect((await read(first.id)).endedAt).toBe(iso(NOW + MINUTE))
    expect((await current())?.id).toBe(second.id)
    expect((await other.get(`/api/calls/${theirs}`)).json()).toMatchObject({ endedAt: null })
  })

  test('ending twice is ending once, and there is no current call then', async () => {
    const { id } = await begin()
    app.clock.now += MINUTE
    expect((await agent.put(`/api/calls/${id}/end`)).json()).toMatchObject({ endedAt: iso(NOW + MINUTE) })
    app.clock.now += MINUTE
    expect((await agent.put(`/api/calls/${id}/end`, {})).json()).toMatchObject({ endedAt: iso(NOW + MINUTE) })
    expect(await current()).toBeNull()
  })
})

describe('what was searched', () => {
  test('is noted with its results and time', async () => {
    const id = app.build.entry()
    const call = await begin()
    await search('停电赔偿', call.id)
    await agent.get('/api/search?q=没有算在来电里')
    await search('  ', call.id)
    const { searches } = await read(call.id)
    expect(searches).toEqual([
      { query: '停电赔偿', total: 1, confident: true, at: iso(NOW), tookMs: expect.any(Number) },
    ])
    expect(app.db.$client.prepare('select shown from call_search').pluck().get()).toBe(`["entry:${id}"]`)
  })

  test('as it is typed is one search, until there is a pause of two seconds or an entry is opened', async () => {
    const id = app.build.entry()
    const call = await begin()
    const queries = async () => (await read(call.id)).searches.map(one => one.query)
    for (const q of ['停', '停电', '停电赔']) {
      await search(q, call.id)
      app.clock.now += 1999
    }
    expect(await queries()).toEqual(['停电赔'])
    app.clock.now += 1
    await search('停电赔偿', call.id)
    expect(await queries()).toEqual(['停电赔', '停电赔偿'])
    await agent.get(`/api/entries/${id}?call=${call.id}&how=enter&rank=1`)
    app.clock.now += 1
    await search('电压', call.id)
    expect(await queries()).toEqual(['停电赔', '停电赔偿', '电压'])
  })

  test('after the call has ended is not noted, and is answered all the same', async () => {
    app.build.entry()
    const call = await begin()
    await agent.put(`/api/calls/${call.id}/end`)
    expect((await search('停电赔偿', call.id)).json()).toMatchObject({ total: 1 })
    expect((await read(call.id)).searches).toEqual([])
  })

  test('of great length is noted by its beginning', async () => {
    const call = await begin()
    await search('停'.repeat(5000), call.id)
    expect((await read(call.id)).searches[0]!.query).toHaveLength(500)
  })
})
