import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { DelegationList, ReviewList } from '#server/contract/review.ts'
import { DAY, HOUR, iso } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { toldTo } from '../notifications/journey.ts'
import { refusal, reviewOf, submit, vote } from '../support/committee.ts'

let t: TestApp
let expert: Client
let market: Client
let service: Client
let chair: Client
beforeEach(async () => {
  t = await makeApp()
  onTestFinished(t.close)
  expert = await t.signIn('expert')
  market = await t.signIn('reviewer', 'market')
  service = await t.signIn('reviewer', 'service')
  chair = await t.signIn('chair')
})

const queue = async (client: Client) =>
  (await client.get('/api/reviews?mine=true')).json<ReviewList>().reviews.map(one => one.id)
const lend = (from: Client, to: Client, times: { from?: number; until?: number } = {}) =>
  from.post('/api/delegations', {
    toPersonId: to.id,
    from: iso(times.from ?? NOW),
    until: iso(times.until ?? NOW + DAY),
  })
const list = async (client: Client) =>
  (await client.get('/api/delegations')).json<DelegationList>().delegations
const end = (client: Client, id = 1) => client.put(`/api/delegations/${id}/ending`)

describe('a delegation that is ended early', () => {
  test('by its giver gives no vote from then on; votes cast before stand', async () => {
    const [before, after] = [await submit(t), await submit(t, { standardQuestion: '停电多久恢复？' })]
    const deputy = await t.signIn('expert', 'service')
    await lend(market, deputy)
    await vote(deputy, before.reviewId)
    expect((await list(deputy))[0]).toMatchObject({ mine: false, toMe: true, mayEnd: false })
    const reply = await end(market)
    expect([reply.statusCode, reply.json()]).toEqual([200, { delegations: [] }])
    expect(refusal(await vote(deputy, after.reviewId))).toEqual([403, 'review.not_a_member'])
    expect(await queue(deputy)).toEqual([])
    expect((await reviewOf(expert, before.reviewId)).votes).toMatchObject([{ name: '韩语' }])
    expect((await vote(market, after.reviewId)).statusCode).toBe(201)
  })

  test('by the chair, who sees them all; and before it has begun', async () => {
    await lend(market, service, { from: NOW + HOUR })
    expect(await list(chair)).toMatchObject([{ byName: '赵岚', toName: '沈听', mine: false, mayEnd: true }])
    expect(await list(await t.signIn('reviewer', 'safety'))).toEqual([])
    expect((await end(chair)).statusCode).toBe(200)
    expect(await list(market)).toEqual([])
  })

  test('is no longer told of reviews', async () => {
    const deputy = await t.signIn('expert', 'service')
    await lend(market, deputy)
    await end(market)
    await submit(t)
    expect(await toldTo(deputy)).toEqual([])
    expect(await toldTo(market)).toHaveLength(1)
  })

  test('is refused to its taker and to others, once it is over, and when it never was', async () => {
    await lend(market, service)
    for (const other of [service, await t.signIn('reviewer', 'safety'), await t.signIn('supervisor')])
      expect(refusal(await end(other))).toEqual([403, 'right.missing'])
    expect(refusal(await end(market, 9))).toEqual([404, 'delegation.not_found'])
    await end(market)
    expect(refusal(await end(market))).toEqual([404, 'delegation.not_found'])
    await lend(market, service, { until: NOW + HOUR })
    t.clock.now = NOW + HOUR
    expect(refusal(await end(market, 2))).toEqual([404, 'delegation.not_found'])
  })
})
