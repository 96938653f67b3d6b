import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CallbackList } from '#server/contract/answering.ts'
import { verifyChain } from '#server/audit/index.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { refusal } from '../support/committee.ts'
import { addAgent, ask, NAME, PHONE, publish, refuse, revisionOf, WANTED } from './askings.ts'

let t: TestApp
let agent: Client
let supervisor: Client
let other: number
beforeEach(async () => {
  t = await makeApp()
  agent = await t.signIn('agent')
  supervisor = await t.signIn('supervisor')
  other = addAgent(t)
})
afterEach(() => t.close())

const audits = (action: string) =>
  t.db.$client
    .prepare('select person_id, from_address, subject, note from audit where action = ?')
    .all(action)
const give = (client: Client, id: number, personId: number) =>
  client.put(`/api/callbacks/${id}/holder`, { personId })
const publishFirst = () => publish(t, 1, revisionOf(t.db, t.build.entry()))

describe('the number', () => {
  test('is shown to the holder alone, and each look leaves a row with who and from where', async () => {
    ask(t, agent.id)
    publishFirst()
    for (const _ of [1, 2])
      expect((await agent.get('/api/callbacks/1/number')).json()).toEqual({ name: NAME, phone: PHONE })
    const look = { person_id: agent.id, from_address: '127.0.0.1', subject: 'callback:1', note: null }
    expect(audits('callback.number_shown')).toEqual([look, look])
    expect(refusal(await supervisor.get('/api/callbacks/1/number'))).toEqual([403, 'right.missing'])
    for (const role of ['expert', 'reviewer', 'chair', 'admin'] as const) {
      const reply = await (await t.signIn(role)).get('/api/callbacks/1/number')
      expect(refusal(reply)).toEqual([404, 'callback.not_found'])
    }
    expect(refusal(await agent.get('/api/callbacks/2/number'))).toEqual([404, 'callback.not_found'])
    expect(audits('callback.number_shown')).toHaveLength(2)
  })

  test('is kept by no cache on the way', async () => {
    ask(t, agent.id)
    publishFirst()
    const reply = await agent.get('/api/callbacks/1/number')
    expect(reply.headers['cache-control']).toBe('no-store')
  })
})

describe('the list', () => {
  test("is one's own; a supervisor's is everyone's, without numbers", async () => {
    ask(t, agent.id)
    ask(t, other)
    expect((await agent.get('/api/callbacks')).json<CallbackList>().total).toBe(1)
    expect(refusal(await agent.get('/api/callbacks?all=true'))).toEqual([403, 'right.missing'])
    const reply = await supervisor.get('/api/callbacks?all=true')
    expect(reply.json()).toMatchObject({ total: 2, callbacks: [{ isMine: false, last4: '8000' }, {}] })
    expect(reply.body).not.toContain(PHONE)
    expect((await supervisor.get('/api/callbacks')).json<CallbackList>().total).toBe(0)
  })

  test('comes a page at a time: due, later, waiting, then done, each state in the order of its turn', async () => {
    const answer = revisionOf(t.db, t.build.entry())
    for (let n = 1; n <= 6; n++) {
      ask(t, agent.id)
      t.clock.now += 1000
    }
    for (const id of [5, 2, 6, 3]) {
      t.clock.now += 1000
      publish(t, id, answer)
    }
    await agent.put('/api/questions/2/callback', { result: 'not_reached' })
    await agent.put('/api/questions/3/callback', { result: 'not_wanted' })
    const ids = async (query: string) => {
      const { total, callbacks } = (await agent.get(`/api/callbacks?${query}`)).json<CallbackList>()
      return [total, ...callbacks.map(one => one.questionId)]
    }
    expect(await ids('')).toEqual([6, 5, 6, 2, 1, 4, 3])
    expect(await ids('limit=2&offset=1')).toEqual([6, 6, 2])
    expect(await ids('limit=3&offset=4')).toEqual([6, 4, 3])
    expect(await ids('limit=3&offset=6')).toEqual([6])
    expect(await ids('state=due')).toEqual([2, 5, 6])
    expect(await ids('state=later')).toEqual([1, 2])
    expect(await ids('state=waiting')).toEqual([2, 1, 4])
    expect(await ids('state=done')).toEqual([1, 3])
    await agent.put('/api/questions/1/callback', { result: 'not_wanted' })
    await agent.put('/api/questions/5/callback', { result: 'reached', solved: true })
    // of a question that is not closed first, then the last one asked for
    expect(await ids('state=done')).toEqual([3, 1, 5, 3])
    expect(await ids('state=done&limit=1&offset=1')).toEqual([3, 5])
  })
})

