import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROLES, type Role } from '#server/contract/lists.ts'
import { makeApp, type Client, type TestApp } from '../support/app.ts'
import { begin, open, revise, save, submit, vote } from '../support/committee.ts'
import { callsAt, STREAM } from '../support/every-route.ts'

/** Stands in every text that is nobody's but its author's. */
const MARKER = '未写完的草稿'
const TEXT = {
  standardQuestion: `${MARKER}怎么办？`,
  similarQuestions: [`${MARKER}找谁`],
  say: `${MARKER}。`,
  body: `## ${MARKER}`,
  tags: [MARKER],
  scope: { city: MARKER },
}

let t: TestApp
let expert: Client
const at = {
  open: 0,
  hidden: [] as number[],
  revisions: [] as number[],
  reviews: [] as number[],
  lapsed: 1,
  script: 1,
}
const CALLS = callsAt(() => ({ ...at, questions: [], marker: MARKER, queries: [MARKER, 'wxwdcg', '找谁'] }))
const GETS = Object.keys(CALLS).filter(route => route.startsWith('GET ') && route !== STREAM)

beforeAll(async () => {
  t = await makeApp()
  expert = await t.signIn('expert')
  at.open = t.build.entry()
  const draft = await begin(expert, TEXT)
  const later = await revise(t, expert, at.open, TEXT)
  const returned = await submit(t)
  await vote(await t.signIn('reviewer'), returned.reviewId, 'return', '再改')
  await save(t, expert, returned.revisionId, TEXT)
  at.hidden = [draft.id, returned.id]
  at.revisions = [draft.revisionId, later, returned.revisionId]
  at.reviews = [returned.reviewId]
})
afterAll(() => t.close())

const others: [Role, string?][] = [
  ...ROLES.filter(role => role !== 'expert').map((role): [Role] => [role]),
  ['expert', 'safety'],
  ['reviewer', 'service'],
]

test.each(others)(
  '%s %s reads nothing of a draft, nor of what is written after a return',
  async (persona, department) => {
    const client = await t.signIn(persona, department)
    for (const route of GETS)
      for (const call of CALLS[route]!()) {
        const [url] = typeof call === 'string' ? [call] : call
        const reply = await client.get(encodeURI(url))
        expect(reply.body.replaceAll(`"query":"${MARKER}"`, ''), url).not.toContain(MARKER)
        expect(reply.statusCode, url).toBeLessThan(500)
      }
  },
)

test('its author reads all of it', async () => {
  for (const id of at.revisions) expect((await expert.get(`/api/revisions/${id}`)).body).toContain(MARKER)
  expect((await expert.get('/api/revisions')).body).toContain(MARKER)
  for (const id of at.hidden) expect((await expert.get(`/api/entries/${id}/history`)).body).toContain(MARKER)
})

test('who asks for two revisions must be allowed both', async () => {
  const reviewer = await t.signIn('reviewer')
  const [draft] = at.revisions
  expect((await reviewer.get(`/api/comparisons?before=1&after=${draft}`)).statusCode).toBe(404)
  expect((await reviewer.get(`/api/comparisons?before=${draft}&after=1`)).statusCode).toBe(404)
})

test('once it is submitted again the committee reads it', async () => {
  const id = at.revisions[2]!
  const reviewer = await t.signIn('reviewer')
  expect((await reviewer.get(`/api/revisions/${id}`)).body).not.toContain(MARKER)
  const reviewId = await open(expert, id)
  expect((await reviewer.get(`/api/reviews/${reviewId}`)).body).toContain(MARKER)
  expect((await reviewer.get(`/api/revisions/${id}`)).body).toContain(MARKER)
  // the round before shows what was submitted in it
  expect((await reviewer.get(`/api/reviews/${at.reviews[0]}`)).body).not.toContain(MARKER)
})
