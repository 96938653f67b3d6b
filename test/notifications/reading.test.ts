import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Digest, NotificationList } from '#server/contract/notification.ts'
import { DAY } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { NOTICE, submit, toldTo } from './journey.ts'

let t: TestApp
let market: Client
beforeEach(async () => {
  t = await makeApp()
  market = await t.signIn('reviewer', 'market')
})
afterEach(() => t.close())

const list = async (client: Client, query = '') =>
  (await client.get(`/api/notifications${query}`)).json<NotificationList>()

/** The nearest days with anything before and after a day. */
async function nearest(client: Client, day: string): Promise<[string | null, string | null]> {
  const { earlier, later } = (await client.get(`/api/digest?day=${day}`)).json<Digest>()
  return [earlier, later]
}

describe('GET /api/notifications', () => {
  it('gives a page, the latest first, and counts what is unread', async () => {
    for (const question of ['一？', '二？', '三？']) await submit(t, { standardQuestion: question })
    const page = await list(market, '?limit=2&offset=1')
    expect(page).toMatchObject({ total: 3, unread: 3, notifications: [{ title: '二？' }, { title: '一？' }] })
  })

  it('asks who is there', async () => {
    for (const url of ['/api/notifications', '/api/digest', '/api/events'])
      expect((await t.inject(url)).statusCode).toBe(401)
  })
})

describe('reading', () => {
  it('one is noted for the person alone; twice is once', async () => {
    await (await t.signIn('chair')).post('/api/notices', NOTICE)
    const agent = await t.signIn('agent')
    const [{ id } = { id: 0 }] = await toldTo(agent)
    expect((await agent.put(`/api/notifications/${id}/reading`)).json()).toEqual({ unread: 0 })
    await agent.put(`/api/notifications/${id}/reading`)
    expect((await list(agent)).notifications).toMatchObject([{ id, read: true }])
    expect((await list(agent, '?unread=true')).total).toBe(0)
    expect((await list(market)).unread).toBe(1)
  })

  it('all up to one leaves what came later', async () => {
    for (const question of ['一？', '二？', '三？']) await submit(t, { standardQuestion: question })
    const [, second] = await toldTo(market)
    expect((await market.put('/api/notifications/readings', { upTo: second?.id })).json()).toEqual({
      unread: 1,
    })
    expect((await toldTo(market)).map(one => one.read)).toEqual([false, true, true])
  })

  it.each(['agent', 'expert', 'admin'] as const)("another's is not found: %s", async role => {
    await submit(t)
    const [{ id } = { id: 0 }] = await toldTo(market)
    const reply = await (await t.signIn(role)).put(`/api/notifications/${id}/reading`)
    expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([404, 'notification.not_found'])
  })

  it('one that never was is not found', async () => {
    expect((await market.put('/api/notifications/99/reading')).statusCode).toBe(404)
    expect((await market.put('/api/notifications/readings', { upTo: 0 })).statusCode).toBe(400)
  })
})

it('whoever only takes calls now sees nothing of what they were told as a member', async () => {
  await submit(t)
  expect(await toldTo(market)).toHaveLength(1)
  t.db.$client.exec(`update person_role set role = 'agent' where person_id = ${market.id}`)
  expect(await toldTo(market)).toEqual([])
})

describe('GET /api/digest', () => {
  it('tells of a day in China by event, and only of that day', async () => {
    for (const question of ['一？', '二？']) await submit(t, { standardQuestion: question })
    await (await t.signIn('chair')).post('/api/notices', NOTICE)
    await toldTo(market)
    t.clock.now = NOW + DAY
    market = await t.signIn('reviewer', 'market')
    const digest = (await market.get('/api/digest?day=2026-11-22')).json<Digest>()
    expect(digest).toMatchObject({
      day: '2026-11-22',
      total: 3,
      groups: [
        { event: 'review.opened', count: 2, notifications: [{ title: '二？' }, { title: '一？' }] },
        { event: 'notice.posted', count: 1 },
      ],
    })
    const empty = { day: '2026-11-23', earlier: '2026-11-22', later: null, total: 0, groups: [] }
    expect((await market.get('/api/digest')).json()).toEqual(empty)
  })

  it('names the nearest days with anything told to the person', async () => {
    await submit(t, { standardQuestion: '一？' })
    await toldTo(market)
    t.clock.now = Date.parse('2026-11-24T23:59:59.999+08:00')
    await submit(t, { standardQuestion: '二？' })
    market = await t.signIn('reviewer', 'market')
    await toldTo(market)
    expect(await nearest(market, '2026-11-22')).toEqual([null, '2026-11-24'])
    expect(await nearest(market, '2026-11-23')).toEqual(['2026-11-22', '2026-11-24'])
    expect(await nearest(market, '2026-11-25')).toEqual(['2026-11-24', null])
    expect(await nearest(await t.signIn('agent'), '2026-11-23')).toEqual([null, null])
  })

  it('shows the latest of a group and counts all', async () => {
    for (let count = 0; count < 22; count++) await (await t.signIn('chair')).post('/api/notices', NOTICE)
    const { groups } = (await market.get('/api/digest')).json<Digest>()
    expect(groups).toMatchObject([{ count: 22 }])
    expect(groups[0]?.notifications).toHaveLength(20)
    const rest = await list(market, '?day=2026-11-22&event=notice.posted&offset=20')
    expect([rest.total, rest.notifications.length]).toEqual([22, 2])
    expect((await list(market, '?day=2026-11-21&event=notice.posted')).total).toBe(0)
    expect((await list(market, '?day=2026-11-22&event=review.opened')).total).toBe(0)
  })
})
