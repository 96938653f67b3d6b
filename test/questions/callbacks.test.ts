import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CallbackList, CallbackOutcome, CallbackView } from '#server/contract/answering.ts'
import { DAY, HOUR, iso } from '#server/platform/kernel/clock.ts'
import { write } from '#server/platform/db/db.ts'
import { keyIdOf } from '#server/platform/kernel/vault.ts'
import { addPerson } from '#server/people/index.ts'
import { questionPolicyOf } from '#server/questions/policy.ts'
import { questionRow } from '#server/questions/steps.ts'
import { callback, callbackTry, question } from '#server/questions/tables.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { refusal } from '../support/committee.ts'
import { ask, NAME, PHONE, publish, refuse, revisionOf, step, WANTED } from './askings.ts'

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

const list = async (client: Client, query = ''): Promise<CallbackView[]> => {
  const reply = await client.get(`/api/callbacks?limit=100${query}`)
  if (reply.statusCode !== 200) throw new Error(reply.body)
  return reply.json<CallbackList>().callbacks
}
const only = async (client: Client, query = ''): Promise<CallbackView> => (await list(client, query))[0]!
const tell = (client: Client, id: number, outcome: CallbackOutcome) =>
  client.put(`/api/questions/${id}/callback`, outcome)
const answered = () => publish(t, 1, revisionOf(t.db, answer))
const rows = (sql: string) => t.db.$client.prepare(sql).pluck().all()
const another = () =>
  write(t.db, tx => {
    const person = { workNo: '20077', name: '周敏', department: 'service', passwordHash: null }
    return addPerson(tx, NOW, { ...person, roles: ['agent'] })
  })

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
    expect(await list(agent, '&state=due')).toEqual([])
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
    const other = another()
    ask(t, other, { into: 1 })
    answered()
    await tell(agent, 1, { result: 'reached', solved: true })
    expect(questionRow(t.db, 1).state).toBe('published')
    expect(await list(supervisor, '&all=true&state=due')).toHaveLength(1)
  })
})

describe('who is not reached', () => {
  test('is called later, as the policy says, and given up after the last try', async () => {
    ask(t, agent.id)
    answered()
    const { retryHours } = questionPolicyOf(t.db)
    for (const left of [2, 1]) {
      expect((await tell(agent, 1, { result: 'not_reached' })).json()).toEqual({ state: 'later' })
      expect(await only(agent, '&state=later')).toMatchObject({
        triesLeft: left,
        retryAt: iso(t.clock.now + retryHours * HOUR),
      })
      t.clock.now += retryHours * HOUR
      expect((await only(agent)).state).toBe('due')
    }
    expect((await tell(agent, 1, { result: 'not_reached' })).json()).toEqual({ state: 'done' })
    expect(questionRow(t.db, 1).state).toBe('closed')
  })

  test('is called when they wish, and may be called before', async () => {
    ask(t, agent.id)
    answered()
    const retryAt = iso(NOW + 2 * DAY)
    await tell(agent, 1, { result: 'not_reached', retryAt, note: '让打13900139000' })
    expect(await only(agent)).toMatchObject({ state: 'later', retryAt })
    expect(t.db.select().from(callbackTry).get()).toMatchObject({ note: '让打＊＊＊' })
    expect((await agent.get('/api/callbacks/1/number')).statusCode).toBe(200)
    t.clock.now += HOUR
    expect((await tell(agent, 1, { result: 'reached', solved: true })).json()).toEqual({ state: 'done' })
  })

  test('the same outcome sent twice is one try', async () => {
    ask(t, agent.id)
    answered()
    for (const _ of [1, 2, 3]) await tell(agent, 1, { result: 'not_reached' })
    expect(await only(agent)).toMatchObject({ state: 'later', triesLeft: 2 })
  })

  test.each(['wrong_number', 'not_wanted'] as const)('%s is the last word', async result => {
    ask(t, agent.id)
    answered()
    expect((await tell(agent, 1, { result })).json()).toEqual({ state: 'done' })
    expect(questionRow(t.db, 1).state).toBe('closed')
  })

  test('who wants no more says so before there is an answer; nothing else can be said then', async () => {
    ask(t, agent.id)
    expect(refusal(await tell(agent, 1, { result: 'not_reached' }))[1]).toBe('callback.not_due')
    expect((await tell(agent, 1, { result: 'not_wanted' })).json()).toEqual({ state: 'done' })
    answered()
    expect(questionRow(t.db, 1).state).toBe('closed')
  })

  test.each([
    [{ result: 'reached' }, 'body.solved'],
    [{ result: 'not_reached', solved: true }, 'body.solved'],
    [{ result: 'reached', solved: true, retryAt: iso(NOW + DAY) }, 'body.retryAt'],
    [{ result: 'not_reached', retryAt: iso(NOW - 1) }, 'body.retryAt'],
    [{ result: 'not_reached', retryAt: iso(NOW + 31 * DAY) }, 'body.retryAt'],
  ] as [CallbackOutcome, string][])('%j makes no sense', async (outcome, path) => {
    ask(t, agent.id)
    answered()
    const reply = await tell(agent, 1, outcome)
    expect(refusal(reply)).toEqual([400, 'request.invalid'])
    expect(reply.json<{ fields: { path: string }[] }>().fields.map(field => field.path)).toContain(path)
    expect(t.db.select().from(callbackTry).all()).toEqual([])
  })
})

describe('nobody is called twice for one answer', () => {
  test('who heard it in one question is not called for it in another', async () => {
    ask(t, agent.id)
    ask(t, agent.id, { into: 1, wanted: { phone: '0571-87654321', consent: true } })
    answered()
    await tell(agent, 2, { result: 'reached', solved: true })
    step(t, 2, 'unmerged')
    publish(t, 2, revisionOf(t.db, answer))
    expect(questionRow(t.db, 2).state).toBe('closed')
    expect((await list(agent, '&state=due')).map(one => one.questionId)).toEqual([1])
  })

  test('but for another answer', async () => {
    ask(t, agent.id)
    ask(t, agent.id, { wanted: null, into: 1 })
    ask(t, another())
    ask(t, agent.id, { into: 3 })
    answered()
    publish(t, 3, revisionOf(t.db, answer))
    await tell(agent, 4, { result: 'reached', solved: false })
    step(t, 4, 'unmerged')
    expect((await list(agent)).find(one => one.questionId === 4)?.state).toBe('waiting')
    publish(t, 4, revisionOf(t.db, t.build.entry({ say: '换一个答案。' })))
    expect((await list(agent)).find(one => one.questionId === 4)).toMatchObject({
      state: 'due',
      triesLeft: 3,
    })
  })
})

describe('which of them', () => {
  test("the leading question names the one call-back of it that is the actor's", async () => {
    const other = another()
    ask(t, other)
    ask(t, agent.id, { into: 1 })
    answered()
    expect((await tell(agent, 1, { result: 'reached', solved: true })).json()).toEqual({ state: 'done' })
    expect((await list(supervisor, '&all=true&state=due')).map(one => one.holder.id)).toEqual([other])
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
    expect((await list(agent, '&state=due')).map(one => one.questionId)).toEqual([2])
  })
})
