import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { HOUR, iso } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import {
  approve,
  begin,
  open,
  put,
  refusal,
  reviewOf,
  revise,
  save,
  submit,
  vote,
} from '../support/committee.ts'

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

const search = async (q: string, query = '') =>
  (await agent.get(`/api/search?q=${encodeURIComponent(q)}${query}`)).json<{
    total: number
    hits: { id: number; say: string }[]
  }>()
const read = async (id: number) => (await agent.get(`/api/entries/${id}`)).json<{ say: string }>()

describe('phpMyFAQ', () => {
  test('4.2: who may only write changes nothing of what is published', async () => {
    const { reviewId, revisionId, id } = await submit(t)
    await approve(t, reviewId)
    const before = await read(id)
    expect(refusal(await put(t, expert, revisionId, { 'if-match': '1' }, { say: '偷偷改。' }))).toEqual([
      409,
      'revision.frozen',
    ])
    const next = await revise(t, expert, id, { say: '偷偷改。' })
    await save(t, expert, next, { say: '再偷偷改。' })
    expect(await read(id)).toEqual(before)
    expect((await search('偷偷改')).hits.map(hit => hit.say)).not.toContain('再偷偷改。')
  })

  test('#2861: what the index still holds and the database does not let be seen is no error and no hit', async () => {
    const { reviewId, id } = await submit(t)
    await approve(t, reviewId)
    expect((await search('提前通知')).total).toBe(1)
    // the index is not told
    t.db.$client
      .prepare('insert into retirement (entry_id, publication_id, reason, at) values (?, 1, ?, ?)')
      .run(id, '停用', NOW)
    const reply = await agent.get(`/api/search?q=${encodeURIComponent('提前通知')}`)
    expect([reply.statusCode, reply.json<{ hits: unknown[] }>().hits]).toEqual([200, []])
  })
})

test('Zammad #4907: favourites, related entries and links show no more than the search', async () => {
  const hidden = await submit(t, { standardQuestion: '还在评审的标题？' })
  const id = t.build.entry({ body: `[看这里](entry:${hidden.id})`, topic: '停电赔偿' })
  expect(refusal(await agent.put(`/api/favourite-entries/${hidden.id}`))).toEqual([404, 'entry.not_found'])
  expect((await agent.get(`/api/entries/${id}`)).json()).toMatchObject({
    related: [],
    bodyHtml: '<p>看这里</p>',
  })
})

test('Chatwoot #10026: a draft is not in the search that everybody uses', async () => {
  await begin(expert, { say: '草稿口径。' })
  expect(await search('草稿口径')).toMatchObject({ total: 0, hits: [] })
  expect((await search('')).total).toBe(0)
})

test('Apache Answer plugins#70: with review on, the index learns of an answer when it is approved', async () => {
  const { reviewId, id } = await submit(t)
  expect((await search('提前通知')).total).toBe(0)
  await approve(t, reviewId)
  expect((await search('提前通知')).hits[0]?.id).toBe(id)
})

describe('XWiki Change Request', () => {
  test('a delegate of the author approves nothing in the author’s place', async () => {
    const own = await open(market, (await begin(market)).revisionId)
    const deputy = await t.signIn('expert', 'safety')
    await market.post('/api/delegations', { toPersonId: deputy.id, from: iso(NOW), until: iso(NOW + HOUR) })
    expect(refusal(await vote(deputy, own))).toEqual([403, 'review.author_may_not_vote'])
  })

  test('CVE-2026-40104: every list has a limit and an account', async () => {
    for (const url of [
      'reviews',
      'revisions',
      'tasks',
      'verifications',
      'search',
      'sources',
      'notifications',
    ]) {
      expect(refusal(await market.get(`/api/${url}?limit=1000`)), url).toEqual([400, 'request.invalid'])
      expect((await t.inject(`/api/${url}`)).statusCode, url).toBe(401)
    }
  })
})

test('ServiceNow: one rejection does not throw away what the others said', async () => {
  const { reviewId, revisionId } = await submit(t)
  const service = await t.signIn('reviewer', 'service')
  await vote(service, reviewId)
  await vote(market, reviewId, 'return', '标签不全。')
  await save(t, expert, revisionId, { tags: ['停电通知'] })
  const again = await reviewOf(market, await open(expert, revisionId))
  expect(again.votes.map(one => [one.round, one.department, one.verdict])).toEqual([
    [1, 'service', 'approve'],
    [1, 'market', 'return'],
    [2, 'service', 'approve'],
  ])
})
