import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { InjectOptions } from 'fastify'
import type { EntryView } from '#server/contract/entry.ts'
import type { ReviewList } from '#server/contract/review.ts'
import type { VerificationList } from '#server/contract/upkeep.ts'
import type { MyRevisions } from '#server/contract/writing.ts'
import { DAY } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { callsAt } from '../support/every-route.ts'
import { approve, begin, put, refusal, reviewOf, revisionOf, submit, vote } from '../support/committee.ts'

/** The hole of each comparable product, by what its users reported of it. Each is closed here. */
let t: TestApp
let expert: Client
let market: Client
let agent: Client
beforeEach(async () => {
  t = await makeApp()
  onTestFinished(t.close)
  expert = await t.signIn('expert')
  market = await t.signIn('reviewer', 'market')
  agent = await t.signIn('agent')
})

const found = async (q: string) =>
  (await agent.get(`/api/search?q=${encodeURIComponent(q)}`))
    .json<{ hits: { id: number }[] }>()
    .hits.map(hit => hit.id)

describe('BookStack', () => {
  test('#4667, #2123: what was approved comes up again by itself when its interval is over', async () => {
    const { reviewId, id } = await submit(t)
    await approve(t, reviewId)
    t.clock.now = NOW + 181 * DAY
    const owner = await t.signIn('expert')
    const { items } = (await owner.get('/api/verifications?within=0')).json<VerificationList>()
    expect(items.map(one => [one.entry.id, one.overdueDays])).toEqual([[id, 1]])
  })

  test('#778, Outline #3207, Docmost #1686, Wiki.js #1404: a word in the middle of a Chinese sentence is found', async () => {
    const id = t.build.entry({ standardQuestion: '下雨天电表箱被淋湿了要紧吗？', similarQuestions: [] })
    for (const word of ['电表箱', '淋湿', '要紧']) expect([word, await found(word)]).toEqual([word, [id]])
  })
})

test.each([
  ['报装', '用电报装流程要多久？'],
  ['表箱', '电表箱烧毁如何处理？'],
  ['电量', '本月用电量异常怎么办？'],
  ['户号', '用户号在哪里查询？'],
])('Meilisearch #4935, #2499: %s is found within “%s”', async (word, standardQuestion) => {
  const id = t.build.entry({
    standardQuestion,
    similarQuestions: [],
    say: '好的。',
    body: '见上。',
    tags: [],
  })
  expect(await found(word)).toEqual([id])
})

test('phpMyFAQ CVE-2026-46365: signed in is not allowed: no route of the committee takes a write of an agent', async () => {
  const { reviewId, revisionId, id } = await submit(t)
  const others = [
    '/api/notices',
    '/api/session',
    '/api/notifications',
    '/api/calls',
    '/api/favourite-entries',
    '/api/scripts/check',
  ]
  const calls = callsAt(() => ({
    open: id,
    hidden: [id],
    lapsed: id,
    script: id,
    revisions: [revisionId],
    reviews: [reviewId],
    marker: '停电',
    questions: [],
    queries: [],
  }))
  const writing = Object.entries(calls).filter(
    ([route]) => !route.startsWith('GET ') && !others.some(one => route.includes(one)),
  )
  for (const [route, made] of writing)
    for (const call of made()) {
      const [url, payload] = typeof call === 'string' ? [call] : call
      const headers = { cookie: agent.cookie, 'if-match': '1' }
      const reply = await t.inject({ method: route.split(' ')[0], url, payload, headers } as InjectOptions)
      expect([route, [403, 404].includes(reply.statusCode)]).toEqual([route, true])
    }
  expect(await reviewOf(market, reviewId)).toMatchObject({ state: 'in_review', votes: [], comments: [] })
})

describe('Zammad', () => {
  test('#5123: a right that is taken away is gone with the next request', async () => {
    const { reviewId } = await submit(t)
    t.db.$client.prepare('delete from person_role where person_id = ?').run(expert.id)
    expect(refusal(await expert.post('/api/entries', {}))).toEqual([400, 'request.invalid'])
    expect(refusal(await expert.post('/api/entries/1/revisions'))).toEqual([403, 'right.missing'])
    t.db.$client.prepare('update committee_seat set held_until = ? where person_id = ?').run(NOW, market.id)
    expect(refusal(await vote(market, reviewId))).toEqual([403, 'review.not_a_member'])
  })

  test('#6135: who wrote sees their drafts, also where nothing of the topic is published', async () => {
    const { revisionId } = await begin(expert, { topic: '尚无条目的主题' })
    const { revisions } = (await expert.get('/api/revisions')).json<MyRevisions>()
    expect(revisions).toMatchObject([{ id: revisionId, topic: '尚无条目的主题', state: 'draft' }])
  })

  test('#6269: a link to what is in force leads there', async () => {
    const target = t.build.entry()
    const id = t.build.entry({ body: `[看这里](entry:${target})` })
    expect((await agent.get(`/api/entries/${id}`)).json<EntryView>().bodyHtml).toContain(
      `/desk?entry=${target}`,
    )
  })
})

test('Frappe Helpdesk #2246: all 59 are there, page by page, none twice', async () => {
  for (let n = 0; n < 59; n++) await submit(t, { standardQuestion: `第${n}问：停电怎么办？` })
  const ids: number[] = []
  for (let offset = 0; offset < 60; offset += 20) {
    const page = (await market.get(`/api/reviews?mine=true&limit=20&offset=${offset}`)).json<ReviewList>()
    expect(page.total).toBe(59)
    ids.push(...page.reviews.map(one => one.id))
  }
  expect(new Set(ids).size).toBe(59)
})

test('LeafWiki #124, Wagtail #2199, DokuWiki #2512: a save after the session ended is refused aloud and can be repeated', async () => {
  const { revisionId } = await begin(expert)
  t.clock.now = NOW + DAY
  const text = { say: '写了一下午的口径。' }
  expect(refusal(await put(t, expert, revisionId, { 'if-match': '1' }, text))).toEqual([
    401,
    'session.required',
  ])
  const again = await t.signIn('expert')
  expect((await put(t, again, revisionId, { 'if-match': '1' }, text)).json()).toEqual({ version: 2 })
  expect((await revisionOf(again, revisionId)).say).toBe('写了一下午的口径。')
})
