import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HOUR, iso } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { answer, ANSWER, expertOf, questionOf, raise, refusal, stateOf } from './journey.ts'

let t: TestApp
let agent: Client
let expert: Client
let supervisor: Client
beforeEach(async () => {
  t = await makeApp()
  agent = await t.signIn('agent')
  expert = await expertOf(t)
  supervisor = await t.signIn('supervisor')
})
afterEach(() => t.close())

const REASON = { reason: '请看看是不是归营销' }
const post = (client: Client, id: number, last: string, payload: object = REASON) =>
  client.post(`/api/questions/${id}/${last}`, payload)
const take = (client: Client, id: number) => client.put(`/api/questions/${id}/taking`)
const release = (client: Client, id: number) => client.delete(`/api/questions/${id}/taking`)
const merge = (client: Client, id: number, intoId: number) =>
  client.put(`/api/questions/${id}/merge`, { intoId })
const unmerge = (client: Client, id: number) => client.delete(`/api/questions/${id}/merge`)

describe('taking', () => {
  it('of two experts at the same time, one has it and the other is told', async () => {
    const { id } = await raise(agent, '电表合同', { category: '供电服务' })
    const others = [await expertOf(t, 'market'), expert]
    const replies = await Promise.all(others.map(one => take(one, id)))
    expect(replies.map(one => one.statusCode)).toEqual([200, 409])
    expect(refusal(replies[1]!)).toEqual([409, 'question.taken'])
    expect(refusal(await post(others[1]!, id, 'answer', ANSWER))).toEqual([409, 'question.taken'])
    expect((await take(others[0]!, id)).json()).toEqual({ state: 'taken' })
    expect(await questionOf(supervisor, id)).toMatchObject({ taker: { id: others[0]!.id } })
  })

  it('is given back by who took it, by the chair or by a supervisor', async () => {
    const { id } = await raise(agent)
    for (const client of [expert, await t.signIn('chair'), supervisor]) {
      await take(expert, id)
      expect((await release(client, id)).json()).toEqual({ state: 'routed' })
    }
    await take(expert, id)
    expect(refusal(await release(await t.signIn('reviewer', 'service'), id))).toEqual([409, 'question.taken'])
    expect(refusal(await release(agent, id))).toEqual([403, 'right.missing'])
  })
})

describe('routing', () => {
  it('gives a question to another department with a reason; the first one no longer has it', async () => {
    const { id } = await raise(agent)
    await take(expert, id)
    const moved = await post(expert, id, 'routing', {
      department: 'market',
      reason: '电话13900001234说是营销',
    })
    expect(moved.json()).toEqual({ state: 'routed' })
    const view = await questionOf(await expertOf(t, 'market'), id)
    expect(view).toMatchObject({ department: 'market', taker: null })
    expect(view.steps.at(-1)).toMatchObject({
      kind: 'routed',
      department: 'market',
      reason: '电话＊＊＊说是营销',
    })
    expect(refusal(await post(expert, id, 'routing', { department: 'service', ...REASON }))).toEqual([
      404,
      'question.not_found',
    ])
  })

  it('refuses a department that is not there, the one that has it, and a blank reason', async () => {
    const { id } = await raise(agent)
    expect(refusal(await post(expert, id, 'routing', { department: 'nowhere', ...REASON }))).toEqual([
      404,
      'department.not_found',
    ])
    expect(refusal(await post(expert, id, 'routing', { department: 'service', ...REASON }))).toEqual([
      400,
      'request.invalid',
    ])
    expect(refusal(await post(expert, id, 'routing', { department: 'market', reason: ' ' }))).toEqual([
      400,
      'request.invalid',
    ])
    expect(await stateOf(expert, id)).toBe('routed')
  })
})

