import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { CallView } from '#server/contract/call.ts'
import type { EntryLinks } from '#server/contract/entry.ts'
import { callOutcome } from '#server/calls/tables.ts'
import { HOUR, iso } from '#server/platform/kernel/clock.ts'
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

describe('what was opened and copied', () => {
  test('openings keep how and at which rank', async () => {
    const id = app.build.entry()
    const call = await begin()
    await agent.get(`/api/entries/${id}?call=${call.id}&how=number&rank=3`)
    await agent.get(`/api/entries/${id}?call=${call.id}`)
    await agent.get(`/api/entries/${id}`)
    expect((await read(call.id)).opened).toEqual([
      { entryId: id, how: 'number', rank: 3, at: iso(NOW) },
      { entryId: id, how: 'link', rank: null, at: iso(NOW) },
    ])
  })

  test('every way of opening and every part is known', async () => {
    const id = app.build.entry()
    const call = await begin()
    for (const how of ['list', 'number', 'enter', 'recent', 'favourite', 'link', 'palette'])
      expect((await agent.get(`/api/entries/${id}?call=${call.id}&how=${how}`)).statusCode).toBe(200)
    for (const part of ['say', 'body', 'basis'])
      expect((await agent.post(`/api/calls/${call.id}/copies`, { entryId: id, part })).statusCode).toBe(204)
    const { copied } = await read(call.id)
    expect(copied).toEqual(['say', 'body', 'basis'].map(part => ({ entryId: id, part, at: iso(NOW) })))
  })

  test('what is not in force is neither opened nor copied nor the answer', async () => {
    const { entryId } = app.build.draft()
    const call = await begin()
    const replies = [
      await agent.get(`/api/entries/${entryId}?call=${call.id}`),
      await agent.post(`/api/calls/${call.id}/copies`, { entryId, part: 'say' }),
      await agent.put(`/api/calls/${call.id}/outcome`, { verdict: 'resolved', entryId }),
    ]
    for (const reply of replies) expect(reply.json()).toMatchObject({ status: 404, code: 'entry.not_found' })
    expect(await read(call.id)).toMatchObject({ opened: [], copied: [], outcome: null })
  })

  test('recent entries are those opened in calls, the last first, each once, as far as they are in force', async () => {
    const [first, second, third] = [1, 2, 3].map(number =>
      app.build.entry({ standardQuestion: `停电问题${number}？` }),
    )
    const call = await begin()
    for (const id of [first, second, first, third]) {
      app.clock.now += 1
      await agent.get(`/api/entries/${id}?call=${call.id}`)
    }
    app.build.retire(third!)
    const recent = (await agent.get('/api/recent-entries')).json<EntryLinks>().entries
    expect(recent.map(link => link.id)).toEqual([first, second])
  })
})

describe('how it ended', () => {
  test.each(['resolved', 'follow_up', 'escalated'])('%s', async verdict => {
    const entryId = app.build.entry()
    const call = await begin()
    const body = { verdict, entryId, wrapCode: 'A12', note: '客户满意' }
    const reply = await agent.put(`/api/calls/${call.id}/outcome`, body)
    expect(reply.json()).toMatchObject({ outcome: { ...body, at: iso(NOW) } })
  })

  test('may be said anew, also after the call has ended; what was said before is kept, with the revision it rested on', async () => {
    const entryId = app.build.entry()
    const call = await begin()
    await agent.put(`/api/calls/${call.id}/outcome`, { verdict: 'resolved', entryId })
    await agent.put(`/api/calls/${call.id}/end`)
    app.clock.now += HOUR
    await agent.put(`/api/calls/${call.id}/outcome`, { verdict: 'escalated' })
    expect((await read(call.id)).outcome).toEqual({
      verdict: 'escalated',
      entryId: null,
      scriptId: null,
      wrapCode: null,
      note: null,
      at: iso(NOW + HOUR),
    })
    expect(app.db.select().from(callOutcome).all()).toMatchObject([
      { verdict: 'resolved', entryId, revisionId: 1, at: NOW },
      { verdict: 'escalated', entryId: null, revisionId: null, at: NOW + HOUR },
    ])
  })
})

describe('other people', () => {
  test('a call is its agent’s alone: to others, also of higher rank, there is none', async () => {
    const entryId = app.build.entry()
    const { id } = await begin({ callerNum: '13800138000' })
    for (const role of ['expert', 'supervisor', 'admin', 'chair'] as const) {
      const other = await app.signIn(role)
      const replies = [
        await other.get(`/api/calls/${id}`),
        await other.put(`/api/calls/${id}/end`),
        await other.put(`/api/calls/${id}/outcome`, { verdict: 'escalated' }),
        await other.post(`/api/calls/${id}/copies`, { entryId, part: 'say' }),
        await other.get(`/api/entries/${entryId}?call=${id}`),
        await other.get(`/api/search?q=%E5%81%9C%E7%94%B5&call=${id}`),
        await other.get('/api/calls/999'),
      ]
      for (const reply of replies) expect(reply.json()).toEqual(replies.at(-1)!.json())
      expect(replies.at(-1)!.json()).toMatchObject({ status: 404, code: 'call.not_found' })
      expect((await other.get('/api/calls/current')).json()).toEqual({ call: null })
      expect((await other.get('/api/recent-entries')).json()).toEqual({ entries: [] })
    }
    expect(await read(id)).toMatchObject({
      endedAt: null,
      outcome: null,
      searches: [],
      opened: [],
      copied: [],
    })
  })
})
