import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { QuestionList } from '#server/contract/question.ts'
import { HOUR, iso } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { ASKED, expertOf, kindsOf, questionOf, raise, refusal, WANTED } from './journey.ts'

let t: TestApp
let agent: Client
beforeEach(async () => {
  t = await makeApp()
  agent = await t.signIn('agent')
})
afterEach(() => t.close())

const rows = (table: string): number =>
  t.db.$client.prepare(`select count(*) from ${table}`).pluck().get() as number
const post = (client: Client, key: string, text = ASKED) =>
  t.inject({
    method: 'POST',
    url: '/api/questions',
    headers: { cookie: client.cookie, 'idempotency-key': key },
    payload: { text },
  })

describe('a question', () => {
  it.each(['', '   ', '？！。'])('that says nothing (%j) is refused', async text => {
    const reply = await agent.post('/api/questions', { text })
    expect(reply.statusCode).toBe(400)
    expect(reply.json().fields[0].path).toBe('body.text')
    expect(rows('question')).toBe(0)
  })

  it('of 5,000 characters is refused, naming the limit; one of 500 is taken', async () => {
    const reply = await agent.post('/api/questions', { text: '电'.repeat(5000) })
    expect(refusal(reply)).toEqual([400, 'request.invalid'])
    expect(reply.json().fields[0].message).toContain('500')
    expect((await raise(agent, '电'.repeat(500))).id).toBe(1)
  })

  it('keeps no number of a customer, in its text or its query', async () => {
    const { id } = await raise(agent, '户号1234567890的光伏补贴', { query: '光伏 13900001234' })
    const { askings } = await questionOf(agent, id)
    expect(askings).toMatchObject([{ text: '户号＊＊＊的光伏补贴', query: '光伏 ＊＊＊' }])
  })

  it('belongs to a call of the agent alone', async () => {
    const call = (await (await t.signIn('supervisor')).post('/api/calls', {})).json<{ id: number }>().id
    expect(refusal(await agent.post('/api/questions', { text: ASKED, callId: call }))).toEqual([
      404,
      'call.not_found',
    ])
    const shown = await agent.post('/api/questions', { text: ASKED, shown: ['13900001234'] })
    expect(refusal(shown)).toEqual([400, 'request.invalid'])
  })

  it('is stored with its call-back or not at all', async () => {
    const reply = await agent.post('/api/questions', { text: ASKED, callback: { ...WANTED, consent: false } })
    expect(refusal(reply)).toEqual([422, 'callback.consent_missing'])
    expect([rows('question'), rows('question_step'), rows('callback')]).toEqual([0, 0, 0])
  })

  it('is raised once under one key, by each person', async () => {
    const [first, again] = [await post(agent, 'kkkkkkkk'), await post(agent, 'kkkkkkkk')]
    expect(again.statusCode).toBe(201)
    expect(again.json()).toEqual(first.json())
    const other = await post(await t.signIn('supervisor'), 'kkkkkkkk', '另一个问题怎么办理')
    expect(other.json().id).not.toBe(first.json().id)
    expect(rows('question')).toBe(2)
    for (const key of ['short', 'k'.repeat(81), 'with a blank'])
      expect(refusal(await post(agent, key))).toEqual([400, 'request.invalid'])
  })
})

