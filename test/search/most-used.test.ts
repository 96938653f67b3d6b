import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { CallView } from '#server/contract/call.ts'
import type { SearchReply } from '#server/contract/search.ts'
import { DAY, HOUR, MINUTE } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'

let app: TestApp
let agent: Client
beforeEach(async () => {
  app = await makeApp()
  onTestFinished(app.close)
  agent = await app.signIn('agent')
})

const ask = async (query: string) => (await agent.get(`/api/search?${encodeURI(query)}`)).json<SearchReply>()
const begin = async () => (await agent.post('/api/calls', {})).json<CallView>().id

const says = async (area: string) => (await ask(`q=停电&area=${area}`)).notices.map(notice => notice.say)
const count = async () => (await ask('q=停电赔偿')).hits[0]!.resolvedCount
const settle = async (entryId: number, verdict = 'resolved') => {
  const call = await begin()
  await agent.put(`/api/calls/${call}/outcome`, { verdict, entryId })
  return call
}

const listed = async (q = '') => (await ask(`q=${q}`)).hits.map(hit => hit.id)

describe('an empty query', () => {
  test('lists the most opened of the last thirty days, then the newest', async () => {
    const [rare, old, often] = [1, 2, 3].map(number =>
      app.build.entry({ standardQuestion: `停电问题${number}？` }),
    )
    app.clock.now += 1
    const newest = app.build.entry({ standardQuestion: '停电问题4？' })
    const call = await begin()
    for (const id of [often, often, rare]) await agent.get(`/api/entries/${id}?call=${call}`)
    expect(await listed()).toEqual([often, rare, newest, old])
    expect(await listed(' 　')).toEqual([often, rare, newest, old])
    app.clock.now += 31 * DAY
    agent = await app.signIn('agent')
    expect(await listed()).toEqual([newest, rare, old, often])
  })

  test('puts what is tagged 常用 before the newest, and behind what was opened', async () => {
    const common = app.build.entry({ standardQuestion: '停电赔偿怎么办？', tags: ['赔偿', '常用'] })
    const opened = app.build.entry({ standardQuestion: '怎么过户？' })
    app.clock.now += 1
    const newest = app.build.entry({ standardQuestion: '电费怎么交？' })
    await agent.get(`/api/entries/${opened}?call=${await begin()}`)
    expect(await listed()).toEqual([opened, common, newest])
  })

  test('lists notices alone where they are asked for, the next to end first', async () => {
    const later = app.build.notice({ endsAt: NOW + 9 * HOUR })
    const sooner = app.build.notice({ endsAt: NOW + 2 * HOUR })
    app.build.entry({ standardQuestion: '停电怎么办？' })
    const reply = await ask('q=&kind=notice')
    expect(reply.hits.map(hit => [hit.kind, hit.id])).toEqual([
      ['notice', sooner],
      ['notice', later],
    ])
    expect(reply.facets.kind).toEqual({ notice: 2, answer: 1 })
    expect((await ask('q=&kind=notice&category=供电安全')).total).toBe(0)
  })

  test('lists only what is in force, and is confident of it', async () => {
    app.build.draft()
    app.build.retire(app.build.entry())
    app.build.entry({ validUntil: NOW })
    const id = app.build.entry()
    expect(await ask('q=')).toMatchObject({
      confident: true,
      total: 1,
      hits: [{ id }],
      facets: { kind: { answer: 1 } },
    })
  })

  test('is what no query at all is', async () => {
    app.build.entry()
    expect(await ask('')).toEqual(await ask('q='))
  })
})

describe('notices of the area', () => {
  beforeEach(() => {
    app.build.notice({ areas: ['东城区'], say: '东城区正在抢修。', endsAt: NOW + HOUR })
    app.build.notice({
      areas: ['东城区'],
      say: '东城区明天检修。',
      startsAt: NOW + HOUR,
      endsAt: NOW + 2 * HOUR,
    })
    app.build.notice({ areas: ['西山区'], say: '西山区正在抢修。' })
  })

  test('stand above the results while they are active', async () => {
    expect(await says('东城区新民里')).toEqual(['东城区正在抢修。'])
    app.clock.now = NOW + HOUR
    expect(await says('东城区新民里')).toEqual(['东城区明天检修。'])
    app.clock.now = NOW + 2 * HOUR
    expect(await says('东城区新民里')).toEqual([])
  })

  test('none are shown while no area is known', async () => {
    expect((await ask('q=停电')).notices).toEqual([])
    expect(await says('')).toEqual([])
    expect(await says(' ')).toEqual([])
  })
})

describe('how many calls an answer settled', () => {
  test('counts the last word of each call, in the last thirty days', async () => {
    const id = app.build.entry()
    expect(await count()).toBe(0)
    await settle(id)
    const second = await settle(id)
    await settle(id, 'follow_up')
    expect(await count()).toBe(2)
    await agent.put(`/api/calls/${second}/outcome`, { verdict: 'resolved', entryId: id })
    expect(await count()).toBe(2)
    await agent.put(`/api/calls/${second}/outcome`, { verdict: 'escalated' })
    expect(await count()).toBe(1)
    app.clock.now += 30 * DAY + MINUTE
    agent = await app.signIn('agent')
    expect(await count()).toBe(0)
  })
})
