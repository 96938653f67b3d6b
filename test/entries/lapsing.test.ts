import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { HOUR } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { begin, POLICY } from '../support/committee.ts'

const UNTIL = NOW + HOUR
const SECOND = 1_000
const TITLE = '高温补贴电价怎么算？'
const asks = (q: string) => `/api/search?q=${encodeURIComponent(q)}`

/** Where an entry shows as long as it holds; `id` is the entry's, `near` another one's of its topic that links to it. */
const PLACES: Record<string, (id: number, near: number) => string> = {
  'its own address': id => `/api/entries/${id}`,
  'a search for its words': () => asks('高温补贴电价'),
  'a search of its kind': () => `${asks('高温补贴')}&kind=answer`,
  'the most used': () => '/api/search?q=',
  'the most used of a category': () => `/api/search?q=&category=${encodeURIComponent('供电可靠')}`,
  favourites: () => '/api/favourite-entries',
  'what was read last': () => '/api/recent-entries',
  'what is related to it': (_id, near) => `/api/entries/${near}`,
  "one's own reports": () => '/api/feedback',
}

const all = (shown: boolean) => Object.fromEntries(Object.keys(PLACES).map(place => [place, shown]))

/** How it ends: by its own time, or by a policy that hides what nobody verified. */
const ENDS: Record<string, { text: object; policy: object }> = {
  validUntil: { text: { validUntil: UNTIL }, policy: POLICY },
  'verifyBy where a policy hides': { text: { verifyBy: UNTIL }, policy: { ...POLICY, hideOverdue: true } },
}

describe.each(Object.entries(ENDS))('%s ends an entry to the second, in', (_name, { text, policy }) => {
  let t: TestApp
  let agent: Client
  let expert: Client
  let id: number
  let near: number
  let draft: number

  /** Everything is opened, marked and reported while it holds; the clock is moved only forward from here. */
  async function prepare(): Promise<void> {
    t = await makeApp()
    agent = await t.signIn('agent')
    expert = await t.signIn('expert')
    await (await t.signIn('chair')).put('/api/policies', policy)
    const words = { standardQuestion: TITLE, similarQuestions: ['高温补贴怎么算'], topic: '电价', tags: [] }
    id = t.build.entry({ ...words, ...text }, 'heat')
    near = t.build.entry({
      ...words,
      standardQuestion: '阶梯电价怎么算？',
      similarQuestions: [],
      body: '[见](entry:heat)',
    })
    const call = (await agent.post('/api/calls', {})).json<{ id: number }>().id
    await agent.get(`/api/entries/${id}?call=${call}`)
    await agent.put(`/api/favourite-entries/${id}`)
    await agent.post(`/api/entries/${id}/feedback`, { kind: 'unclear' })
    draft = (await begin(expert, { standardQuestion: TITLE, topic: '电价' })).revisionId
  }
  beforeAll(async () => {
    await prepare()
    return () => t.close()
  })

  const shows = async (url: string, client = agent) => (await client.get(url)).body.includes(TITLE)
  const each = async () => {
    const shown: Record<string, boolean> = {}
    for (const [place, url] of Object.entries(PLACES)) shown[place] = await shows(url(id, near))
    return shown
  }
  const linked = async () => (await agent.get(`/api/entries/${near}`)).body.includes(`/desk?entry=${id}`)
  const neighbours = async () =>
    (await expert.get(`/api/revisions/${draft}/neighbours`)).body.includes(`"id":${id},`)

  test('every place where it shows, not a second before', async () => {
    t.clock.now = UNTIL - SECOND
    expect([await each(), await linked(), await neighbours()]).toEqual([all(true), true, true])
    t.clock.now = UNTIL - 1
    expect([await each(), await linked()]).toEqual([all(true), true])
    t.clock.now = UNTIL
    expect([await each(), await linked(), await neighbours()]).toEqual([all(false), false, false])
  })
})

test('what was counted for an empty search goes with it', async () => {
  const t = await makeApp()
  onTestFinished(t.close)
  const agent = await t.signIn('agent')
  t.build.entry({ validUntil: UNTIL })
  const facets = async () => (await agent.get('/api/search?q=')).json<{ total: number; facets: object }>()
  t.clock.now = UNTIL - SECOND
  expect(await facets()).toMatchObject({ total: 1, facets: { kind: { answer: 1 } } })
  t.clock.now = UNTIL
  expect(await facets()).toMatchObject({ total: 0, facets: { kind: {} } })
})
