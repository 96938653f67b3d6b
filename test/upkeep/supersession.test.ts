import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { EntryView } from '#server/contract/entry.ts'
import type { TaskList } from '#server/contract/upkeep.ts'
import { DAY, iso } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { toldTo } from '../notifications/journey.ts'
import { approve, open, POLICY, refusal, revise } from '../support/committee.ts'

let t: TestApp
let chair: Client
let expert: Client
let agent: Client
let old: number
let fresh: number
let citing: number
beforeEach(async () => {
  t = await makeApp()
  onTestFinished(t.close)
  chair = await t.signIn('chair')
  expert = await t.signIn('expert')
  agent = await t.signIn('agent')
  old = t.build.source('gb-12325')
  fresh = t.build.source('business-rules')
  citing = t.build.entry({
    standardQuestion: '电压合格范围是多少？',
    basis: [{ sourceId: old, clause: '4.1' }],
  })
  t.build.entry({ standardQuestion: '停电赔不赔？', basis: [{ sourceId: fresh }] })
  t.build.draft({ standardQuestion: '草稿', basis: [{ sourceId: old }] })
})

const supersede = (client = chair, by = fresh) => client.put(`/api/sources/${old}/successor`, { by })
const tasks = async () => (await expert.get('/api/tasks')).json<TaskList>().tasks
const labels = async () => (await agent.get(`/api/entries/${citing}`)).json<EntryView>().labels
const found = async () =>
  (await agent.get(`/api/search?q=${encodeURIComponent('电压合格')}`)).json<{
    hits: { labels: string[] }[]
  }>().hits

test('lists every entry in force that cites the source, opens a task for its owner, labels it at once', async () => {
  const citations = await expert.get(`/api/sources/${old}/citations`)
  expect(citations.json()).toMatchObject({ entries: [{ id: citing }] })
  expect((await supersede()).json()).toMatchObject({
    entries: [{ id: citing, title: '电压合格范围是多少？' }],
  })
  expect(await labels()).toContain('依据已更新')
  expect((await found())[0]?.labels).toContain('依据已更新')
  expect(await tasks()).toMatchObject([
    {
      kind: 'source_updated',
      entry: { id: citing },
      department: 'market',
      dueAt: iso(NOW + 14 * DAY),
      raisedBy: '周正',
    },
  ])
})

test('each entry that cites it makes a task for its own owner, who is told, also where a policy hides it', async () => {
  const other = t.build.entry({
    standardQuestion: '电压不稳归谁管？',
    ownerDepartment: 'operations',
    kind: 'process',
    basis: [{ sourceId: fresh }, { sourceId: old }],
  })
  await chair.put('/api/policies', { ...POLICY, kind: 'process', hideSuperseded: true })
  expect((await supersede()).json<{ entries: unknown[] }>().entries).toHaveLength(2)
  const work = await tasks()
  expect(work.map(one => [one.entry.id, one.department])).toEqual([
    [citing, 'market'],
    [other, 'operations'],
  ])
  for (const department of ['market', 'operations'])
    expect(await toldTo(await t.signIn('expert', department))).toMatchObject([
      { event: 'source.superseded', subject: `source:${old}` },
    ])
  expect((await agent.get(`/api/entries/${other}`)).statusCode).toBe(404)
  expect(await labels()).toContain('依据已更新')
})

test('the task and the label end with a newer revision in force', async () => {
  await supersede()
  const next = await revise(t, expert, citing, { basis: [{ sourceId: fresh }] })
  expect(await labels()).toContain('依据已更新')
  await approve(t, await open(expert, next))
  expect([await tasks(), await labels()]).toEqual([[], []])
})

test('noting the same again opens no second task', async () => {
  await supersede()
  expect((await supersede()).json()).toMatchObject({ entries: [{ id: citing }] })
  expect(await tasks()).toHaveLength(1)
})

test('a policy may hide them; their owners still find the work, and bring them back', async () => {
  await chair.put('/api/policies', { ...POLICY, hideSuperseded: true })
  expect(await found()).toHaveLength(1)
  await supersede()
  expect([await found(), (await agent.get(`/api/entries/${citing}`)).statusCode]).toEqual([[], 404])
  const [task] = await tasks()
  expect(task).toMatchObject({ entry: { id: citing } })
  expect((await expert.post(`/api/entries/${citing}/revisions`)).statusCode).toBe(201)
  await expert.put(`/api/tasks/${task?.id}/ending`, { words: '条款没有变。' })
  expect(await found()).toHaveLength(1)
})

test('a policy that shows them again puts them back into the search', async () => {
  await chair.put('/api/policies', { ...POLICY, hideSuperseded: true })
  await supersede()
  expect(await found()).toEqual([])
  await chair.put('/api/policies', POLICY)
  expect(await found()).toHaveLength(1)
})

test('a policy hides what is of its kind and category alone', async () => {
  await supersede()
  await chair.put('/api/policies', { ...POLICY, category: '供电安全', hideSuperseded: true })
  await chair.put('/api/policies', { ...POLICY, kind: 'process', hideSuperseded: true })
  expect(await found()).toHaveLength(1)
  await chair.put('/api/policies', { ...POLICY, category: '供电可靠', hideSuperseded: true })
  expect(await found()).toEqual([])
})

test('is refused to who may not, for what is not there, and in a circle', async () => {
  for (const persona of ['agent', 'expert', 'supervisor', 'admin'] as const)
    expect(refusal(await supersede(await t.signIn(persona)))).toEqual([403, 'right.missing'])
  expect(refusal(await supersede(chair, 99))).toEqual([404, 'source.not_found'])
  expect(refusal(await supersede(chair, old))).toEqual([422, 'source.supersedes_itself'])
  await supersede()
  const back = await chair.put(`/api/sources/${fresh}/successor`, { by: old })
  expect(refusal(back)).toEqual([422, 'source.supersedes_itself'])
  expect(refusal(await agent.get(`/api/sources/${old}/citations`))).toEqual([403, 'right.missing'])
})