describe('where it goes', () => {
  it('is guessed from the nearest entries and the matrix; unlike anything it is sorted by customer service', async () => {
    t.build.entry({
      category: '电网建设',
      topic: '杆塔占地',
      standardQuestion: '电线杆占了我家的地怎么赔？',
      similarQuestions: [],
    })
    expect(await raise(agent, '电线杆占了地谁来赔')).toMatchObject({ routedTo: 'planning' })
    expect(await raise(agent, 'qwxz')).toMatchObject({ routedTo: 'service' })
    expect(await raise(agent, '这件事归谁', { category: '供电服务' })).toMatchObject({ routedTo: 'market' })
  })

  it('follows the matrix as the supervisor sets it', async () => {
    const supervisor = await t.signIn('supervisor')
    const line = { lead: 'market', supporting: ['service', 'market'] }
    expect((await supervisor.put(encodeURI('/api/routing/其它'), line)).json().routings).toContainEqual({
      category: '其它',
      lead: 'market',
      supporting: ['service'],
    })
    expect(await raise(agent)).toMatchObject({ routedTo: 'market' })
    expect(refusal(await agent.put(encodeURI('/api/routing/其它'), line))).toEqual([403, 'right.missing'])
    const nowhere = await supervisor.put(encodeURI('/api/routing/其它'), { lead: 'nowhere', supporting: [] })
    expect(refusal(nowhere)).toEqual([404, 'department.not_found'])
  })

  it('is due as the policy says, by category where it has hours of its own', async () => {
    const supervisor = await t.signIn('supervisor')
    const policy = (await supervisor.get('/api/question-policy')).json()
    const exceptions = [{ category: '其它', urgency: 'normal', hours: 5 }]
    expect((await supervisor.put('/api/question-policy', { ...policy, exceptions })).json()).toEqual({
      ...policy,
      exceptions,
    })
    expect(await raise(agent)).toMatchObject({ dueAt: iso(NOW + 5 * HOUR) })
    const twice = { ...policy, exceptions: [...exceptions, ...exceptions] }
    expect(refusal(await supervisor.put('/api/question-policy', twice))).toEqual([400, 'request.invalid'])
    expect(refusal(await (await t.signIn('chair')).put('/api/question-policy', policy))).toEqual([
      403,
      'right.missing',
    ])
  })
})

describe('asked again', () => {
  it('in the same wording joins the open one by itself; every asker keeps a call-back', async () => {
    const first = await raise(agent, ASKED, { callback: WANTED })
    const other = await t.signIn('supervisor')
    const again = await raise(other, `${ASKED}？`, { callback: { ...WANTED, phone: '13900005678' } })
    expect(again.mergedInto).toBe(first.id)
    const view = await questionOf(other, first.id)
    expect(view.count).toBe(2)
    expect(view.askings.map(one => one.callback)).toEqual(['waiting', 'waiting'])
  })

  it('joins the question that was offered, and where that one was merged meanwhile', async () => {
    const [one, two] = [await raise(agent), await raise(agent, '换电表要不要重新签合同')]
    const expert = await expertOf(t)
    expect((await expert.put(`/api/questions/${two.id}/merge`, { intoId: one.id })).statusCode).toBe(200)
    expect((await raise(agent, '新表的合同', { mergeInto: two.id })).mergedInto).toBe(one.id)
    expect(refusal(await agent.post('/api/questions', { text: '合同', mergeInto: 999 }))).toEqual([
      404,
      'question.not_found',
    ])
  })

  it('is a question of its own once the one offered is over: nothing is lost', async () => {
    const one = await raise(agent)
    await (await expertOf(t)).post(`/api/questions/${one.id}/refusal`, { reason: '不是供电的事' })
    expect(await raise(agent, '光伏阴天补贴', { mergeInto: one.id })).toMatchObject({
      mergedInto: null,
      routedTo: 'service',
    })
    expect((await raise(agent)).mergedInto).toBeNull()
  })
})

describe('danger', () => {
  it('always comes first, whatever the agent chose, and goes to the safety department', async () => {
    await raise(agent)
    const raised = await raise(agent, '电线断线掉在路上，有人要碰', { urgency: 'normal' })
    expect(raised).toMatchObject({ urgency: 'safety', routedTo: 'safety', dueAt: iso(NOW + 2 * HOUR) })
    const list = (await (await t.signIn('supervisor')).get('/api/questions')).json<QuestionList>()
    expect(list.questions.map(one => one.id)).toEqual([raised.id, 1])
  })

  it('hastens the question it joins, however that was taken, and stays when it is taken out', async () => {
    const lead = await raise(agent, '电线杆歪了找谁扶正')
    const expert = await expertOf(t, 'service')
    await expert.put(`/api/questions/${lead.id}/taking`)
    const joined = await raise(agent, '电线杆歪了，电线断了在冒火', { mergeInto: lead.id })
    const view = await questionOf(expert, lead.id)
    expect(view).toMatchObject({ state: 'taken', urgency: 'safety', dueAt: iso(NOW + 2 * HOUR) })
    expect(kindsOf(view)).toEqual(['raised', 'routed', 'taken', 'merged', 'hastened'])
    await expert.delete(`/api/questions/${joined.id}/merge`)
    expect(await questionOf(expert, lead.id)).toMatchObject({ urgency: 'safety', count: 1 })
  })
})
