import { afterAll, beforeAll, expect, test } from 'vitest'
import { HOUR } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { begin, open as openReview, submit, vote } from '../support/committee.ts'
import { ask, publish, revisionOf } from '../questions/askings.ts'
import { NOTICE } from '../notifications/journey.ts'
import { answer, raise } from '../questions/journey.ts'
import { callsAt, STREAM } from '../support/every-route.ts'
import { publishScript, saying } from '../support/scripting.ts'
import { routesOf } from '../support/routes.ts'

/** Stands in every text that no agent may see. */
const MARKER = '未经批准的文字'
const HIDDEN = {
  standardQuestion: `${MARKER}怎么办？`,
  similarQuestions: [`${MARKER}找谁`],
  say: `${MARKER}。`,
  body: `## ${MARKER}`,
  tags: [MARKER.slice(0, 6)],
  scope: { city: MARKER },
  kind: 'rule',
  category: '第三方机构',
} as const

let app: TestApp
let agent: Client
let open: number
let hidden: number[]
let lapsed: number
let script: number
const committee = { revisions: [] as number[], reviews: [] as number[], questions: [] as number[] }

/** Ids of entries an agent opened and marked while they could be seen, and may not see any more. */
function hide(): number[] {
  const text = { ...HIDDEN, similarQuestions: [...HIDDEN.similarQuestions], tags: [...HIDDEN.tags] }
  const retired = app.build.entry({ ...text, topic: '停电赔偿' }, 'retired')
  const expired = app.build.entry({ ...text, validUntil: NOW + HOUR }, 'expired')
  const coming = app.build.entry({ ...text, validFrom: NOW + 48 * HOUR }, 'coming')
  const draft = app.build.draft({ ...text }, 'draft').entryId
  const old = publishScript(app, { title: `${MARKER}的话术`, ...saying(`${MARKER}。`) })
  app.build.revision(open, { ...text })
  app.build.publish(app.build.revision(open, { ...text, validFrom: NOW + 48 * HOUR }))
  return [retired, expired, coming, draft, old]
}

/** What the committee has not approved: a draft, a text under review, one it returned, one whose fast lane has lapsed. */
async function underReview(): Promise<number[]> {
  const text = { ...HIDDEN, kind: 'process', basis: [{ sourceId: 1 }] }
  const expert = await app.signIn('expert')
  const reviewer = await app.signIn('reviewer', 'market')
  const draft = await begin(expert, text)
  const waiting = await submit(app, text)
  const returned = await submit(app, text)
  await vote(reviewer, returned.reviewId, 'return', '再改')
  const fast = await submit(app, text)
  await reviewer.post(`/api/reviews/${fast.reviewId}/fast-lane`, { hours: 1, reason: '急' })
  const later = await expert.post(`/api/entries/${open}/revisions`)
  const { revisionId } = later.json<{ revisionId: number }>()
  await answered()
  const all = [draft, waiting, returned, fast]
  committee.revisions.push(revisionId, ...all.map(one => one.revisionId))
  committee.reviews.push(
    waiting.reviewId,
    returned.reviewId,
    fast.reviewId,
    await openReview(expert, revisionId),
  )
  return all.map(one => one.id)
}

/** Questions of the agent: the answer to one is a draft, to the other under review. */
async function answered(): Promise<void> {
  const { standardQuestion, say } = HIDDEN
  for (const text of ['光伏阴天怎么结算', '换了电表要重新签合同吗']) {
    const { id } = await raise(agent, text)
    const expert = await app.signIn('expert', 'service')
    await expert.post(`/api/questions/${id}/draft`)
    if (committee.questions.push(id) > 1) await answer(expert, id, { topic: '其它', standardQuestion, say })
  }
}

