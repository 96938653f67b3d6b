import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { makeApp, type Client, type TestApp } from '../support/app.ts'
import { approve, DRAFT, NOTICE, submit, toldTo } from './journey.ts'
import { listen, type Listener } from './listener.ts'

const BEAT = 25_000

let t: TestApp
let market: Client
let agent: Client
const open: Listener[] = []
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  t = await makeApp()
  await t.app.listen({ host: '127.0.0.1', port: 0 })
  market = await t.signIn('reviewer', 'market')
  agent = await t.signIn('agent')
})
afterEach(async () => {
  for (const listener of open.splice(0)) listener.leave()
  await t.close()
  vi.useRealTimers()
})

function page(client: Client, lastEventId?: string): Listener {
  const listener = listen(t, client.cookie, lastEventId)
  listener.closed.catch(() => undefined)
  open.push(listener)
  return listener
}

/** Listening, with the first words of the stream received. */
async function listening(client: Client, lastEventId?: string): Promise<Listener> {
  const listener = page(client, lastEventId)
  await listener.text('retry: 3000')
  return listener
}

describe('GET /api/events', () => {
  it('is a stream of events that no proxy keeps back', async () => {
    const listener = await listening(market)
    expect(await listener.status).toBe(200)
    expect(listener.headers()).toContain('content-type: text/event-stream')
    expect(listener.headers()).toContain('cache-control: no-cache, no-transform')
    expect(listener.headers()).toContain('x-accel-buffering: no')
  })

  it('tells a member at once of a review', async () => {
    const listener = await listening(market)
    const { reviewId } = await submit(t)
    expect(await listener.events(1)).toMatchObject([
      { event: 'review.opened', data: { subject: `review:${reviewId}`, title: DRAFT.standardQuestion } },
    ])
  })

  it('tells an agent of notices and of what is in force, and never of what nobody has approved', async () => {
    const listener = await listening(agent)
    const { reviewId, id } = await submit(t)
    await (await t.signIn('chair')).post('/api/notices', NOTICE)
    expect(await listener.events(1)).toMatchObject([{ event: 'notice.posted' }])
    await approve(t, reviewId)
    expect((await listener.events(2))[1]).toMatchObject({
      event: 'revision.published',
      data: { subject: `entry:${id}`, title: DRAFT.standardQuestion },
    })
  })

  it('says at once that a review changed, to who may look at it and to nobody else, without a title', async () => {
    const author = await t.signIn('expert')
    const { reviewId } = await submit(t)
    const [seeing, own, other, desk] = [
      await listening(market),
      await listening(author),
      await listening(await t.signIn('expert', 'safety')),
      await listening(agent),
    ]
    const subject = `review:${reviewId}`
    await market.post(`/api/reviews/${reviewId}/comments`, { field: 'say', text: '再短一点' })
    await (
      await t.signIn('reviewer', 'service')
    ).post(`/api/reviews/${reviewId}/votes`, { verdict: 'approve' })
    await vi.waitFor(() => {
      expect(seeing.changes()).toEqual([subject, subject])
      expect(own.changes()).toEqual([subject, subject])
    })
    await (await t.signIn('chair')).post('/api/notices', NOTICE)
    for (const elsewhere of [other, desk]) {
      await elsewhere.events(1)
      expect(elsewhere.changes()).toEqual([])
    }
  })

  it('does not repeat to a page that comes back what it was only told in passing', async () => {
    const before = await listening(market)
    const { reviewId } = await submit(t)
    const [first] = await before.events(1)
    before.leave()
    await market.post(`/api/reviews/${reviewId}/comments`, { field: 'say', text: '再短一点' })
    const after = await listening(market, first?.id)
    await submit(t, { standardQuestion: '二？' })
    await after.events(1)
    await vi.waitFor(() => expect(after.changes()).toEqual([`review:${reviewId + 1}`]))
  })

  it('sends a page that comes back what it missed, once, in its order', async () => {
    const before = await listening(market)
    await submit(t, { standardQuestion: '一？' })
    const [first] = await before.events(1)
    before.leave()
    for (const question of ['二？', '三？']) await submit(t, { standardQuestion: question })
    await toldTo(market)
    const after = await listening(market, first?.id)
    await submit(t, { standardQuestion: '四？' })
    expect((await after.events(3)).map(one => one.data.title)).toEqual(['二？', '三？', '四？'])
  })

  it('sends a page that comes back after a restart what it missed', async () => {
    const listener = await listening(market, '0')
    await submit(t)
    const [first] = await listener.events(1)
    expect(first?.id).toBe('1')
  })

  it('sends more than is read at a time', async () => {
    await t.signIn('chair')
    const row =
      "insert into notification (person_id, event, subject, title, at) values (?, 'review.opened', 'review:1', ?, 0)"
    const insert = t.db.$client.prepare(row)
    for (let count = 0; count < 350; count++) insert.run(market.id, `第${count}条`)
    const events = await (await listening(market, '0')).events(350)
    expect(events.map(one => one.data.title)).toEqual(
      Array.from({ length: 350 }, (_, count) => `第${count}条`),
    )
  })

  it('begins with now for a page that is new, or says something senseless', async () => {
    await submit(t)
    await toldTo(market)
    for (const lastEventId of [undefined, 'NaN', '-1', '99999'])
      await (await listening(market, lastEventId)).text('id: 1\n\n')
  })

  it('refuses a fifth page of one person, until one has gone', async () => {
    const four = await Promise.all([1, 2, 3, 4].map(() => listening(market)))
    expect(await page(market).status).toBe(429)
    expect(await (await listening(agent)).status).toBe(200)
    four[0]?.leave()
    await vi.waitFor(async () => expect(await page(market).status).toBe(200))
  })
})

describe('a connection', () => {
  it('shows that it lives, without keeping the session alive', async () => {
    const seen = () =>
      t.db.$client.prepare('select last_seen_at from session where person_id = ?').pluck().get(market.id)
    const listener = await listening(market)
    const before = seen()
    t.clock.now += 300_000
    vi.advanceTimersByTime(BEAT)
    await listener.text(': still here')
    expect(seen()).toBe(before)
  })

  it('ends with the session', async () => {
    const [one, other] = [await listening(market), await listening(agent)]
    await market.delete('/api/session')
    vi.advanceTimersByTime(BEAT)
    await one.closed
    await other.text(': still here')
  })

  it('ends when the session has run out, and when the person has left', async () => {
    const listener = await listening(market)
    t.db.$client.exec(`update person set left_at = 1 where id = ${market.id}`)
    vi.advanceTimersByTime(BEAT)
    await listener.closed
    const other = await listening(agent)
    t.clock.now += 9 * 3_600_000
    vi.advanceTimersByTime(BEAT)
    await other.closed
  })

  it('ends when the service stops, which then need not wait for it', async () => {
    const listener = await listening(market)
    await t.app.close()
    await listener.closed
  })
})
