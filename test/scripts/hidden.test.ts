import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { HOUR } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { POLICY, refusal } from '../support/committee.ts'
import { publishScript, saying, scriptText } from '../support/scripting.ts'

const SAY = '只对内部说的口径。'
const OVERDUE = NOW - HOUR

let t: TestApp
let agent: Client
let chair: Client
beforeEach(async () => {
  t = await makeApp()
  onTestFinished(t.close)
  agent = await t.signIn('agent')
  chair = await t.signIn('chair')
})

test('what a policy hides of a quoted entry is told by no script, check or file', async () => {
  t.build.entry({ say: SAY, verifyBy: OVERDUE }, 'overdue')
  const script = publishScript(t, saying('我念一下：[[entry:overdue@1]]'))
  expect((await agent.get(`/api/scripts/${script}`)).body).toContain(SAY)
  await chair.put('/api/policies', { ...POLICY, hideOverdue: true })
  const view = await agent.get(`/api/scripts/${script}`)
  expect(view.json().quotes).toMatchObject([{ state: 'gone', title: null, say: null }])
  const steps = [{ step: 1, lines: [{ speaker: 'agent', text: '[[entry:overdue@1]]七天' }] }]
  const checked = await agent.post('/api/scripts/check', { steps })
  const file = await agent.get(`/api/scripts/${script}/file?format=markdown`)
  for (const reply of [view, checked, file]) {
    expect(reply.statusCode).toBe(200)
    expect(reply.body).not.toContain(SAY)
  }
})

test('a script that a policy hides is neither read, sent, practised nor copied', async () => {
  const script = publishScript(t, {})
  t.build.publish(t.build.revision(script, { ...scriptText(), verifyBy: OVERDUE }))
  const expert = await t.signIn('expert', 'service')
  const run = { scriptId: script, seconds: 60, path: [{ step: 1 }], met: [] }
  const all = async () => [
    await agent.get(`/api/scripts/${script}`),
    await agent.get(`/api/scripts/${script}/file?format=markdown`),
    await agent.post('/api/practices', run),
    await expert.get(`/api/script-beginnings?scriptId=${script}`),
  ]
  expect((await all()).map(reply => reply.statusCode)).toEqual([200, 200, 201, 200])
  await chair.put('/api/policies', { ...POLICY, kind: 'script', hideOverdue: true })
  expect((await all()).map(refusal)).toEqual(Array.from({ length: 4 }, () => [404, 'script.not_found']))
})

test('the file of a draft is its authors’ alone until it is under review', async () => {
  const { revisionId } = t.build.draft(scriptText())
  for (const client of [agent, await t.signIn('expert', 'market'), await t.signIn('supervisor')])
    for (const format of ['markdown', 'docx'])
      expect(refusal(await client.get(`/api/revisions/${revisionId}/file?format=${format}`))).toEqual([
        404,
        'revision.not_found',
      ])
})
