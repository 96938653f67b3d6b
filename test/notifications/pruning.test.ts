import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DAY } from '#server/platform/kernel/clock.ts'
import { DAYS_KEPT } from '#server/notifications/rules.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { NOTICE, submit, toldTo } from './journey.ts'

const BEAT = 25_000

let t: TestApp
let market: Client
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  t = await makeApp()
  market = await t.signIn('reviewer', 'market')
})
afterEach(async () => {
  await t.close()
  vi.useRealTimers()
})

/** Lets the service look at a clock that shows `now`. */
function at(now: number): void {
  t.clock.now = now
  vi.advanceTimersByTime(BEAT)
}

const rows = (sql: string) => t.db.$client.prepare(sql).all()
const audited = () =>
  rows("select person_id as who, subject, note from audit where action = 'notification.pruned'")
const subjectsOf = async (event: string) =>
  (await toldTo(await t.signIn('reviewer', 'market')))
    .filter(one => one.event === event)
    .map(one => one.subject)

describe('a notification', () => {
  it('is kept for its days, read or not, and then taken away with what was noted of reading it', async () => {
    for (const question of ['一？', '二？']) await submit(t, { standardQuestion: question })
    const [last] = await toldTo(market)
    await market.put(`/api/notifications/${last?.id}/reading`)
    at(NOW + DAYS_KEPT * DAY)
    expect(await subjectsOf('review.opened')).toHaveLength(2)
    expect(audited()).toEqual([])
    at(NOW + (DAYS_KEPT + 1) * DAY)
    expect(await subjectsOf('review.opened')).toEqual([])
    expect(rows('select * from notification_read')).toEqual([])
    expect(audited()).toEqual([{ who: null, subject: 'notification', note: '2' }])
  })

  it('of what is still undone is told once more after that', async () => {
    const { reviewId } = await submit(t)
    at(NOW + 3 * DAY)
    const { 0: first } = rows("select id from notification where event = 'review.overdue'")
    at(NOW + (DAYS_KEPT + 4) * DAY)
    at(NOW + (DAYS_KEPT + 4) * DAY)
    expect(await subjectsOf('review.overdue')).toEqual([`review:${reviewId}`])
    expect(rows("select id from notification where event = 'review.overdue'")).not.toContainEqual(first)
  })

  it('that everyone was told is taken away as well', async () => {
    await (await t.signIn('chair')).post('/api/notices', NOTICE)
    const agent = await t.signIn('agent')
    const [{ id } = { id: 0 }] = await toldTo(agent)
    await agent.put(`/api/notifications/${id}/reading`)
    at(NOW + (DAYS_KEPT + 1) * DAY)
    expect([rows('select * from notification'), rows('select * from notification_read')]).toEqual([[], []])
  })
})

describe('what was for a person who has left', () => {
  it('is taken away at the first look of the next day, and nobody else loses anything', async () => {
    await (await t.signIn('chair')).post('/api/notices', NOTICE)
    await submit(t)
    for (const one of await toldTo(market)) await market.put(`/api/notifications/${one.id}/reading`)
    at(NOW)
    t.db.$client.exec(`update person set left_at = ${NOW} where id = ${market.id}`)
    at(NOW + 1)
    expect(rows('select * from notification_read')).toHaveLength(2)
    at(NOW + DAY)
    expect(rows('select event from notification')).toEqual([{ event: 'notice.posted' }])
    expect(rows('select * from notification_read')).toEqual([])
    expect(audited()).toEqual([{ who: null, subject: 'notification', note: '1' }])
  })
})
