import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { pageCommands } from '../../../web/app/page-commands.ts'
import { tick, tickNumber, ticked, unticked } from '../../../web/reviews/checks.ts'
import { me } from '../../../web/api/index.ts'
import { followAddress, goToQueue, goToReview, openId } from '../../../web/reviews/place.ts'
import { queueCommands } from '../../../web/reviews/queue-commands.ts'
import { chosen, reviews } from '../../../web/reviews/queue.ts'
import { neighbour, reviewCommands } from '../../../web/reviews/review-commands.ts'
import * as page from '../../../web/reviews/review.ts'
import { commands, register } from '../../../web/ui/commands.ts'
import { later, problem, settle, stubServer } from '../server-stub.ts'
import { summary, view } from './sample.ts'

const expert = { id: 1, name: '陈曦', workNo: '2001', roles: ['expert'], department: 'market' }
const reviewer = { id: 2, name: '赵岚', workNo: '2002', roles: ['reviewer'], department: 'market' }
const serve = (...views: ReturnType<typeof view>[]) =>
  stubServer(Object.fromEntries(views.map(one => [`GET /api/reviews/${one.id}`, () => one])))

/** Why who looks may not vote on a review that is so. */
const why = async (more: Parameters<typeof view>[1]) => {
  serve(view(1, { mayVote: false, ...more }))
  await page.showReview(1)
  return page.whyNoVote.value
}

beforeEach(() => {
  sessionStorage.clear()
  me.value = reviewer as typeof me.value
})
afterEach(() => {
  page.review.value = undefined
  reviews.value = []
  chosen.value = -1
  openId.value = null
  vi.unstubAllGlobals()
})

describe('what a review is held against', () => {
  it('is the text in force in the first round', async () => {
    serve(view(1))
    await page.showReview(1)
    expect(page.bases.value).toEqual(['inForce'])
    expect(page.changes.value).toHaveLength(1)
  })

  it('is the last round when there was one, and D turns to the text in force', async () => {
    const sinceLast = [{ field: 'topic' as const, parts: [{ op: 'added' as const, text: '电费' }] }]
    serve(view(1, { round: 2, sinceLast }))
    await page.showReview(1)
    expect(page.changes.value).toEqual(sinceLast)
    reviewCommands.find(one => one.id === 'compare')?.run()
    expect(page.base.value).toBe('inForce')
  })

  it('is nothing for a new entry and for a retirement', async () => {
    const parts = [{ op: 'added' as const, text: '全新的口径' }]
    serve(view(1, { diff: [{ field: 'say', parts }] }), view(2, { kind: 'retirement', diff: [] }))
    await page.showReview(1)
    expect(page.isNew.value).toBe(true)
    expect(page.bases.value).toEqual([])
    await page.showReview(2)
    expect(page.bases.value).toEqual([])
  })
})

describe('showing a review', () => {
  it('shows at once what was read ahead, then what the server says now', async () => {
    serve(view(7))
    await page.readAhead(7)
    const answer = later<unknown>()
    stubServer({ 'GET /api/reviews/7': () => answer.promise })
    const shown = page.showReview(7)
    expect(page.review.value?.id).toBe(7)
    answer.give(view(7, { state: 'approved', mayVote: false }))
    await shown
    expect(page.review.value?.state).toBe('approved')
  })

  it('takes over what was asked for before there was a screen, also that it was refused', async () => {
    const answer = later<unknown>()
    const { asked } = stubServer({ 'GET /api/reviews/7': () => answer.promise })
    page.beginReview(7)
    const shown = page.showReview(7)
    answer.give(view(7))
    await shown
    expect([page.review.value?.id, asked.length]).toEqual([7, 1])
    stubServer({ 'GET /api/reviews/8': () => problem('review.not_found', 404) })
    page.beginReview(8)
    await page.showReview(8)
    expect(page.refusal.value).toMatchObject({ code: 'review.not_found' })
  })

  it('drops what was asked for first when another is shown', async () => {
    const slow = later<unknown>()
    stubServer({ 'GET /api/reviews/7': () => slow.promise, 'GET /api/reviews/8': () => view(8) })
    page.beginReview(7)
    await page.showReview(8)
    slow.give(view(7))
    await settle()
    expect(page.review.value?.id).toBe(8)
    serve(view(7, { state: 'approved' }))
    await page.showReview(7)
    expect(page.review.value?.state).toBe('approved')
  })

  it('does not draw again what has not changed', async () => {
    const same = view(1)
    serve(same)
    await page.showReview(1)
    const before = page.review.value
    await page.showReview(1)
    expect(page.review.value).toBe(before)
  })

  it('shows nothing of it when it is refused', async () => {
    serve(view(1))
    await page.showReview(1)
    stubServer({ 'GET /api/reviews/1': () => problem('review.not_found', 404) })
    await page.showReview(1)
    expect(page.review.value).toBeUndefined()
    expect(page.refusal.value).toMatchObject({ code: 'review.not_found' })
  })
})

it('why one may not vote is said: over, author, asker, voted, no seat', async () => {
  const at = '2026-09-01T00:00:00.000Z'
  const own = { name: '赵岚', department: 'market', at, reason: null, round: 1 }
  const cast = { ...own, verdict: 'approve' as const }
  expect(await why({ state: 'returned' })).toBe('reviews.over.returned')
  expect(await why({ votes: [cast] })).toBe('reviews.voted')
  expect(await why({ votes: [{ ...cast, round: 0 }] })).toBe('reviews.noSeat')
  me.value = expert as typeof me.value
  expect(await why({})).toBe('code.review.author_may_not_vote')
  expect(await why({ kind: 'retirement', openedBy: '陈曦' })).toBe('code.review.author_may_not_vote')
  expect(await why({ mayVote: true })).toBeUndefined()
})

it('the checklist keeps its ticks for this review and round', async () => {
  serve(view(1), view(2))
  await page.showReview(1)
  tickNumber(1)
  tick('safe')
  tick('safe')
  tickNumber(8)
  expect([...ticked.value]).toEqual(['authoritative'])
  expect(unticked.value).toEqual(['complete', 'safe'])
  expect(sessionStorage.getItem('firstline.reviews.checks')).toContain('authoritative')
  await page.showReview(2)
  expect(ticked.value.size).toBe(0)
  await page.showReview(1)
  expect(ticked.value.size).toBe(1)
  serve(view(1, { round: 2 }))
  await page.showReview(1)
  expect(ticked.value.size).toBe(0)
})

describe('the way through the queue', () => {
  it('goes to the next and the one before, and to the first when this one is gone', () => {
    reviews.value = [summary(1), summary(2), summary(3)]
    openId.value = 2
    expect([neighbour(1), neighbour(-1)]).toEqual([3, 1])
    openId.value = 3
    expect(neighbour(1)).toBeUndefined()
    reviews.value = [summary(1), summary(2)]
    expect(neighbour(1)).toBe(1)
  })

  it('has an address for each review, and the way back of the browser', () => {
    const stop = followAddress()
    goToReview(12)
    expect(location.pathname).toBe('/reviews/12')
    goToQueue()
    expect(openId.value).toBeNull()
    history.replaceState(null, '', '/reviews/12')
    window.dispatchEvent(new PopStateEvent('popstate'))
    expect(openId.value).toBe(12)
    stop()
  })
})

it.each([
  ['queue', queueCommands],
  ['review', reviewCommands],
])('no two commands of the page and the %s share a key', (_name, list) => {
  const undo = [register(pageCommands), register(list)]
  expect(commands.value.length).toBe(pageCommands.length + list.length)
  undo.forEach(stop => stop())
})
