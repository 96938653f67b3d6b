import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { ReviewCounts, ReviewList } from '#server/contract/review.ts'
import { saveDraft } from '#server/entries/index.ts'
import { actorById } from '#server/people/index.ts'
import { write } from '#server/platform/db/db.ts'
import { iso } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { begin, DRAFT, open, POLICY, refusal, reviewOf, submit, vote } from '../support/committee.ts'

let t: TestApp
let expert: Client
let market: Client
let service: Client
let safety: Client
let chair: Client
beforeEach(async () => {
  t = await makeApp()
  onTestFinished(t.close)
  expert = await t.signIn('expert')
  market = await t.signIn('reviewer', 'market')
  service = await t.signIn('reviewer', 'service')
  safety = await t.signIn('reviewer', 'safety')
  chair = await t.signIn('chair')
})

const queue = async (client: Client) =>
  (await client.get('/api/reviews?mine=true')).json<ReviewList>().reviews.map(one => one.id)

const counts = async () =>
  (await chair.get('/api/review-counts')).json<ReviewCounts>().departments.filter(one => one.open > 0)

describe('what a round needs', () => {
  test('the owner department always, whoever else has approved', async () => {
    const { reviewId } = await submit(t)
    await vote(service, reviewId)
    await vote(safety, reviewId)
    expect(await reviewOf(expert, reviewId)).toMatchObject({ state: 'in_review', waitingFor: ['market'] })
    expect((await vote(market, reviewId)).json()).toEqual({ state: 'approved' })
  })

  test('each department of the policy, and its minimum of approvals', async () => {
    await chair.put('/api/policies', { ...POLICY, departments: ['safety'], minimum: 3 })
    const { reviewId } = await submit(t)
    expect(await reviewOf(expert, reviewId)).toMatchObject({ required: ['market', 'safety'], minimum: 3 })
    await vote(market, reviewId)
    expect((await vote(safety, reviewId)).json()).toEqual({ state: 'in_review' })
    expect((await vote(service, reviewId)).json()).toEqual({ state: 'approved' })
  })

  test('the policy of the day it was opened: a later one changes nothing of it', async () => {
    const { reviewId } = await submit(t)
    await chair.put('/api/policies', { ...POLICY, departments: ['safety'], minimum: 4 })
    expect(await reviewOf(expert, reviewId)).toMatchObject({ required: ['market'], minimum: 2 })
  })

  test('what is said on safety needs the safety department, also under a policy for every category', async () => {
    await chair.put('/api/policies', POLICY)
    const { reviewId } = await submit(t, { category: '供电安全' })
    expect(await reviewOf(expert, reviewId)).toMatchObject({ required: ['market', 'safety'] })
  })

  test('a department called in, by the submitter or a member, once', async () => {
    const { reviewId } = await submit(t)
    const call = (client: Client, department: string) =>
      client.post(`/api/reviews/${reviewId}/departments`, { department })
    expect((await call(expert, 'safety')).statusCode).toBe(204)
    expect((await call(service, 'safety')).statusCode).toBe(204)
    expect(refusal(await call(await t.signIn('agent'), 'planning'))).toEqual([403, 'review.not_a_member'])
    expect(refusal(await call(service, 'finance'))).toEqual([404, 'department.not_found'])
    await vote(market, reviewId)
    expect((await vote(service, reviewId)).json()).toEqual({ state: 'in_review' })
    expect(await queue(safety)).toEqual([reviewId])
    expect((await vote(safety, reviewId)).json()).toEqual({ state: 'approved' })
    expect(refusal(await call(service, 'planning'))).toEqual([409, 'review.closed'])
  })
})

describe('a vote is refused', () => {
  test('to the author, to a co-author, and to whoever has no seat', async () => {
    const { id: _, revisionId } = await begin(market)
    const actor = actorById(t.db, safety.id)!
    write(t.db, tx =>
      saveDraft(tx, NOW, actor, revisionId, 1, { ...DRAFT, ownerDepartment: 'market' } as never),
    )
    const reviewId = await open(market, revisionId)
    for (const author of [market, safety]) {
      expect(refusal(await vote(author, reviewId))).toEqual([403, 'review.author_may_not_vote'])
      expect((await reviewOf(author, reviewId)).mayVote).toBe(false)
    }
    for (const persona of ['agent', 'expert', 'supervisor', 'admin'] as const)
      expect(refusal(await vote(await t.signIn(persona), reviewId))).toEqual([403, 'review.not_a_member'])
    expect((await reviewOf(market, reviewId)).votes).toEqual([])
  })

  test('twice in a round, and once it is over', async () => {
    const { reviewId } = await submit(t)
    await vote(market, reviewId)
    expect(refusal(await vote(market, reviewId, 'return', '再想想'))).toEqual([409, 'review.already_voted'])
    await vote(service, reviewId)
    expect(refusal(await vote(safety, reviewId))).toEqual([409, 'review.closed'])
    expect(refusal(await vote(safety, 99))).toEqual([404, 'review.not_found'])
    expect((await reviewOf(market, reviewId)).votes.map(cast => cast.department)).toEqual([
      'market',
      'service',
    ])
  })
})

test('queues and counts show what waits for whom', async () => {
  const { reviewId } = await submit(t)
  const waits = async () => Promise.all([market, service, safety].map(queue))
  expect(await waits()).toEqual([[reviewId], [], []])
  expect(await counts()).toEqual([{ department: 'market', open: 1, overdue: 0, oldestAt: iso(NOW) }])
  await vote(market, reviewId)
  // every department has approved and one approval is short: anyone may give it
  expect(await waits()).toEqual([[], [reviewId], [reviewId]])
  expect(await queue(expert)).toEqual([])
  await vote(safety, reviewId)
  expect(await waits()).toEqual([[], [], []])
  expect(await counts()).toEqual([])
})
