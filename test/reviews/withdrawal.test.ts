import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { EntryView } from '#server/contract/entry.ts'
import type { ReviewList } from '#server/contract/review.ts'
import type { EntryHistory, MyRevisions } from '#server/contract/writing.ts'
import { HOUR, iso } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { approve, open, refusal, reviewOf, revisionOf, save, submit, vote } from '../support/committee.ts'
import { toldTo } from '../notifications/journey.ts'

const REASON = '漏了一种情形，补好再交。'

let t: TestApp
let expert: Client
let market: Client
let service: Client
let reviewId: number
let revisionId: number
let id: number
beforeEach(async () => {
  t = await makeApp()
  onTestFinished(t.close)
  expert = await t.signIn('expert')
  market = await t.signIn('reviewer', 'market')
  service = await t.signIn('reviewer', 'service')
  ;({ reviewId, revisionId, id } = await submit(t))
})

const withdraw = (client: Client, review = reviewId, body: object = { reason: REASON }) =>
  client.post(`/api/reviews/${review}/withdrawal`, body)
const queue = async (client: Client) =>
  (await client.get('/api/reviews?mine=true')).json<ReviewList>().reviews.map(one => one.id)

describe('a review that is withdrawn', () => {
  test('is over: nobody votes, nobody waits, and everything said is kept', async () => {
    await vote(service, reviewId)
    await market.post(`/api/reviews/${reviewId}/comments`, { field: 'say', text: '再短一点' })
    expect((await reviewOf(expert, reviewId)).mayWithdraw).toBe(true)
    const reply = await withdraw(expert)
    expect([reply.statusCode, reply.json()]).toEqual([201, { state: 'withdrawn' }])
    expect(await reviewOf(expert, reviewId)).toMatchObject({
      state: 'withdrawn',
      withdrawals: [{ name: '陈曦', department: 'market', reason: REASON, round: 1 }],
      votes: [{ name: '沈听' }],
      comments: [{ text: '再短一点' }],
      mayWithdraw: false,
      mayVote: false,
    })
    expect(refusal(await vote(market, reviewId))).toEqual([409, 'review.closed'])
    expect(await queue(market)).toEqual([])
  })

  test('leaves a draft that is saved and submitted again, in the next round', async () => {
    expect(await revisionOf(expert, revisionId)).toMatchObject({ state: 'in_review', mayEdit: false })
    await withdraw(expert)
    expect(await revisionOf(expert, revisionId)).toMatchObject({ state: 'draft', mayEdit: true, reviewId })
    const mine = (await expert.get('/api/revisions')).json<MyRevisions>().revisions
    expect(mine).toMatchObject([{ id: revisionId, state: 'draft', reviewId }])
    expect((await save(t, expert, revisionId, { say: '补好了。' })).statusCode).toBe(200)
    const again = await open(expert, revisionId)
    expect(await reviewOf(market, again)).toMatchObject({ round: 2, sinceLast: [{ field: 'say' }] })
  })

  test('is told to who had voted and who was waited for, and to nobody else', async () => {
    await vote(service, reviewId)
    await withdraw(expert)
    for (const member of [market, service])
      expect((await toldTo(member))[0]).toMatchObject({
        event: 'review.withdrawn',
        subject: `review:${reviewId}`,
      })
    for (const other of [expert, await t.signIn('reviewer', 'safety'), await t.signIn('agent')])
      expect((await toldTo(other)).filter(one => one.event === 'review.withdrawn')).toEqual([])
  })

  test('stands in the history of the entry with who and why', async () => {
    await withdraw(expert)
    const { revisions } = (await market.get(`/api/entries/${id}/history`)).json<EntryHistory>()
    expect(revisions[0]?.reviews).toMatchObject([
      { state: 'withdrawn', withdrawal: { name: '陈曦', at: iso(NOW), reason: REASON } },
    ])
  })

  test('needs no reason, not even a body', async () => {
    expect((await expert.post(`/api/reviews/${reviewId}/withdrawal`)).statusCode).toBe(201)
    const next = await open(expert, revisionId)
    expect((await withdraw(expert, next, { reason: '  ' })).statusCode).toBe(201)
    expect((await reviewOf(expert, next)).withdrawals.map(one => one.reason)).toEqual([null, null])
  })

  test('of a retirement leaves the entry in force; it can be asked again', async () => {
    await approve(t, reviewId)
    const ask = async () =>
      (await expert.post(`/api/entries/${id}/retirement`, { reason: '停用' })).json<{ reviewId: number }>()
    await withdraw(expert, (await ask()).reviewId)
    expect((await (await t.signIn('agent')).get(`/api/entries/${id}`)).statusCode).toBe(200)
    expect((await ask()).reviewId).toBeGreaterThan(reviewId)
  })
})

describe('a withdrawal is refused', () => {
  test('to everyone but its authors', async () => {
    for (const other of [
      market,
      await t.signIn('chair'),
      await t.signIn('expert', 'safety'),
      await t.signIn('agent'),
    ])
      expect(refusal(await withdraw(other))).toEqual([403, 'right.missing'])
    expect((await reviewOf(market, reviewId)).mayWithdraw).toBe(false)
    expect(refusal(await withdraw(expert, 99))).toEqual([404, 'review.not_found'])
  })

  test('once the review is over, also by a withdrawal', async () => {
    await withdraw(expert)
    expect(refusal(await withdraw(expert))).toEqual([409, 'review.closed'])
    const next = await open(expert, revisionId)
    await approve(t, next)
    expect(refusal(await withdraw(expert, next))).toEqual([409, 'review.closed'])
  })

  test('while agents read its text by the fast lane; once that has lapsed it is not', async () => {
    await market.post(`/api/reviews/${reviewId}/fast-lane`, { hours: 2, reason: '台风' })
    expect((await reviewOf(expert, reviewId)).mayWithdraw).toBe(false)
    expect(refusal(await withdraw(expert))).toEqual([409, 'review.fast_lane_open'])
    const read = await (await t.signIn('agent')).get(`/api/entries/${id}`)
    expect(read.json<EntryView>().labels).toEqual(['快审'])
    t.clock.now = NOW + 2 * HOUR
    expect((await withdraw(expert)).statusCode).toBe(201)
    expect(await revisionOf(expert, revisionId)).toMatchObject({ mayEdit: false })
  })

  test('with more words than fit', async () => {
    expect(refusal(await withdraw(expert, reviewId, { reason: '长'.repeat(1001) }))).toEqual([
      400,
      'request.invalid',
    ])
  })
})
