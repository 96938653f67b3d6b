import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { Problem } from '#server/contract/shapes.ts'
import { makeApp, type Client, type TestApp } from '../support/app.ts'
import { begin, DRAFT, refusal, reviewOf, revisionOf, save, submit } from '../support/committee.ts'

let t: TestApp
let expert: Client
beforeEach(async () => {
  t = await makeApp()
  onTestFinished(t.close)
  expert = await t.signIn('expert')
})

describe('what is too large is refused with the limit named', () => {
  test.each([
    [
      '10,000 wordings',
      { similarQuestions: Array.from({ length: 10_000 }, (_, n) => `停电${n}`) },
      'body.similarQuestions',
      '50',
    ],
    ['a body over 50,000 characters', { body: '停'.repeat(50_001) }, 'body.body', '50000'],
    ['a 口径 over 200 characters', { say: '停'.repeat(201) }, 'body.say', '200'],
    ['21 citations', { basis: Array.from({ length: 21 }, () => ({ sourceId: 1 })) }, 'body.basis', '20'],
  ])('%s', async (_, text, path, limit) => {
    const { revisionId } = await begin(expert)
    const replies = [
      await expert.post('/api/entries', { ...DRAFT, ...text }),
      await save(t, expert, revisionId, text),
    ]
    for (const reply of replies) {
      expect(refusal(reply)).toEqual([400, 'request.invalid'])
      expect(reply.json<Problem>().fields).toMatchObject([{ path, message: expect.stringContaining(limit) }])
    }
    expect(await revisionOf(expert, revisionId)).toMatchObject({ version: 1 })
  })

  test('a body of 5 MB', async () => {
    const reply = await expert.post('/api/entries', { ...DRAFT, body: '停'.repeat(5_000_000 / 3) })
    expect(refusal(reply)).toEqual([413, 'request.too_large'])
    expect(reply.json<Problem>().fields).toEqual([
      { path: 'body', message: expect.stringContaining('1048576') },
    ])
  })
})

describe('words to the committee', () => {
  test.each([
    ['blank', ' \n\u3000', 'required'],
    ['with a null character', '再\u0000想想', 'must not hold control characters'],
    ['with a mark that turns the direction of text', '同意\u202e吗', 'must not hold control characters'],
  ])('%s are refused with the field, and nothing is kept', async (_, words, message) => {
    const { reviewId } = await submit(t)
    const market = await t.signIn('reviewer', 'market')
    const id = t.build.entry()
    const refused: [string, object, string][] = [
      [`reviews/${reviewId}/comments`, { field: 'say', text: words }, 'body.text'],
      [`reviews/${reviewId}/fast-lane`, { hours: 1, reason: words }, 'body.reason'],
      [`entries/${id}/retirement`, { reason: words }, 'body.reason'],
    ]
    if (message !== 'required')
      for (const verdict of ['return', 'approve'])
        refused.push([`reviews/${reviewId}/votes`, { verdict, reason: words }, 'body.reason'])
    for (const [url, body, path] of refused) {
      const reply = await market.post(`/api/${url}`, body)
      expect([url, ...refusal(reply)]).toEqual([url, 400, 'request.invalid'])
      expect(reply.json<Problem>().fields).toEqual([{ path, message }])
    }
    expect(await reviewOf(market, reviewId)).toMatchObject({ votes: [], comments: [], fastUntil: null })
    expect(t.db.$client.prepare('select count(*) from review').pluck().get()).toBe(1)
  })

  test.each([
    ['comments', { field: 'say', text: '再'.repeat(1001) }, 'body.text', '1000'],
    ['votes', { verdict: 'return', reason: '再'.repeat(1001) }, 'body.reason', '1000'],
    ['fast-lane', { hours: 1, reason: '急'.repeat(501) }, 'body.reason', '500'],
  ])('too long in %s are refused with the limit named', async (route, body, path, limit) => {
    const { reviewId } = await submit(t)
    const reply = await (await t.signIn('reviewer', 'market')).post(`/api/reviews/${reviewId}/${route}`, body)
    expect(refusal(reply)).toEqual([400, 'request.invalid'])
    expect(reply.json<Problem>().fields).toEqual([{ path, message: expect.stringContaining(limit) }])
  })
})
