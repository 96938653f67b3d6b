import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { PracticeList, PracticeView } from '#server/contract/script-use.ts'
import { iso } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { refusal } from '../support/committee.ts'
import { publishScript, SCRIPT, saying, scriptText } from '../support/scripting.ts'

let t: TestApp
let agent: Client
let scriptId: number
beforeEach(async () => {
  t = await makeApp()
  onTestFinished(t.close)
  agent = await t.signIn('agent')
  scriptId = publishScript(t)
})

const RUN = {
  seconds: 95,
  path: [{ step: 1 }, { step: 5, branch: 0 }, { step: 9 }],
  met: ['prompt', 'say_steps'],
}
const keep = (more: object = {}, client = agent) =>
  client.post('/api/practices', { scriptId, ...RUN, ...more })
const list = async (client: Client, query = '') =>
  (await client.get(`/api/practices?${query}`)).json<PracticeList>()

test('a run is kept with its path, what was found kept, and a score of one for each', async () => {
  const reply = await keep({ note: '回拨号码 13800138000 念得太快' })
  expect(reply.statusCode).toBe(201)
  const kept = reply.json<PracticeView>()
  expect(kept).toEqual({
    id: 1,
    scriptId,
    title: SCRIPT.title,
    revision: 1,
    person: '林晓',
    ...RUN,
    score: 2,
    note: expect.stringContaining('念得太快'),
    at: iso(NOW),
  })
  expect(kept.note).not.toContain('13800138000')
  expect((await keep({ met: [] })).json<PracticeView>().score).toBe(0)
})

test.each([
  ['a step that is not there', [{ step: 1 }, { step: 2 }], 1],
  ['a branch that leads elsewhere', [{ step: 1 }, { step: 9, branch: 0 }], 1],
  ['a branch that is not there', [{ step: 1 }, { step: 5, branch: 9 }], 1],
  ['a branch to the end', [{ step: 1 }, { step: 5, branch: 1 }], 1],
  ['a step that does not follow', [{ step: 1 }, { step: 9 }], 1],
  ['a branch before the first step', [{ step: 1, branch: 0 }], 0],
  ['a step after the end', [{ step: 9 }, { step: 1 }], 1],
])('%s is no path', async (_, path, broken) => {
  const reply = await keep({ path })
  expect([refusal(reply), reply.json().fields[0].path]).toEqual([
    [422, 'script.no_such_step'],
    `body.path.${broken}`,
  ])
  expect((await list(agent)).total).toBe(0)
})

test('a path goes on where a step says, and back by a branch', async () => {
  const steps = [{ ...SCRIPT.steps[0]!, next: 9 }, ...SCRIPT.steps.slice(1)]
  t.build.publish(t.build.revision(scriptId, scriptText({ steps })))
  expect((await keep({ path: [{ step: 1 }, { step: 9 }] })).json<PracticeView>().revision).toBe(2)
  const around = [{ step: 1 }, { step: 5, branch: 0 }, { step: 1, branch: 0 }, { step: 9 }]
  expect((await keep({ path: around })).statusCode).toBe(201)
})

test('a principle counts once, and only the ten there are', async () => {
  for (const met of [['prompt', 'prompt'], ['kindness']])
    expect(refusal(await keep({ met }))).toEqual([400, 'request.invalid'])
})

test('one’s own runs; supervisors and the chair see everyone’s, the latest first and by pages', async () => {
  const [expert, supervisor] = [await t.signIn('expert'), await t.signIn('supervisor')]
  const other = publishScript(t, { ...saying('好的。'), title: '另一份话术' })
  await keep()
  await keep({ seconds: 5 }, expert)
  await keep({ scriptId: other, path: [{ step: 1 }] }, supervisor)
  for (const [client, ids] of [
    [agent, [1]],
    [expert, [2]],
    [supervisor, [3, 2, 1]],
    [await t.signIn('chair'), [3, 2, 1]],
    [await t.signIn('admin'), []],
  ] as const)
    expect((await list(client)).practices.map(one => one.id)).toEqual(ids)
  expect((await list(supervisor, 'mine=true')).practices.map(one => one.id)).toEqual([3])
  expect(await list(supervisor, `scriptId=${scriptId}&limit=1&offset=1`)).toMatchObject({
    total: 2,
    practices: [{ id: 1 }],
  })
})

test('only scripts in force are practised; the title goes with them', async () => {
  await keep()
  t.build.retire(scriptId)
  expect(refusal(await keep())).toEqual([404, 'script.not_found'])
  expect((await list(agent)).practices).toMatchObject([{ title: null, revision: 1 }])
})
