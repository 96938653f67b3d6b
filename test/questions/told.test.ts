import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HOUR } from '#server/platform/kernel/clock.ts'
import { makeApp, type Client, type TestApp } from '../support/app.ts'
import { listen } from '../notifications/listener.ts'
import { toldTo } from '../notifications/journey.ts'
import { answer, approve, ASKED, expertOf, look, questionOf, raise, WANTED } from './journey.ts'

let t: TestApp
let agent: Client
let expert: Client
beforeEach(async () => {
  t = await makeApp()
  agent = await t.signIn('agent')
  expert = await expertOf(t)
})
afterEach(() => t.close())

const events = async (client: Client): Promise<[string, string, string | null][]> =>
  (await toldTo(client)).map(({ event, subject, title }) => [event, subject, title])

describe('people are told', () => {
  it('the experts of the department that has it, and after re-routing those of the other', async () => {
    const { id } = await raise(agent)
    expect(await events(expert)).toEqual([['question.routed', `question:${id}`, ASKED]])
    expect(await events(await expertOf(t, 'market'))).toEqual([])
    await expert.post(`/api/questions/${id}/routing`, { department: 'market', reason: '归营销' })
    expect(await events(await expertOf(t, 'market'))).toEqual([['question.routed', `question:${id}`, ASKED]])
    expect(await events(expert)).toHaveLength(1)
  })

  it('all who asked, each of their own asking, when more is needed or there will be no answer', async () => {
    const { id } = await raise(agent)
    const other = await t.signIn('supervisor')
    const joined = await raise(other, '另一种问法', { mergeInto: id })
    await expert.post(`/api/questions/${id}/return`, { reason: '几相电？' })
    await expert.post(`/api/questions/${id}/refusal`, { reason: '不归供电' })
    expect(await events(agent)).toEqual([
      ['question.refused', `question:${id}`, ASKED],
      ['question.returned', `question:${id}`, ASKED],
    ])
    expect(await events(other)).toEqual([
      ['question.refused', `question:${joined.id}`, '另一种问法'],
      ['question.returned', `question:${joined.id}`, '另一种问法'],
    ])
  })

  it('of an answer only what is approved, and only as long as it is', async () => {
    const { id } = await raise(agent, ASKED, { callback: WANTED })
    const { reviewId, entryId } = await answer(expert, id, {
      say: '按上网电量算。',
      topic: '光伏',
      standardQuestion: '光伏补贴怎么算？',
    })
    expect(await events(agent)).toEqual([])
    await approve(t, reviewId)
    await questionOf(agent, id)
    expect(await events(agent)).toEqual([
      ['callback.due', 'callback:1', ASKED],
      ['question.answered', `question:${id}`, '光伏补贴怎么算？'],
      ['revision.published', `entry:${entryId}`, '光伏补贴怎么算？'],
    ])
    t.build.retire(entryId)
    expect((await events(agent)).map(([, , title]) => title)).toEqual([ASKED, null, null])
  })

  it('live, on the desk of the agent who asked', async () => {
    await t.app.listen({ host: '127.0.0.1', port: 0 })
    const { id } = await raise(agent)
    const desk = listen(t, agent.cookie)
    const stranger = listen(t, (await t.signIn('admin')).cookie)
    await Promise.all([desk.status, stranger.status])
    const { reviewId } = await answer(expert, id)
    await approve(t, reviewId)
    await questionOf(expert, id)
    await expert.post('/api/previews', { body: '看看' }) // what was committed is told after any write
    const came = await desk.events(2)
    expect(came.map(one => one.event).toSorted()).toEqual(['question.answered', 'revision.published'])
    expect(came.find(one => one.event === 'question.answered')?.data).toMatchObject({ title: ASKED })
    desk.leave()
    stranger.leave()
  })
})

describe('a late question', () => {
  it('is escalated to the department’s members and the chair, then to the supervisor, each told once', async () => {
    const { id } = await raise(agent)
    const late = async () => {
      look(t)
      look(t)
      const supervisor = await t.signIn('supervisor')
      const all = [await t.signIn('reviewer', 'service'), await t.signIn('chair'), supervisor]
      const told = await Promise.all(
        all.map(async one => (await events(one)).filter(([event]) => event === 'question.overdue').length),
      )
      const { escalation, isOverdue, steps } = await questionOf(supervisor, id)
      return [told, escalation, isOverdue, steps.filter(step => step.kind === 'escalated').length]
    }
    t.clock.now += 72 * HOUR - 1
    expect(await late()).toEqual([[0, 0, 0], 0, false, 0])
    t.clock.now += 1
    expect(await late()).toEqual([[1, 1, 0], 1, true, 1])
    t.clock.now += 24 * HOUR
    expect(await late()).toEqual([[1, 1, 1], 2, true, 2])
    t.clock.now += 24 * HOUR
    expect(await late()).toEqual([[1, 1, 1], 2, true, 2])
  })

  it('is not late while more facts are waited for, or the committee decides', async () => {
    const [a, b] = [await raise(agent), await raise(agent, '换电表要重签合同吗')]
    await expert.post(`/api/questions/${a.id}/return`, { reason: '几相电？' })
    await answer(expert, b.id)
    t.clock.now += 100 * HOUR
    look(t)
    const supervisor = await t.signIn('supervisor')
    for (const { id } of [a, b])
      expect(await questionOf(supervisor, id)).toMatchObject({ isOverdue: false, escalation: 0 })
  })
})
