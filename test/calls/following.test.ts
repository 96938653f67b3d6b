import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { CallView } from '#server/contract/call.ts'
import { iso } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { refusal } from '../support/committee.ts'
import { publishScript, saying, scriptText } from '../support/scripting.ts'

let t: TestApp
let agent: Client
let call: number
let scriptId: number
beforeEach(async () => {
  t = await makeApp()
  onTestFinished(t.close)
  agent = await t.signIn('agent')
  scriptId = publishScript(t)
  call = (await agent.post('/api/calls', {})).json<CallView>().id
})

const step = (body: object, client = agent, id = call) =>
  client.post(`/api/calls/${id}/script-steps`, { scriptId, ...body })
const outcome = (body: object) => agent.put(`/api/calls/${call}/outcome`, { verdict: 'resolved', ...body })
const republish = (draft = {}) => t.build.publish(t.build.revision(scriptId, scriptText(draft)))

test('the steps of a script are kept in their order, with the revision, the branch taken and the note', async () => {
  expect((await step({ step: 1 })).statusCode).toBe(201)
  const { followed } = (
    await step({ step: 5, branch: 0, note: '客户电话 13800138000，药要冷藏' })
  ).json<CallView>()
  const at = iso(NOW)
  expect(followed).toEqual([
    { scriptId, revision: 1, step: 1, branch: null, note: null, at },
    { scriptId, revision: 1, step: 5, branch: 0, note: expect.stringContaining('药要冷藏'), at },
  ])
  expect(followed[1]?.note).not.toContain('13800138000')
  expect((await agent.get('/api/calls/current')).json<{ call: CallView }>().call.followed).toEqual(followed)
})

test('a branch is taken only where it leads, from a step that was come to in this call', async () => {
  const nowhere = [422, 'script.no_such_step']
  const before = await step({ step: 5, branch: 0 })
  expect([refusal(before), before.json().fields[0].path]).toEqual([nowhere, 'body.branch'])
  await step({ step: 1 })
  expect(refusal(await step({ step: 9, branch: 0 }))).toEqual(nowhere)
  expect(refusal(await step({ step: 5, branch: 1 }))).toEqual(nowhere)
  expect(refusal(await step({ step: 5, branch: 7 }))).toEqual(nowhere)
  const unknown = await step({ step: 2 })
  expect([refusal(unknown), unknown.json().fields[0].path]).toEqual([nowhere, 'body.step'])
  expect((await step({ step: 5, branch: 0 })).json<CallView>().followed).toHaveLength(2)
})

test('a branch is taken in a call of however many steps', async () => {
  const { revision_id } = t.db.$client
    .prepare('select id revision_id from revision where entry_id = ?')
    .get(scriptId) as { revision_id: number }
  const came = t.db.$client.prepare(
    'insert into script_step (call_id, script_id, revision_id, step, at) values (?, ?, ?, 9, ?)',
  )
  for (let at = 0; at < 200; at++) came.run(call, scriptId, revision_id, NOW)
  await step({ step: 1 })
  expect((await step({ step: 5, branch: 0 })).statusCode).toBe(201)
})

test('a branch of the text that was read still leads where it said after a new revision came into force', async () => {
  await step({ step: 1 })
  republish({ steps: [{ step: 1 }, { step: 5 }] })
  const { followed } = (await step({ step: 5, branch: 0 })).json<CallView>()
  expect(followed.map(one => one.revision)).toEqual([1, 2])
})

test('only scripts in force are followed, only in one’s own call, and only while it is open', async () => {
  const entry = t.build.entry()
  const draft = t.build.draft(scriptText()).entryId
  for (const id of [entry, draft, 999])
    expect(refusal(await step({ scriptId: id, step: 1 }))).toEqual([404, 'script.not_found'])
  for (const role of ['supervisor', 'expert', 'admin'] as const)
    expect(refusal(await step({ step: 1 }, await t.signIn(role)))).toEqual([404, 'call.not_found'])
  expect(refusal(await step({ step: 10 }))).toEqual([400, 'request.invalid'])
  await agent.put(`/api/calls/${call}/end`)
  expect(refusal(await step({ step: 1 }))).toEqual([409, 'call.over'])
})

const stored = () =>
  t.db.$client
    .prepare(
      'select o.script_id, r.number from call_outcome o join revision r on r.id = o.script_revision_id',
    )
    .all()

test('how a call ended names the script and the revision that was followed, or what is in force', async () => {
  const said = async (body: object) => (await outcome(body)).json<CallView>().outcome
  expect(await said({ scriptId })).toMatchObject({ scriptId, entryId: null })
  expect(stored()).toEqual([{ script_id: scriptId, number: 1 }])
  await step({ step: 1 })
  republish(saying('换了说法。'))
  await outcome({ scriptId })
  expect(stored().at(-1)).toEqual({ script_id: scriptId, number: 1 })
})

test('a script that is out of force may still be named by the call that followed it, and by no other', async () => {
  await step({ step: 1 })
  t.build.retire(scriptId)
  expect((await outcome({ scriptId })).statusCode).toBe(200)
  call = (await agent.post('/api/calls', {})).json<CallView>().id
  expect(refusal(await outcome({ scriptId }))).toEqual([404, 'script.not_found'])
  expect((await outcome({})).json<CallView>().outcome).toMatchObject({ scriptId: null })
})