beforeAll(async () => {
  app = await makeApp()
  agent = await app.signIn('agent')
  const body = '[甲](entry:retired)[乙](entry:expired)[丙](entry:coming)[丁](entry:draft)'
  open = app.build.entry({ body })
  lapsed = app.build.notice({ say: `${MARKER}正在抢修。`, areas: [`东城区${MARKER}`], endsAt: NOW + HOUR })
  hidden = [...hide(), ...(await underReview())]
  script = publishScript(app, saying(hidden.map(id => `[[entry:${id}@1]]`).join('')))
  publish(app, ask(app, agent.id), revisionOf(app.db, hidden[0]!))
  expect((await agent.get('/api/callbacks')).body).toContain(MARKER)
  const call = (await agent.post('/api/calls', {})).json<{ id: number }>().id
  for (const id of [open, ...hidden]) {
    await agent.get(`/api/entries/${id}?call=${call}`)
    await agent.put(`/api/favourite-entries/${id}`)
  }
  const run = { scriptId: hidden[4], seconds: 1, path: [{ step: 1 }], met: [] }
  expect((await agent.post('/api/practices', run)).body).toContain(MARKER)
  expect((await agent.get('/api/favourite-entries')).body).toContain(MARKER)
  app.build.retire(hidden[0]!)
  app.build.retire(hidden[4]!)
  app.clock.now = NOW + HOUR
})
afterAll(() => app.close())

const QUERIES = [
  MARKER,
  '未经批准',
  'wjpz',
  'weijingpizhun',
  '停电赔偿',
  '怎么办',
  '找谁',
  '东城区',
  '正在抢修',
  '',
  '的',
]
const CALLS = callsAt(() => ({
  open,
  hidden,
  lapsed,
  script,
  ...committee,
  marker: MARKER,
  queries: QUERIES,
}))

const apiRoutes = () => routesOf(app.app).filter(route => !route.includes('/assets/'))

test('the walk knows every route', () => {
  const known = Object.keys(CALLS)
  expect(apiRoutes().filter(route => !known.includes(route))).toEqual([])
  expect(known.filter(route => route.includes(' /api/') && !apiRoutes().includes(route))).toEqual([])
})

test.each(Object.keys(CALLS).filter(route => route !== STREAM))(
  'an agent finds nothing unpublished at %s',
  async route => {
    agent = await app.signIn('agent')
    const method = route.split(' ')[0] as 'GET'
    for (const call of CALLS[route]!()) {
      const [url, payload] = typeof call === 'string' ? [call] : call
      const reply = await app.inject({
        method,
        url: encodeURI(url),
        payload,
        headers: { cookie: agent.cookie },
      })
      const said = reply.body.replaceAll(`"query":"${MARKER}"`, '')
      expect(said, url).not.toContain(MARKER.slice(0, 6))
      expect(reply.statusCode, url).toBeLessThan(500)
    }
  },
)

test('what is hidden is not found, and not counted either', async () => {
  agent = await app.signIn('agent')
  for (const id of hidden) {
    expect((await agent.get(`/api/entries/${id}`)).json()).toMatchObject({
      status: 404,
      code: 'entry.not_found',
    })
    expect((await agent.put(`/api/favourite-entries/${id}`)).statusCode).toBe(404)
  }
  expect((await agent.get(`/api/notices/${lapsed}`)).json()).toMatchObject({
    status: 404,
    code: 'notice.not_found',
  })
  expect((await agent.get(`/api/entries/${open}`)).json()).toMatchObject({
    bodyHtml: '<p>甲乙丙丁</p>',
    related: [],
  })
  for (const q of QUERIES) {
    const reply = (await agent.get(`/api/search?q=${encodeURIComponent(q)}`)).json()
    expect(reply.total, q).toBeLessThanOrEqual(2)
    expect(reply.facets.kind, q).not.toHaveProperty('rule')
    expect(reply.facets.kind, q).not.toHaveProperty('notice')
    expect(reply.facets.category, q).not.toHaveProperty('第三方机构')
  }
  expect((await agent.get('/api/health')).json()).toMatchObject({ engine: { documents: 2 } })
})

test('without a sign-in every route but the door is 401', async () => {
  const door = [
    'GET /api/health',
    'GET /api/openapi.json',
    'GET /api/welcome',
    'POST /api/session',
    'DELETE /api/session',
  ]
  for (const route of apiRoutes().filter(one => one.includes(' /api/') && !door.includes(one))) {
    const [call = ''] = CALLS[route]!()
    const [url, payload] = typeof call === 'string' ? [call] : call
    const method = route.split(' ')[0] as 'GET'
    const body = route === 'POST /api/notices' ? NOTICE : payload
    const reply = await app.inject({ method, url: encodeURI(url), payload: body })
    expect([route, reply.statusCode, reply.json().code]).toEqual([route, 401, 'session.required'])
  }
})
