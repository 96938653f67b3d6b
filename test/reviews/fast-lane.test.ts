import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { EntryView } from '#server/contract/entry.ts'
import type { EntryHistory } from '#server/contract/writing.ts'
import { HOUR, iso } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import {
  approve,
  begin,
  open,
  POLICY,
  put,
  refusal,
  reviewOf,
  revise,
  revisionOf,
  submit,
  vote,
} from '../support/committee.ts'

const OLD = {
  standardQuestion: '停电多久能恢复？',
  similarQuestions: ['什么时候来电'],
  say: '一般四小时内恢复。',
}
const URGENT = {
  standardQuestion: '台风期间停电多久恢复？',
  similarQuestions: ['台风停电何时来电'],
  say: '台风期间以现场抢修为准。',
}

let t: TestApp
let expert: Client
let market: Client
let service: Client
/** An entry in force, and under review its next revision. */
let id: number
let revisionId: number
let reviewId: number
beforeEach(async () => {
  t = await makeApp()
  onTestFinished(t.close)
  expert = await t.signIn('expert')
  market = await t.signIn('reviewer', 'market')
  service = await t.signIn('reviewer', 'service')
  const first = await submit(t, OLD)
  await approve(t, first.reviewId)
  id = first.id
  revisionId = await revise(t, expert, id, URGENT)
  reviewId = await open(expert, revisionId)
})

const fast = (client: Client, hours = 3) =>
  client.post(`/api/reviews/${reviewId}/fast-lane`, { hours, reason: '台风登陆，电话已经打进来。' })
const read = async () => (await (await t.signIn('agent')).get(`/api/entries/${id}`)).json<EntryView>()
const found = async (q: string) =>
  (await (await t.signIn('agent')).get(`/api/search?q=${encodeURIComponent(q)}`))
    .json<{ hits: { title: string; labels: string[] }[] }>()
    .hits.map(({ title, labels }) => ({ title, labels }))

test('one duty reviewer publishes at once, labelled 快审, in search as well', async () => {
  const reply = await fast(market)
  expect([reply.statusCode, reply.json()]).toEqual([201, { until: iso(NOW + 3 * HOUR) }])
  expect(await read()).toMatchObject({
    say: URGENT.say,
    labels: ['快审'],
    revision: 2,
    approvedBy: [{ name: '赵岚', department: 'market' }],
  })
  expect(await found('台风停电')).toEqual([{ title: URGENT.standardQuestion, labels: ['快审'] }])
  expect(await reviewOf(expert, reviewId)).toMatchObject({
    state: 'in_review',
    fastUntil: iso(NOW + 3 * HOUR),
  })
  expect((await revisionOf(expert, revisionId)).state).toBe('in_force')
})

test('its reason is kept, for the committee and in the history of the entry', async () => {
  await fast(market)
  const reason = '台风登陆，电话已经打进来。'
  expect(await reviewOf(service, reviewId)).toMatchObject({ fastReason: reason })
  const history = (await service.get(`/api/entries/${id}/history`)).json<EntryHistory>()
  expect(history.revisions.map(one => one.publications.map(made => made.reason))).toEqual([[reason], [null]])
})

test('it lapses by the clock, to the millisecond; the revision before holds again and is found', async () => {
  await fast(market)
  t.clock.now = NOW + 3 * HOUR - 1
  expect((await read()).say).toBe(URGENT.say)
  expect(await found('台风')).toHaveLength(1)
  t.clock.now = NOW + 3 * HOUR
  expect(await read()).toMatchObject({ say: OLD.say, labels: [], revision: 1 })
  expect(await found('台风')).toEqual([])
  expect(await found('什么时候来电')).toEqual([{ title: OLD.standardQuestion, labels: [] }])
  expect((await revisionOf(expert, revisionId)).state).toBe('in_review')
})

test('a first revision that lapses leaves nothing', async () => {
  const fresh = await submit(t, { standardQuestion: '冰灾停电怎么办？', similarQuestions: [] })
  await market.post(`/api/reviews/${fresh.reviewId}/fast-lane`, { hours: 1, reason: '冰灾' })
  expect(await found('冰灾')).toHaveLength(1)
  t.clock.now = NOW + HOUR
  expect(await found('冰灾')).toEqual([])
  expect((await (await t.signIn('agent')).get(`/api/entries/${fresh.id}`)).statusCode).toBe(404)
})

