import { afterEach, beforeEach, expect, it } from 'vitest'
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
