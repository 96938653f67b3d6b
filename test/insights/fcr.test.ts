import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY, HOUR } from '#server/platform/kernel/clock.ts'
import { fcrOf, madeOf } from './asking.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { addCall, addCallback, addQuestion } from './rows.ts'

let t: TestApp
let supervisor: Client
beforeEach(async () => {
  t = await makeApp()
  supervisor = await t.signIn('supervisor')
})
afterEach(() => t.close())

const figures = (query = '') => fcrOf(supervisor, query)

describe('no repeat', () => {
  const topic = '停电赔偿'
  const call = (at: number, more: object = { callerHash: 'x' }) => addCall(t, { at, topic, ...more })

  it('the first of two calls within the window was not resolved, and the second is no first contact', async () => {
    call(NOW - 20 * DAY)
    call(NOW - 17 * DAY)
    const all = await figures()
    expect(madeOf(all, 'fcr_no_repeat_days')).toEqual([0, 1])
    expect(madeOf(all, 'fcr_no_repeat_48h')).toEqual([2, 2])
  })

  it('the window is half-open, across midnight and the period’s border', async () => {
    const first = Date.parse('2026-10-31T23:59:59.999+08:00')
    call(first)
    call(first + 7 * DAY)
    expect(madeOf(await figures('?from=2026-10-31&until=2026-10-31'), 'fcr_no_repeat_days')).toEqual([1, 1])
    expect(madeOf(await figures('?from=2026-11-01&until=2026-11-07'), 'fcr_no_repeat_days')).toEqual([1, 1])
    call(first + 7 * DAY - 1)
    expect(madeOf(await figures('?from=2026-10-31&until=2026-10-31'), 'fcr_no_repeat_days')).toEqual([0, 1])
    expect(madeOf(await figures('?from=2026-11-01&until=2026-11-07'), 'fcr_no_repeat_days')).toEqual([0, 0])
  })

  it('leaves out calls whose window is not over, without a number, or without a topic', async () => {
    call(NOW - 7 * DAY + 1)
    call(NOW - 48 * HOUR + 1, { callerHash: 'y' })
    call(NOW - 20 * DAY, {})
    addCall(t, { at: NOW - 20 * DAY, callerHash: 'z' })
    const all = await figures()
    expect(madeOf(all, 'fcr_no_repeat_days')).toEqual([0, 0])
    expect(madeOf(all, 'fcr_no_repeat_48h')).toEqual([1, 1])
    expect(all.figures.find(one => one.definition === 'fcr_no_repeat_days')?.value).toBeNull()
  })

  it('is of the same customer by number or by account, and of the same topic', async () => {
    call(NOW - 20 * DAY, { callerHash: 'x', accountHash: 'a' })
    call(NOW - 19 * DAY, { callerHash: 'y', accountHash: 'a' })
    call(NOW - 20 * DAY, { callerHash: 'w' })
    addCall(t, { at: NOW - 19 * DAY, callerHash: 'w', topic: '电费发票' })
    expect(madeOf(await figures(), 'fcr_no_repeat_days')).toEqual([2, 3])
  })

  it('goes by the policy’s days', async () => {
    call(NOW - 20 * DAY)
    call(NOW - 17 * DAY)
    const policy = (await supervisor.get('/api/question-policy')).json<object>()
    await supervisor.put('/api/question-policy', { ...policy, repeatDays: 3 })
    const all = await figures()
    expect(all.repeatDays).toBe(3)
    expect(madeOf(all, 'fcr_no_repeat_days')).toEqual([2, 2])
  })
})

describe('the other figures', () => {
  it('the agent’s verdict is the last one said, and calls without any are left out', async () => {
    addCall(t, { at: NOW - DAY, outcomes: [['resolved'], ['follow_up']] })
    addCall(t, { at: NOW - DAY, outcomes: [['escalated'], ['resolved']] })
    addCall(t, { at: NOW - DAY })
    expect(madeOf(await figures(), 'fcr_verdict')).toEqual([1, 2])
  })

  it('the customer’s word counts among those reached, by the last time they were', async () => {
    const ask = () => addQuestion(t, { raisedAt: NOW - 5 * DAY })
    addCallback(t, ask(), [{ result: 'reached', at: NOW - DAY, solved: true }])
    addCallback(t, ask(), [{ result: 'reached', at: NOW - DAY }])
    addCallback(t, ask(), [{ result: 'not_reached', at: NOW - DAY }])
    addCallback(t, ask(), [
      { result: 'reached', at: NOW - 2 * DAY, solved: true },
      { result: 'reached', at: NOW - DAY, solved: false },
    ])
    expect(madeOf(await figures(), 'fcr_callback')).toEqual([1, 3])
  })

  it('the first answer needs an approved entry in the call and nobody else', async () => {
    const entryId = t.build.entry()
    const asked = { at: NOW - DAY, queries: ['停电'] }
    addCall(t, { ...asked, outcomes: [['resolved', entryId]] })
    addCall(t, { ...asked, outcomes: [['follow_up', entryId]] })
    addCall(t, { ...asked, outcomes: [['escalated', entryId]] })
    addCall(t, { ...asked, outcomes: [['resolved']] })
    const raised = addCall(t, { ...asked, outcomes: [['follow_up', entryId]] })
    addQuestion(t, { callId: raised })
    addCall(t, { at: NOW - DAY, outcomes: [['resolved', entryId]] })
    expect(madeOf(await figures(), 'first_answer')).toEqual([2, 5])
  })
})
