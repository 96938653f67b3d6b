import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CallbackView } from '#server/contract/answering.ts'
import { HOUR, iso } from '#server/platform/kernel/clock.ts'
import { keyIdOf } from '#server/platform/kernel/vault.ts'
import { questionRow } from '#server/questions/steps.ts'
import { callback, question } from '#server/questions/tables.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { refusal } from '../support/committee.ts'
import {
  addAgent,
  ask,
  callbacksOf,
  NAME,
  PHONE,
  publish,
  refuse,
  revisionOf,
  tell,
  WANTED,
} from './askings.ts'

let t: TestApp
let agent: Client
let supervisor: Client
let answer: number
beforeEach(async () => {
  t = await makeApp()
  agent = await t.signIn('agent')
  supervisor = await t.signIn('supervisor')
  answer = t.build.entry()
})
afterEach(() => t.close())

const only = async (client: Client, query = ''): Promise<CallbackView> =>
  (await callbacksOf(client, query))[0]!
const answered = () => publish(t, 1, revisionOf(t.db, answer))
const rows = (sql: string) => t.db.$client.prepare(sql).pluck().all()

describe('wanting to be called back', () => {
  test('name and number are sealed, each for its row; list and audit hold four digits and no more', async () => {
    ask(t, agent.id)
    const row = t.db.select().from(callback).get()!
    expect(t.deps.vault.open(row.sealedPhone!, 'callback:1:phone')).toBe(PHONE)
    expect(t.deps.vault.open(row.sealedName!, 'callback:1:name')).toBe(NAME)
    expect(row).toMatchObject({ holderId: agent.id, last4: '8000', numberHash: t.deps.hash(PHONE) })
    expect(keyIdOf(row.sealedPhone!)).toMatch(/^[0-9a-f]{8}$/u)
    const reply = await agent.get('/api/callbacks')
    expect(reply.json()).toMatchObject({
      total: 1,
      callbacks: [{ state: 'waiting', last4: '8000', hasName: true }],
    })
    expect(reply.body + rows('select * from audit').join()).not.toMatch(new RegExp(`${PHONE}|${NAME}`, 'u'))
  })

  test.each([
    [{ ...WANTED, consent: false }, 'callback.consent_missing'],
    [{ consent: false }, 'callback.consent_missing'],
    [{ ...WANTED, phone: '1380013' }, 'callback.impossible_number'],
    [{ ...WANTED, phone: '3301998877665' }, 'callback.impossible_number'],
    [{ name: NAME, consent: true }, 'callback.impossible_number'],
  ])('%j is refused and nothing of it is stored', (wanted, code) => {
    expect(() => ask(t, agent.id, { wanted })).toThrow(code)
    expect([t.db.select().from(question).all(), t.db.select().from(callback).all()]).toEqual([[], []])
  })

  test('nobody to call is no call-back', () => {
    ask(t, agent.id, { wanted: null })
    expect(t.db.select().from(callback).all()).toEqual([])
  })
})

describe('from the answer to the customer', () => {
  test('it is due once the question is published, with what is approved now, and done once the customer heard it', async () => {
    ask(t, agent.id)
    expect((await only(agent)).say).toBeNull()
    expect(refusal(await agent.get('/api/callbacks/1/number'))).toEqual([409, 'callback.not_due'])
    t.clock.now += HOUR
    answered()
    expect(await only(agent, '&state=due')).toMatchObject({
      entryId: answer,
      say: expect.stringContaining('要看停电是什么原因'),
      readyAt: iso(NOW + HOUR),
      isMine: true,
      isLapsed: false,
      triesLeft: 3,
    })
    expect((await agent.get('/api/callbacks/1/number')).json()).toEqual({ name: NAME, phone: PHONE })
    expect((await tell(agent, 1, { result: 'reached', solved: true })).json()).toEqual({ state: 'done' })
    expect(questionRow(t.db, 1)).toMatchObject({ state: 'closed' })
    expect(refusal(await tell(agent, 1, { result: 'reached', solved: false }))[1]).toBe('callback.done')
    expect(refusal(await agent.get('/api/callbacks/1/number'))[1]).toBe('callback.done')
    expect(await callbacksOf(agent, '&state=due')).toEqual([])
    expect((await only(agent, '&state=done')).tries).toMatchObject([{ result: 'reached', solved: true }])
  })

  test('an answer that is in force no more is not to be said, and the list says so', async () => {
    ask(t, agent.id)
    answered()
    t.build.retire(answer)
    expect(await only(agent)).toMatchObject({ state: 'due', entryId: answer, say: null, isLapsed: true })
    expect((await agent.get('/api/callbacks/export')).body).not.toContain(PHONE)
  })

  test('a newer text of the answer is what is told', async () => {
    ask(t, agent.id)
    answered()
    t.build.publish(t.build.revision(answer, { say: '是公共线路的问题，我们负责处理。' }))
    expect((await only(agent)).say).toBe('是公共线路的问题，我们负责处理。')
  })

  test('a refusal is told with its reason', async () => {
    ask(t, agent.id)
    refuse(t, 1)
    expect(await only(agent)).toMatchObject({
      state: 'due',
      say: null,
      isLapsed: false,
      refusal: '不属于供电企业的业务',
    })
    await tell(agent, 1, { result: 'reached', solved: false })
    expect(questionRow(t.db, 1).state).toBe('closed')
  })

  test('a question is closed only when each of its customers was called', async () => {
    ask(t, agent.id)
    const other = addAgent(t)
    ask(t, other, { into: 1 })
    answered()
    await tell(agent, 1, { result: 'reached', solved: true })
    expect(questionRow(t.db, 1).state).toBe('published')
    expect(await callbacksOf(supervisor, '&all=true&state=due')).toHaveLength(1)
  })
})

test("a question of which only another one's customer was to be told is closed when that one is taken out", async () => {
  ask(t, agent.id, { wanted: null })
  ask(t, agent.id, { into: 1 })
  answered()
  expect(questionRow(t.db, 1).state).toBe('published')
  expect((await agent.delete('/api/questions/2/merge')).json()).toEqual({ state: 'routed' })
  expect(questionRow(t.db, 1).state).toBe('closed')
  expect((await callbacksOf(agent)).map(one => one.state)).toEqual(['waiting'])
})

describe('which of them', () => {
  test("the leading question names the one call-back of it that is the actor's", async () => {
    const other = addAgent(t)
    ask(t, other)
    ask(t, agent.id, { into: 1 })
    answered()
    expect((await tell(agent, 1, { result: 'reached', solved: true })).json()).toEqual({ state: 'done' })
    expect((await callbacksOf(supervisor, '&all=true&state=due')).map(one => one.holder.id)).toEqual([other])
  })

  test('of two, the asking must be named', async () => {
    ask(t, agent.id, { wanted: null })
    ask(t, agent.id, { into: 1 })
    ask(t, agent.id, { into: 1 })
    answered()
    expect(refusal(await tell(agent, 1, { result: 'reached', solved: true }))).toEqual([
      404,
      'callback.not_found',
    ])
    expect((await tell(agent, 3, { result: 'reached', solved: true })).statusCode).toBe(200)
    expect((await callbacksOf(agent, '&state=due')).map(one => one.questionId)).toEqual([2])
  })
})
