import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { EntryView } from '#server/contract/entry.ts'
import type { SearchReply } from '#server/contract/search.ts'
import type { TaskList } from '#server/contract/upkeep.ts'
import { DAY, iso } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { approve, open, POLICY, refusal, revise } from '../support/committee.ts'

let t: TestApp
let agent: Client
let expert: Client
let id: number
beforeEach(async () => {
  t = await makeApp()
  onTestFinished(t.close)
  agent = await t.signIn('agent')
  expert = await t.signIn('expert')
  id = t.build.entry()
})

const say = (feedback: object = { kind: 'wrong' }, client = agent) =>
  client.post(`/api/entries/${id}/feedback`, feedback)
const tasks = async (query = '') => (await expert.get(`/api/tasks${query}`)).json<TaskList>()
const found = async () =>
  (await agent.get(`/api/search?q=${encodeURIComponent('停电造成损失')}`)).json<SearchReply>()
const labels = async () => (await agent.get(`/api/entries/${id}`)).json<EntryView>().labels

test('one key makes a task for the owner, due as the policy says', async () => {
  const call = (await agent.post('/api/calls', {})).json<{ id: number }>().id
  const reply = await say({ kind: 'unclear', paragraph: 1, words: '七天还是三天', callId: call })
  expect(reply.statusCode).toBe(201)
  expect(await tasks()).toMatchObject({
    total: 1,
    tasks: [
      {
        kind: 'unclear',
        paragraph: 1,
        words: '七天还是三天',
        raisedBy: '林晓',
        department: 'market',
        at: iso(NOW),
        dueAt: iso(NOW + 5 * DAY),
        entry: { id },
      },
    ],
  })
  expect((await tasks('?department=safety')).total).toBe(0)
  expect((await tasks('?kind=wrong')).total).toBe(0)
  expect((await tasks('?kind=unclear&department=market')).total).toBe(1)
})

test('numbers of customers are masked, however they are written', async () => {
  await say({ kind: 'wrong', words: '客户 138 0013 8000、户号０１２３４５６７８９ 说不对' })
  const text = JSON.stringify(t.db.$client.prepare('select words from entry_task').all())
  expect(text).not.toMatch(/\d{4}|8000/u)
  expect((await tasks()).tasks[0]?.words).toBe('客户 ＊＊＊、户号＊＊＊ 说不对')
})

test('words without a number stay as they were written', async () => {
  const words = '第２段：七天，还是三天？（客户问）'
  await say({ kind: 'unclear', words })
  expect((await tasks()).tasks[0]?.words).toBe(words)
})

test('what is sent again under the same mark is one report, also when the entry is gone since', async () => {
  const report = { kind: 'wrong', words: '时限不对', sendKey: '9f0c6b1e-0d5e-4c57-9b3f-1a2b3c4d5e6f' }
  const [first, again] = [await say(report), await say(report)]
  expect([again.statusCode, again.json()]).toEqual([201, first.json()])
  expect((await tasks()).total).toBe(1)
  expect((await say(report, expert)).json()).not.toEqual(first.json())
  expect((await tasks()).total).toBe(2)
  t.build.retire(id)
  expect((await say(report)).json()).toEqual(first.json())
  expect(refusal(await say({ ...report, sendKey: 'x' }))).toEqual([400, 'request.invalid'])
})

test('after the number set by policy the entry carries a warning, until it is handled', async () => {
  await say()
  await say({ kind: 'outdated' })
  expect(await labels()).toEqual([])
  await say({ kind: 'unclear' })
  expect(await labels()).toEqual(['有反馈'])
  expect((await found()).hits).toMatchObject([{ id, labels: ['有反馈'] }])
  const [task] = (await tasks()).tasks
  expect((await expert.put(`/api/tasks/${task?.id}/ending`, { words: '核对过，没有错。' })).statusCode).toBe(
    204,
  )
  expect(await labels()).toEqual([])
  expect((await found()).hits).toMatchObject([{ id, labels: [] }])
  expect((await tasks()).total).toBe(2)
})

test('the number is the policy’s; a newer revision in force handles everything', async () => {
  await (await t.signIn('chair')).put('/api/policies', { ...POLICY, feedbackWarning: 1, feedbackDays: 2 })
  await say()
  expect(await labels()).toEqual(['有反馈'])
  expect((await tasks()).tasks[0]?.dueAt).toBe(iso(NOW + 2 * DAY))
  await approve(t, await open(expert, await revise(t, expert, id)))
  expect([await labels(), (await tasks()).total]).toEqual([[], 0])
})

test('a task is ended by the owner department or the chair, with words', async () => {
  const task = (await say()).json<{ taskId: number }>().taskId
  const end = (client: Client, words = '已改') => client.put(`/api/tasks/${task}/ending`, { words })
  for (const client of [
    agent,
    await t.signIn('expert', 'safety'),
    await t.signIn('reviewer', 'service'),
    await t.signIn('supervisor'),
  ])
    expect(refusal(await end(client))).toEqual([403, 'right.missing'])
  expect(refusal(await end(expert, ''))).toEqual([400, 'request.invalid'])
  expect((await end(await t.signIn('chair'))).statusCode).toBe(204)
  expect((await end(expert, '又一次')).statusCode).toBe(204)
  expect(t.db.$client.prepare('select words from entry_task_end').pluck().all()).toEqual(['已改'])
  expect(refusal(await expert.put('/api/tasks/99/ending', { words: '无' }))).toEqual([404, 'task.not_found'])
})

test('what is not in force, another person’s call and words too long are refused', async () => {
  const other = (await expert.post('/api/calls', {})).json<{ id: number }>().id
  expect(refusal(await say({ kind: 'wrong', callId: other }))).toEqual([404, 'call.not_found'])
  expect(refusal(await say({ kind: 'wrong', words: '错'.repeat(501) }))).toEqual([400, 'request.invalid'])
  expect(refusal(await say({ kind: 'boring' }))).toEqual([400, 'request.invalid'])
  id = t.build.draft().entryId
  expect(refusal(await say())).toEqual([404, 'entry.not_found'])
  expect(refusal(await agent.get('/api/tasks'))).toEqual([403, 'right.missing'])
})