test('a return ends it at once; its text stands still and its author goes on with a new revision of it', async () => {
  await fast(market)
  await vote(service, reviewId, 'return', '口径太含糊。')
  expect((await read()).say).toBe(OLD.say)
  expect(await found('台风')).toEqual([])
  expect(await revisionOf(expert, revisionId)).toMatchObject({ state: 'returned', mayEdit: false })
  expect(refusal(await put(t, expert, revisionId, { 'if-match': '"2"' }))).toEqual([409, 'revision.frozen'])
  const next = (await expert.post(`/api/entries/${id}/revisions`)).json<{ revisionId: number }>().revisionId
  expect(await revisionOf(expert, next)).toMatchObject({ say: URGENT.say, mayEdit: true, number: 3 })
  const others = (await service.post(`/api/entries/${id}/revisions`)).json<{ revisionId: number }>()
    .revisionId
  expect((await revisionOf(service, others)).say).toBe(OLD.say)
})

test('a request to retire the entry that is returned leaves it as it was', async () => {
  await fast(market)
  const asked = await expert.post(`/api/entries/${id}/retirement`, { reason: '停用' })
  await vote(service, asked.json<{ reviewId: number }>().reviewId, 'return', '还用得着。')
  expect((await read()).say).toBe(URGENT.say)
})

test('the committee ratifies it in time: then it stays, on the word of all who approved', async () => {
  await fast(market)
  t.clock.now = NOW + HOUR
  await approve(t, reviewId)
  t.clock.now = NOW + 4 * HOUR
  expect(await read()).toMatchObject({
    say: URGENT.say,
    labels: [],
    approvedBy: [{ name: '赵岚' }, { name: '沈听' }],
  })
  expect((await revisionOf(expert, revisionId)).state).toBe('in_force')
})

describe('it is refused', () => {
  test('for more than 72 hours, for none, and without a reason', async () => {
    for (const hours of [73, 0, -1, 1.5])
      expect(refusal(await fast(market, hours))).toEqual([400, 'request.invalid'])
    const silent = await market.post(`/api/reviews/${reviewId}/fast-lane`, { hours: 1, reason: '' })
    expect(refusal(silent)).toEqual([400, 'request.invalid'])
    expect((await fast(market, 72)).json()).toEqual({ until: iso(NOW + 72 * HOUR) })
  })

  test('a second time, also when the first has lapsed: 72 hours are not made 144', async () => {
    await fast(market)
    expect(refusal(await fast(service))).toEqual([403, 'review.fast_lane_closed'])
    t.clock.now = NOW + 3 * HOUR
    expect(refusal(await fast(service))).toEqual([403, 'review.fast_lane_closed'])
    expect((await reviewOf(service, reviewId)).mayFastLane).toBe(false)
  })

  test('to what the committee has returned, until it has approved something of the entry again', async () => {
    await fast(market)
    await vote(service, reviewId, 'return', '口径太含糊。')
    const same = await expert.post(`/api/entries/${id}/revisions`)
    reviewId = await open(expert, same.json<{ revisionId: number }>().revisionId)
    expect((await reviewOf(market, reviewId)).mayFastLane).toBe(false)
    expect(refusal(await fast(market))).toEqual([403, 'review.fast_lane_closed'])
    expect((await read()).say).toBe(OLD.say)
    await approve(t, reviewId)
    reviewId = await open(expert, await revise(t, expert, id, { say: '新一轮台风，以现场抢修为准。' }))
    expect((await fast(market)).statusCode).toBe(201)
  })

  test('where the policy has none', async () => {
    await (await t.signIn('chair')).put('/api/policies', { ...POLICY, fastLane: false })
    expect(refusal(await fast(market))).toEqual([403, 'review.fast_lane_closed'])
    expect((await reviewOf(market, reviewId)).mayFastLane).toBe(false)
  })

  test('to its author, to who has no seat, and once the review is over', async () => {
    const { revisionId: own } = await begin(market)
    const mine = await open(market, own)
    const asked = await market.post(`/api/reviews/${mine}/fast-lane`, { hours: 1, reason: '急' })
    expect(refusal(asked)).toEqual([403, 'review.author_may_not_vote'])
    for (const persona of ['agent', 'expert', 'supervisor'] as const)
      expect(refusal(await fast(await t.signIn(persona)))).toEqual([403, 'right.missing'])
    await approve(t, reviewId)
    expect(refusal(await fast(await t.signIn('reviewer', 'safety')))).toEqual([409, 'review.closed'])
  })
})
