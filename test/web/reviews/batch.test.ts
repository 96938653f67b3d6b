import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { approveBatch, batch, readBatch, tooMuch } from '../../../web/reviews/batch.ts'
import { picked, reviews } from '../../../web/reviews/queue.ts'
import { problem, stubServer, type Asked } from '../server-stub.ts'
import { readings, summary, view } from './sample.ts'

let asked: Asked[]
const same = (text: string) => ({ op: 'same' as const, text })
const added = (text: string) => ({ op: 'added' as const, text })
const long = [{ field: 'body' as const, parts: [same('甲'), added('乙'.repeat(201))] }]

beforeEach(() => {
  ;({ asked } = stubServer({
    ...readings,
    'GET /api/reviews/1': () => view(1),
    'GET /api/reviews/2': () => view(2, { diff: long }),
    'GET /api/reviews/3': () => view(3),
    'GET /api/reviews/4': () => view(4),
    'GET /api/reviews/5': () =>
      view(5, { revision: { ...view(5).revision, validFrom: '2099-01-01T00:00:00.000Z' } }),
    'POST /api/reviews/1/votes': () => ({ state: 'approved' }),
    'POST /api/reviews/3/votes': () => problem('review.closed', 409),
    'POST /api/reviews/4/votes': () => ({ state: 'in_review' }),
    'POST /api/reviews/5/votes': () => ({ state: 'approved' }),
  }))
  reviews.value = [1, 2, 3, 4, 5, 6].map(id => summary(id))
  picked.value = new Set([1, 2, 3, 4, 5])
})
afterEach(() => {
  reviews.value = []
  picked.value = new Set()
  batch.value = []
  vi.unstubAllGlobals()
})

it('leaves out what is to be read on its own: much, new, retiring, not to be voted on', () => {
  expect(tooMuch(view(1))).toBeUndefined()
  expect(tooMuch(view(1, { diff: long }))).toBe('reviews.batch.large')
  expect(tooMuch(view(1, { diff: [{ field: 'say', parts: [added('新')] }] }))).toBe('reviews.batch.isNew')
  expect(tooMuch(view(1, { kind: 'retirement' }))).toBe('reviews.batch.retirement')
  expect(tooMuch(view(1, { mayVote: false }))).toBe('reviews.batch.noVote')
})

it('approves the picked ones one after the other and reports on each; a refusal stops none', async () => {
  await readBatch()
  await approveBatch()
  expect(batch.value.map(one => one.result?.key ?? one.leftOut)).toEqual([
    'reviews.toast.inForce',
    'reviews.batch.large',
    'code.review.closed',
    'reviews.toast.waiting',
    'reviews.toast.later',
  ])
  const votes = asked.filter(one => one.method === 'POST').map(one => one.url.pathname)
  expect(votes).toEqual([1, 3, 4, 5].map(id => `/api/reviews/${id}/votes`))
  expect(picked.value.size).toBe(0)
})
