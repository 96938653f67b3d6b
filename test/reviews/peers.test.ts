import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { HOUR, iso } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import {
  approve,
  begin,
  open,
  POLICY,
  put,
  refusal,
  revise,
  revisionOf,
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

describe('BookStack', () => {
  test('#3409: the released revision stays in sight while a newer draft exists', async () => {
    const { reviewId, id } = await submit(t)
    await approve(t, reviewId)
    const before = await read(id)
    await open(expert, await revise(t, expert, id, { say: '还没审完的新口径。' }))
    expect(await read(id)).toEqual(before)
  })

  test('#5682, #473: four eyes, always: nobody publishes alone, not even the chair', async () => {
    const chair = await t.signIn('chair')
    const own = await open(chair, (await begin(chair, { ownerDepartment: 'service' })).revisionId)
    expect(refusal(await vote(chair, own))).toEqual([403, 'review.author_may_not_vote'])
    const fast = await chair.post(`/api/reviews/${own}/fast-lane`, { hours: 1, reason: '急' })
    expect(refusal(fast)).toEqual([403, 'review.author_may_not_vote'])
    await chair.put('/api/policies', { ...POLICY, minimum: 1 })
    const alone = await open(chair, (await begin(chair, { ownerDepartment: 'service' })).revisionId)
    expect(refusal(await vote(chair, alone))).toEqual([403, 'review.author_may_not_vote'])
  })

  test('#2150: a save that failed never looks like one that was done', async () => {
    const { revisionId } = await begin(expert)
    t.db.$client.pragma('query_only = on')
    const reply = await put(t, expert, revisionId, { 'if-match': '1' }, { say: '写了一天的口径。' })
    expect(reply.statusCode).toBeGreaterThanOrEqual(500)
    t.db.$client.pragma('query_only = off')
    expect(
      (await put(t, expert, revisionId, { 'if-match': '1' }, { say: '写了一天的口径。' })).json(),
    ).toEqual({ version: 2 })
    expect((await revisionOf(expert, revisionId)).say).toBe('写了一天的口径。')
  })
})

describe('Outline', () => {
  test('CVE-2026-41649: each id of a request is authorised, not only the first', async () => {
    const id = t.build.entry()
    const { revisionId } = await begin(expert)
    for (const [before, after] of [
      [1, revisionId],
      [revisionId, 1],
    ])
      expect(refusal(await market.get(`/api/comparisons?before=${before}&after=${after}`))).toEqual([
        404,
        'revision.not_found',
      ])
    const call = (await expert.post('/api/calls', {})).json<{ id: number }>().id
    const said = await agent.post(`/api/entries/${id}/feedback`, { kind: 'wrong', callId: call })
    expect(refusal(said)).toEqual([404, 'call.not_found'])
  })

  test('CVE-2026-28506: no list of what happened holds the title of a draft', async () => {
    const title = '谁也不该看到的标题？'
    const { id } = await begin(expert, { standardQuestion: title })
    const chair = await t.signIn('chair')
    const lists = [
      'notifications',
      'digest',
      'reviews',
      'tasks',
      'verifications',
      'revisions',
      'review-counts',
    ]
    for (const url of [...lists, `entries/${id}/history`])
      expect((await chair.get(`/api/${url}`)).body).not.toContain(title)
    expect((await (await t.signIn('admin')).get('/api/audit')).body).not.toContain(title)
  })
})

describe('Docmost', () => {
  test('the search looks at the state, not only at the place; what may not be seen leaves no gap in a page', async () => {
    for (let n = 0; n < 30; n++) await submit(t, { standardQuestion: `停电通知第${n}问？` })
    const { reviewId, id } = await submit(t, { standardQuestion: '停电通知怎么查？' })
    await approve(t, reviewId)
    const { total, hits } = await search('停电通知', '&limit=5')
    expect([total, hits.map(hit => hit.id)]).toEqual([1, [id]])
  })

  test('what has expired is not found', async () => {
    const { reviewId } = await submit(t, { validUntil: iso(NOW + HOUR) })
    await approve(t, reviewId)
    t.clock.now = NOW + HOUR
    expect((await search('提前通知')).total).toBe(0)
  })
})

test('Wiki.js CVE-2026-44224: nobody grants a right they lack', async () => {
  const until = { from: iso(NOW), until: iso(NOW + HOUR) }
  const toSelf = await expert.post('/api/delegations', { toPersonId: expert.id, ...until })
  expect(refusal(toSelf)).toEqual([403, 'delegation.not_allowed'])
  const { reviewId } = await submit(t)
  for (const client of [expert, market, await t.signIn('admin'), await t.signIn('supervisor')]) {
    const given = await client.post(`/api/reviews/${reviewId}/stand-ins`, {
      department: 'market',
      personId: client.id,
    })
    expect(refusal(given)).toEqual([403, 'right.missing'])
  }
  expect(refusal(await (await t.signIn('admin')).put('/api/policies', POLICY))).toEqual([
    403,
    'right.missing',
  ])
})