describe('more facts', () => {
  it('are asked of the agents who raised it, and its time stands still meanwhile', async () => {
    const { id } = await raise(agent)
    const joined = await raise(supervisor, '别的说法', { mergeInto: id })
    await take(expert, id)
    expect((await post(expert, id, 'return', { reason: '是三相电吗？' })).json()).toEqual({
      state: 'returned',
    })
    t.clock.now += 5 * HOUR
    expect(refusal(await post(expert, id, 'facts', { text: '是' }))).toEqual([403, 'right.missing'])
    expect((await questionOf(agent, id)).may).toEqual(['facts'])
    expect((await post(supervisor, joined.id, 'facts', { text: '三相，电话13900001234' })).statusCode).toBe(
      200,
    )
    const view = await questionOf(expert, id)
    expect(view).toMatchObject({ state: 'taken', taker: { id: expert.id }, dueAt: iso(NOW + 77 * HOUR) })
    expect(view.steps.at(-1)).toMatchObject({ kind: 'supplemented', reason: '三相，电话＊＊＊' })
    expect(refusal(await post(agent, id, 'facts', { text: '是' }))).toEqual([
      409,
      'question.not_asked_for_facts',
    ])
  })
})

describe('refusing', () => {
  it('ends a question with its reason; nothing can be done with it any more', async () => {
    const { id } = await raise(agent)
    const other = await raise(agent, '换电表要重签合同吗')
    expect((await post(expert, id, 'refusal', { reason: '属于物业管理' })).json()).toEqual({
      state: 'closed',
    })
    const view = await questionOf(agent, id)
    expect(view).toMatchObject({ state: 'closed', answer: null, may: [] })
    expect(view.steps.find(step => step.kind === 'refused')).toMatchObject({ reason: '属于物业管理' })
    for (const [last, payload] of [
      ['answer', ANSWER],
      ['draft', {}],
      ['refusal', REASON],
      ['return', REASON],
      ['routing', { department: 'market', ...REASON }],
    ] as const)
      expect(refusal(await post(expert, id, last, payload)), last).toEqual([409, 'question.closed'])
    expect(refusal(await take(expert, id))).toEqual([409, 'question.closed'])
    expect(refusal(await merge(expert, other.id, id))).toEqual([409, 'question.cannot_merge'])
  })
})

describe('merging', () => {
  it('takes along what was merged before, and un-merging gives it back', async () => {
    const [a, b, c] = [
      await raise(agent, '问题甲的说法'),
      await raise(agent, '乙的另一种讲法'),
      await raise(agent, '丙怎么办理'),
    ]
    await merge(expert, b.id, a.id)
    await merge(expert, a.id, c.id)
    expect(await questionOf(expert, c.id)).toMatchObject({ count: 3 })
    expect(await questionOf(expert, b.id)).toMatchObject({ mergedInto: c.id, state: 'routed' })
    t.clock.now += HOUR
    expect((await unmerge(expert, a.id)).json()).toEqual({ state: 'routed' })
    expect(await questionOf(expert, a.id)).toMatchObject({
      count: 2,
      mergedInto: null,
      dueAt: iso(NOW + 73 * HOUR),
    })
    expect(await questionOf(expert, c.id)).toMatchObject({ count: 1 })
    expect((await unmerge(agent, b.id)).statusCode).toBe(200)
  })

  it('refuses itself, a merged one, one that is over or under review, and one who may not see it', async () => {
    const [a, b] = [await raise(agent), await raise(agent, '换电表要重签合同吗')]
    expect(refusal(await merge(expert, a.id, a.id))).toEqual([409, 'question.cannot_merge'])
    expect(refusal(await merge(expert, a.id, 999))).toEqual([404, 'question.not_found'])
    expect(refusal(await merge(agent, a.id, b.id))).toEqual([403, 'right.missing'])
    expect(refusal(await unmerge(expert, a.id))).toEqual([409, 'question.cannot_merge'])
    await merge(expert, b.id, a.id)
    expect(refusal(await take(expert, b.id))).toEqual([409, 'question.merged'])
    expect(refusal(await merge(expert, a.id, b.id))).toEqual([409, 'question.cannot_merge'])
    await answer(expert, a.id)
    expect(refusal(await merge(expert, a.id, 1))).toEqual([409, 'question.in_review'])
    expect((await raise(agent, '再问一次', { mergeInto: a.id })).mergedInto).toBe(a.id)
  })

  it('of an asking whose lead is over cannot be undone', async () => {
    const a = await raise(agent)
    const b = await raise(agent, '光伏阴天', { mergeInto: a.id })
    await post(expert, a.id, 'refusal')
    expect(refusal(await unmerge(expert, b.id))).toEqual([409, 'question.closed'])
  })
})
