import { expect, onTestFinished, test } from 'vitest'
import type { ReviewList } from '#server/contract/review.ts'
import { makeApp } from '../support/app.ts'
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
