import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { ReviewList } from '#server/contract/review.ts'
import { DAY, HOUR, iso } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { begin, open, refusal, reviewOf, submit, vote } from '../support/committee.ts'

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
const leave = ({ id }: Client) =>
  t.db.$client.prepare('update person set left_at = ? where id = ?').run(NOW, id)
const lend = (from: Client, to: Client, times: { from?: number; until?: number } = {}) =>
  from.post('/api/delegations', {
    toPersonId: to.id,
    from: iso(times.from ?? NOW),
    until: iso(times.until ?? NOW + DAY),
  })
const standIn = (reviewId: number, person: Client, department: string) =>
  chair.post(`/api/reviews/${reviewId}/stand-ins`, { department, personId: person.id })

describe('a delegation', () => {
  test('lets a colleague vote from the seat between its two instants', async () => {
    const { reviewId } = await submit(t)
    expect(
      (await lend(market, await t.signIn('expert', 'service'), { from: NOW + HOUR, until: NOW + 2 * HOUR }))
        .statusCode,
    ).toBe(201)
    const deputy = await t.signIn('expert', 'service')
    expect(refusal(await vote(deputy, reviewId))).toEqual([403, 'review.not_a_member'])
    t.clock.now = NOW + 2 * HOUR
    expect(refusal(await vote(deputy, reviewId))).toEqual([403, 'review.not_a_member'])
    t.clock.now = NOW + 2 * HOUR - 1
    expect(await queue(deputy)).toEqual([reviewId])
    expect((await vote(deputy, reviewId)).statusCode).toBe(201)
    expect(await reviewOf(expert, reviewId)).toMatchObject({
      votes: [{ name: '韩语', department: 'market' }],
      waitingFor: [],
    })
  })

  test('is not passed on, not given by who has no seat, not to oneself, not backwards', async () => {
    const deputy = await t.signIn('expert', 'service')
    await lend(market, deputy)
    expect(refusal(await lend(deputy, await t.signIn('expert', 'safety')))).toEqual([
      403,
      'delegation.not_allowed',
    ])
    expect(refusal(await lend(market, market))).toEqual([403, 'delegation.not_allowed'])
    expect(refusal(await lend(market, await t.signIn('agent')))).toEqual([403, 'delegation.not_allowed'])
    expect(refusal(await lend(market, deputy, { from: NOW + HOUR, until: NOW + HOUR }))).toEqual([
      403,
      'delegation.not_allowed',
    ])
    expect(refusal(await lend(market, deputy, { from: NOW - DAY, until: NOW }))).toEqual([
      403,
      'delegation.not_allowed',
    ])
  })

  test('gives the author no vote, and nobody a vote in the place of the author', async () => {
    const { reviewId } = await submit(t)
    await lend(market, expert)
    expect(refusal(await vote(expert, reviewId))).toEqual([403, 'review.author_may_not_vote'])
    const own = await open(market, (await begin(market)).revisionId)
    const deputy = await t.signIn('expert', 'service')
    await lend(market, deputy)
    expect(refusal(await vote(deputy, own))).toEqual([403, 'review.author_may_not_vote'])
    expect(await queue(deputy)).toEqual([reviewId])
  })

  test('makes one seat no two votes, whoever votes first', async () => {
    const { reviewId } = await submit(t)
    const deputy = await t.signIn('expert', 'service')
    await lend(market, deputy)
    await vote(deputy, reviewId)
    expect(refusal(await vote(market, reviewId))).toEqual([409, 'review.already_voted'])
    const other = await submit(t)
    await vote(market, other.reviewId)
    expect(refusal(await vote(deputy, other.reviewId))).toEqual([409, 'review.already_voted'])
  })
})

describe('the chair', () => {
  test('lets a member stand in for a department that is late or has nobody, and gives no second vote', async () => {
    const { reviewId } = await submit(t)
    expect(refusal(await standIn(reviewId, service, 'market'))).toEqual([403, 'delegation.not_allowed'])
    leave(market)
    expect(refusal(await standIn(reviewId, expert, 'market'))).toEqual([403, 'review.not_a_member'])
    expect(refusal(await standIn(reviewId, service, 'finance'))).toEqual([404, 'department.not_found'])
    expect((await standIn(reviewId, service, 'market')).statusCode).toBe(204)
    expect(await queue(service)).toEqual([reviewId])
    await vote(chair, reviewId)
    await standIn(reviewId, chair, 'market')
    expect(refusal(await vote(chair, reviewId))).toEqual([409, 'review.already_voted'])
    expect((await vote(service, reviewId)).json()).toEqual({ state: 'approved' })
  })

  test('alone may do so, once the day to decide has passed', async () => {
    const { reviewId } = await submit(t)
    t.clock.now = NOW + 3 * DAY
    const later = await t.signIn('chair')
    const given = { department: 'market', personId: service.id }
    const other = await t.signIn('supervisor')
    expect(refusal(await other.post(`/api/reviews/${reviewId}/stand-ins`, given))).toEqual([
      403,
      'right.missing',
    ])
    expect((await later.post(`/api/reviews/${reviewId}/stand-ins`, given)).statusCode).toBe(204)
  })
})

test('who has left the committee speaks for nobody any more, also where the chair had let them', async () => {
  const { reviewId } = await submit(t)
  leave(market)
  await standIn(reviewId, service, 'market')
  t.db.$client.prepare('update committee_seat set held_until = ? where person_id = ?').run(NOW, service.id)
  expect(await queue(service)).toEqual([])
  expect(refusal(await vote(service, reviewId))).toEqual([403, 'review.not_a_member'])
  expect((await standIn(reviewId, chair, 'market')).statusCode).toBe(204)
  expect((await vote(chair, reviewId)).statusCode).toBe(201)
})

test('a seat lent to whoever lends on their own is not passed on with it', async () => {
  const { reviewId } = await submit(t)
  const last = await t.signIn('expert', 'safety')
  await lend(market, service)
  await lend(service, last)
  expect((await vote(last, reviewId)).statusCode).toBe(201)
  expect(await reviewOf(expert, reviewId)).toMatchObject({
    votes: [{ department: 'service' }],
    waitingFor: ['market'],
  })
})

test('a seat lent to two people at the same time votes once', async () => {
  const { reviewId } = await submit(t)
  const [one, two] = [await t.signIn('expert', 'service'), await t.signIn('expert', 'safety')]
  await lend(market, one)
  await lend(market, two)
  expect(await queue(two)).toEqual([reviewId])
  await vote(one, reviewId)
  expect(await queue(two)).toEqual([])
  expect(refusal(await vote(two, reviewId))).toEqual([409, 'review.already_voted'])
})

test('a reviewer who left does not block: what they approved stands, their department’s others decide', async () => {
  const { reviewId } = await submit(t)
  await vote(service, reviewId)
  leave(service)
  expect((await vote(market, reviewId)).json()).toEqual({ state: 'approved' })
})
