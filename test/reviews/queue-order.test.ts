import { expect, onTestFinished, test } from 'vitest'
import type { ReviewList } from '#server/contract/review.ts'
import { HOUR, iso } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW } from '../support/app.ts'
import { submit, vote } from '../support/committee.ts'

test('open reviews stand by their date, ended ones the last ended first', async () => {
  const t = await makeApp()
  onTestFinished(t.close)
  const market = await t.signIn('reviewer', 'market')
  const service = await t.signIn('reviewer', 'service')
  const list = async (state: string) =>
    (await market.get(`/api/reviews?state=${state}`)).json<ReviewList>().reviews.map(one => one.id)
  const [first, second] = [await submit(t), await submit(t, { standardQuestion: '停电几天了怎么赔？' })]
  expect(await list('in_review')).toEqual([first.reviewId, second.reviewId])
  for (const { reviewId } of [first, second]) {
    await vote(market, reviewId)
    await vote(service, reviewId)
  }
  expect(await list('approved')).toEqual([second.reviewId, first.reviewId])
})

test('the queue says until when the fast lane lasts, and stays in the order of the due dates', async () => {
  const t = await makeApp()
  onTestFinished(t.close)
  const market = await t.signIn('reviewer', 'market')
  const { reviewId } = await submit(t)
  t.clock.now = NOW + HOUR
  const later = await submit(t, { standardQuestion: '冰灾停电怎么办？' })
  await market.post(`/api/reviews/${later.reviewId}/fast-lane`, { hours: 2, reason: '冰灾' })
  const queue = async () =>
    (await market.get('/api/reviews?mine=true'))
      .json<ReviewList>()
      .reviews.map(one => [one.id, one.fastUntil])
  expect(await queue()).toEqual([
    [reviewId, null],
    [later.reviewId, iso(NOW + 3 * HOUR)],
  ])
  t.clock.now = NOW + 3 * HOUR
  expect(await queue()).toEqual([
    [reviewId, null],
    [later.reviewId, null],
  ])
})
