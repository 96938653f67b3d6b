import { afterEach, beforeEach, expect, it } from 'vitest'
import type { GapView } from '#server/contract/gap.ts'
import { questionOf, raise } from '../questions/journey.ts'
import { makeApp, type Client, type TestApp } from '../support/app.ts'
import { boardOf, callWith } from './asking.ts'

let t: TestApp
let agent: Client
let supervisor: Client
beforeEach(async () => {
  t = await makeApp()
  ;[agent, supervisor] = await Promise.all([t.signIn('agent'), t.signIn('supervisor')])
})
afterEach(() => t.close())

const PILE = '充电桩报装要带哪些材料'

it('what is ignored stays off the board, with what is alike to it later, until it is restored', async () => {
  await callWith(t, agent, [PILE])
  const id = (await boardOf(supervisor)).gaps[0]!.id
  await supervisor.put(`/api/gaps/${id}/mark`, { kind: 'ignored', reason: '测试用语' })
  await callWith(t, agent, ['请问充电桩报装要带哪些材料'])
  expect((await boardOf(supervisor)).gaps).toEqual([])
  expect((await boardOf(supervisor, '&ignored=true')).gaps[0]).toMatchObject({
    id,
    count: 2,
    isIgnored: true,
  })
  const restored = (await supervisor.put(`/api/gaps/${id}/mark`, { kind: 'restored' })).json<object>()
  expect(restored).toMatchObject({ isIgnored: false, count: 2, isVital: true })
})

it('an owner is a person who is here', async () => {
  await callWith(t, agent, [PILE])
  const id = (await boardOf(supervisor)).gaps[0]!.id
  const mark = (payload: object) => supervisor.put(`/api/gaps/${id}/mark`, payload)
  expect((await mark({ kind: 'assigned' })).json()).toMatchObject({ code: 'request.invalid' })
  expect((await mark({ kind: 'assigned', ownerId: 999 })).json()).toMatchObject({
    code: 'person.not_found',
  })
  const expert = await t.signIn('expert')
  expect((await mark({ kind: 'assigned', ownerId: expert.id })).json()).toMatchObject({
    owner: { id: expert.id },
    marks: [{ kind: 'assigned', by: { id: supervisor.id } }],
  })
  expect((await boardOf(supervisor)).gaps[0]?.owner?.id).toBe(expert.id)
  expect((await supervisor.put('/api/gaps/999/mark', { kind: 'ignored' })).statusCode).toBe(404)
})

it('questioned raises its wording as a question, filed as the gap is, which is not one more query', async () => {
  await callWith(t, agent, [PILE])
  const [gap] = (await boardOf(supervisor)).gaps
  const marked = (await supervisor.put(`/api/gaps/${gap!.id}/mark`, { kind: 'questioned' })).json<GapView>()
  const raised = await questionOf(supervisor, marked.question!.id)
  expect(raised).toMatchObject({ text: PILE, category: gap!.category, department: gap!.department, count: 1 })
  expect((await boardOf(supervisor)).gaps).toEqual([
    expect.objectContaining({ id: gap!.id, count: 1, question: { id: raised.id, state: 'routed' } }),
  ])
  const expert = await t.signIn('expert', gap!.department)
  await expert.post(`/api/questions/${raised.id}/refusal`, { reason: '不属于供电业务' })
  expect((await boardOf(supervisor)).gaps[0]?.question).toBeNull()
})

it('a question raised counts to its gap, and with the search of its call as one', async () => {
  await callWith(t, agent, [PILE])
  const call = await callWith(t, agent, [PILE, '充电桩报装要哪些材料'])
  const raised = await raise(agent, `请问${PILE}？`, { callId: call, category: '供电服务' })
  await raise(agent, '充电桩报装要带什么材料')
  const { gaps, queries } = await boardOf(supervisor)
  expect(queries).toBe(4)
  expect(gaps).toEqual([
    expect.objectContaining({ count: 4, calls: 2, question: expect.objectContaining({ state: 'routed' }) }),
  ])
  await agent.put(`/api/calls/${call}/outcome`, { verdict: 'resolved' })
  const after = (await boardOf(supervisor)).gaps[0]
  expect(after).toMatchObject({ count: 3, calls: 2 })
  expect(raised.id).toBeGreaterThan(0)
})

it.each(['agent', 'expert', 'reviewer', 'admin'] as const)('%s may neither see nor decide', async role => {
  await callWith(t, agent, [PILE])
  await boardOf(supervisor)
  const client = await t.signIn(role)
  const replies = [
    await client.get('/api/gaps'),
    await client.get('/api/gaps/1'),
    await client.put('/api/gaps/1/mark', { kind: 'ignored' }),
  ]
  expect(replies.map(reply => reply.statusCode)).toEqual([403, 403, 403])
  expect((await (await t.signIn('chair')).get('/api/gaps')).statusCode).toBe(200)
})
