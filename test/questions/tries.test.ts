import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CallbackOutcome, CallbackView } from '#server/contract/answering.ts'
import { DAY, HOUR, iso } from '#server/platform/kernel/clock.ts'
import { questionPolicyOf } from '#server/questions/policy.ts'
import { questionRow } from '#server/questions/steps.ts'
import { callbackTry } from '#server/questions/tables.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { refusal } from '../support/committee.ts'
import { addAgent, ask, callbacksOf, publish, revisionOf, step, tell } from './askings.ts'

let t: TestApp
let agent: Client
let answer: number
beforeEach(async () => {
  t = await makeApp()
  agent = await t.signIn('agent')
  answer = t.build.entry()
})
afterEach(() => t.close())

const only = async (client: Client, query = ''): Promise<CallbackView> =>
  (await callbacksOf(client, query))[0]!
const answered = () => publish(t, 1, revisionOf(t.db, answer))

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
    expect((await callbacksOf(agent, '&state=due')).map(one => one.questionId)).toEqual([1])
  })

  test('but for another answer', async () => {
    ask(t, agent.id)
    ask(t, agent.id, { wanted: null, into: 1 })
    ask(t, addAgent(t))
    ask(t, agent.id, { into: 3 })
    answered()
    publish(t, 3, revisionOf(t.db, answer))
    await tell(agent, 4, { result: 'reached', solved: false })
    step(t, 4, 'unmerged')
    expect((await callbacksOf(agent)).find(one => one.questionId === 4)?.state).toBe('waiting')
    publish(t, 4, revisionOf(t.db, t.build.entry({ say: '换一个答案。' })))
    expect((await callbacksOf(agent)).find(one => one.questionId === 4)).toMatchObject({
      state: 'due',
      triesLeft: 3,
    })
  })
})
