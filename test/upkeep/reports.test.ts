import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { ReportList, TaskList } from '#server/contract/upkeep.ts'
import { DAY, HOUR, iso } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { approve, open, POLICY, refusal, revise, vote } from '../support/committee.ts'
import { toldTo } from '../notifications/journey.ts'

const BODY = '## 怎么赔\n\n能修的，修。\n\n- 冰箱\n- 彩电\n\n| 年限 | 折旧 |\n|---|---|\n| 5 | 80% |'

let t: TestApp
let agent: Client
let expert: Client
let id: number
beforeEach(async () => {
  t = await makeApp()
  onTestFinished(t.close)
  agent = await t.signIn('agent')
  expert = await t.signIn('expert')
  id = t.build.entry({ body: BODY })
})

const say = async (feedback: object = { kind: 'wrong' }, client = agent) =>
  (await client.post(`/api/entries/${id}/feedback`, feedback)).json<{ taskId: number }>().taskId
const reports = async (client = agent) => (await client.get('/api/feedback')).json<ReportList>().reports
const end = (task: number, words: string) => expert.put(`/api/tasks/${task}/ending`, { words })
const told = async (client = agent) => (await toldTo(client)).filter(one => one.event === 'feedback.answered')

test('the owner sees what the reported paragraph says, as the page counts paragraphs', async () => {
  for (const paragraph of [0, 1, 2, 3, 4]) await say({ kind: 'wrong', paragraph })
  await say()
  const { tasks } = (await expert.get('/api/tasks')).json<TaskList>()
  expect(tasks.map(one => one.quoted)).toEqual([
    '怎么赔',
    '能修的，修。',
    '冰箱 彩电',
    '年限 折旧 5 80%',
    null,
    null,
  ])
})

test('who reported reads what came of it, and is told once', async () => {
  const task = await say({ kind: 'unclear', paragraph: 1, words: '修不了呢？' })
  expect(await reports()).toMatchObject([
    {
      id: task,
      kind: 'unclear',
      paragraph: 1,
      words: '修不了呢？',
      entry: { id },
      at: iso(NOW),
      dueAt: iso(NOW + 5 * DAY),
      state: 'open',
      answer: null,
      answeredAt: null,
    },
  ])
  t.clock.now = NOW + HOUR
  await end(task, '修不了的写在第三段，客户电话 13800001234 已回。')
  await end(task, '再说一次')
  const answer = '修不了的写在第三段，客户电话 ＊＊＊ 已回。'
  expect(await reports()).toMatchObject([{ state: 'answered', answer, answeredAt: iso(NOW + HOUR) }])
  expect(await told()).toMatchObject([
    { subject: `entry:${id}`, title: '停电造成损失，供电企业赔不赔？', read: false },
  ])
  expect(await reports(expert)).toEqual([])
  expect(await told(await t.signIn('supervisor'))).toEqual([])
})

test('a newer text in force answers all who reported the one before, each once', async () => {
  const reviewer = await t.signIn('reviewer', 'safety')
  await say()
  await say({ kind: 'outdated' })
  await say({ kind: 'unclear' }, reviewer)
  await end(await say({ kind: 'wrong' }, expert), '看错了')
  await approve(t, await open(expert, await revise(t, expert, id, { standardQuestion: '停电赔多少？' })))
  expect((await reports()).map(one => one.state)).toEqual(['revised', 'revised'])
  for (const client of [agent, reviewer, expert])
    expect(await told(client)).toMatchObject([{ subject: `entry:${id}`, title: '停电赔多少？' }])
  await approve(t, await open(expert, await revise(t, expert, id)))
  expect(await told()).toHaveLength(1)
  t.clock.now += 1
  await say()
  await approve(t, await open(expert, await revise(t, expert, id)))
  expect(await told()).toHaveLength(2)
})

test('a text that holds from a later day answers when it does', async () => {
  await say()
  await approve(t, await open(expert, await revise(t, expert, id, { validFrom: iso(NOW + HOUR) })))
  expect([await told(), (await reports())[0]?.state]).toEqual([[], 'open'])
  t.clock.now = NOW + HOUR
  agent = await t.signIn('agent')
  expect([(await told()).length, (await reports())[0]?.state]).toEqual([1, 'revised'])
})

test('what is no longer in force shows no title, neither in the report nor in what was told', async () => {
  const task = await say()
  await end(task, '没有错。')
  await say({ kind: 'outdated' })
  t.build.retire(id)
  expect(await reports()).toMatchObject([
    { state: 'withdrawn', entry: null },
    { state: 'answered', entry: null, answer: '没有错。' },
  ])
  expect(await told()).toMatchObject([{ title: null }])
})

test('a title that a policy hides is not shown either', async () => {
  id = t.build.entry({ basis: [{ sourceId: t.build.source('gb-12325') }] })
  await end(await say(), '没有错。')
  const chair = await t.signIn('chair')
  await chair.put('/api/policies', { ...POLICY, hideSuperseded: true })
  await chair.put(`/api/sources/${t.build.source('gb-12325')}/successor`, { by: 1 })
  expect([(await reports())[0]?.entry, (await told())[0]?.title]).toEqual([null, null])
})

test('agents are told of nothing else that is meant for one person alone', async () => {
  await say()
  const review = await open(expert, await revise(t, expert, id))
  await vote(await t.signIn('reviewer', 'market'), review, 'return', '再改')
  expect(await toldTo(agent)).toEqual([])
  expect((await toldTo(expert)).map(one => one.event)).toEqual(['review.returned', 'feedback.given'])
})

test('a list has its limits, and asks who is there', async () => {
  for (let count = 0; count < 3; count++) await say()
  const page = (await agent.get('/api/feedback?limit=1&offset=1')).json<ReportList>()
  expect([page.total, page.reports.length]).toEqual([3, 1])
  expect(refusal(await agent.get('/api/feedback?limit=101'))).toEqual([400, 'request.invalid'])
  expect((await t.inject('/api/feedback')).statusCode).toBe(401)
})
