import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeApp, type TestApp } from '../support/app.ts'
import { approve } from '../support/committee.ts'
import { beginScript, SCRIPT } from '../support/scripts.ts'

let t: TestApp
beforeEach(async () => (t = await makeApp()))
afterEach(() => t.close())

/** What is left out is empty. */
const WRITTEN = SCRIPT.steps.map(step => ({ fields: [], branches: [], ...step }))

test('a script is begun by its steps, saved by them, and read back the same', async () => {
  const expert = await t.signIn('expert', 'service')
  const begun = await expert.post('/api/scripts', SCRIPT)
  expect(begun.statusCode).toBe(201)
  const { revisionId } = begun.json<{ revisionId: number }>()
  const read = (await expert.get(`/api/revisions/${revisionId}`)).json<Record<string, unknown>>()
  expect(read).toMatchObject({
    kind: 'script',
    standardQuestion: SCRIPT.title,
    say: SCRIPT.scenario,
    script: { class: 'quality', profile: SCRIPT.profile, steps: WRITTEN },
  })
  expect(read.bodyHtml).not.toContain('class: quality')

  const changed = { ...SCRIPT, steps: [{ ...SCRIPT.steps[0]!, next: 3 }] }
  const saved = await t.inject({
    method: 'PUT',
    url: `/api/revisions/${revisionId}`,
    headers: { cookie: expert.cookie, 'if-match': '"1"' },
    payload: changed,
  })
  expect(saved.statusCode, saved.body).toBe(200)
  const again = (await expert.get(`/api/revisions/${revisionId}`)).json<{ script: { steps: unknown[] } }>()
  expect(again.script.steps[0]).toMatchObject({ next: 3 })
})

test('a body neither of an entry nor of a script is refused with the path', async () => {
  const expert = await t.signIn('expert', 'service')
  const { revisionId } = await beginScript(expert)
  const refused = await t.inject({
    method: 'PUT',
    url: `/api/revisions/${revisionId}`,
    headers: { cookie: expert.cookie, 'if-match': '"1"' },
    payload: { ...SCRIPT, steps: [{ step: 12 }] },
  })
  expect(refused.statusCode).toBe(400)
  expect(refused.json().fields[0].path).toBe('body.steps.0.step')
})

test('an approved script is found by what the customer says, and read by its steps', async () => {
  const expert = await t.signIn('expert', 'market')
  const { id, revisionId } = await beginScript(expert)
  const agent = await t.signIn('agent')
  expect((await agent.get(`/api/scripts/${id}`)).statusCode).toBe(404)
  const submitted = await expert.post(`/api/revisions/${revisionId}/submission`)
  expect(submitted.statusCode, submitted.body).toBe(201)
  await approve(t, submitted.json<{ reviewId: number }>().reviewId)
  const found = (await agent.get('/api/search?q=冰箱里有药')).json<{ hits: { kind: string; id: number }[] }>()
  expect(found.hits[0]).toMatchObject({ kind: 'script', id, scriptClass: SCRIPT.class })
  const read = await agent.get(`/api/scripts/${id}`)
  expect(read.json()).toMatchObject({ title: SCRIPT.title, revision: 1, steps: WRITTEN, quotes: [] })
})