describe('handing over', () => {
  test('a supervisor gives it to another agent, who then sees the number and ends it; the first one no more', async () => {
    ask(t, other)
    publishFirst()
    const reply = await supervisor.put('/api/callbacks/1/holder', { personId: agent.id })
    expect(reply.json()).toMatchObject({ holder: { id: agent.id }, state: 'due', isMine: false })
    expect(audits('callback.handed_over')).toEqual([
      expect.objectContaining({ person_id: supervisor.id, note: `person:${other} person:${agent.id}` }),
    ])
    expect((await agent.get('/api/callbacks/1/number')).statusCode).toBe(200)
    expect(
      (await agent.put('/api/questions/1/callback', { result: 'reached', solved: true })).statusCode,
    ).toBe(200)
  })

  test('the call-back of an agent who left waits for nobody', async () => {
    ask(t, other)
    t.db.$client.prepare('update person set left_at = ? where id = ?').run(NOW, other)
    publishFirst()
    const all = (await supervisor.get('/api/callbacks?all=true&state=due')).json<CallbackList>()
    expect(all.callbacks).toMatchObject([{ holder: { id: other, name: '周敏', hasLeft: true } }])
    await supervisor.put('/api/callbacks/1/holder', { personId: agent.id })
    expect((await agent.get('/api/callbacks?state=due')).json<CallbackList>().total).toBe(1)
  })

  test('goes to agents who are here, from supervisors, while there is something to do', async () => {
    ask(t, agent.id)
    const expert = await t.signIn('expert')
    expect(refusal(await give(agent, 1, other))).toEqual([403, 'right.missing'])
    expect(refusal(await give(supervisor, 2, other))).toEqual([404, 'callback.not_found'])
    expect(refusal(await give(supervisor, 1, expert.id))).toEqual([404, 'person.not_found'])
    t.db.$client.prepare('update person set left_at = ? where id = ?').run(NOW, other)
    expect(refusal(await give(supervisor, 1, other))).toEqual([404, 'person.not_found'])
    expect((await give(supervisor, 1, agent.id)).statusCode).toBe(200)
    expect(audits('callback.handed_over')).toEqual([])
    publishFirst()
    await agent.put('/api/questions/1/callback', { result: 'wrong_number' })
    expect(refusal(await give(supervisor, 1, agent.id))).toEqual([409, 'callback.done'])
  })

  test('names the agents who are here, to supervisors', async () => {
    const { agents } = (await supervisor.get('/api/callback-holders')).json<{ agents: { id: number }[] }>()
    expect(agents).toContainEqual({ id: other, name: '周敏', department: 'service' })
    expect(agents.map(one => one.id)).not.toContain(supervisor.id)
    expect(refusal(await agent.get('/api/callback-holders'))).toEqual([403, 'right.missing'])
  })
})

describe('the file for the dialler', () => {
  test("has one's own that are due, with the number and what to say; a supervisor's has everyone's", async () => {
    ask(t, agent.id)
    ask(t, other, { wanted: { phone: '0571-87654321转801', consent: true } })
    ask(t, agent.id, { wanted: { phone: '15912345678', consent: true } })
    publishFirst()
    refuse(t, 2)
    const own = await agent.get('/api/callbacks/export')
    expect(own.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(own.headers['content-disposition']).toContain('callbacks.csv')
    expect(own.body.startsWith('\uFEFF回拨编号,问题编号,姓名,电话')).toBe(true)
    expect(own.body.trimEnd().split('\r\n')).toHaveLength(2)
    expect(own.body).toMatch(new RegExp(`\\r\\n1,1,${NAME},${PHONE},.*要看停电是什么原因`, 'u'))
    expect(refusal(await agent.get('/api/callbacks/export?all=true'))).toEqual([403, 'right.missing'])
    const all = await supervisor.get('/api/callbacks/export?all=true')
    expect(all.body).toContain(PHONE)
    expect(all.body).toMatch(/057187654321-801,.*不属于供电企业的业务/u)
    expect(all.body).not.toContain('15912345678')
    const [mine, everyones] = audits('callback.exported')
    expect(mine).toMatchObject({ person_id: agent.id, note: 'own, 1 numbers: 1' })
    expect(everyones).toMatchObject({ person_id: supervisor.id, note: 'all, 2 numbers: 1 2' })
    expect(verifyChain(t.db)).toHaveProperty('length')
  })

  test('has no cell that a spreadsheet takes for a formula', async () => {
    ask(t, agent.id, {
      wanted: { ...WANTED, name: '=HYPERLINK("http://a.example")', phone: '+852 2345 6789' },
    })
    publishFirst()
    const { body } = await agent.get('/api/callbacks/export')
    expect(body).toContain(`"'=HYPERLINK(""http://a.example"")",0085223456789,`)
  })
})
