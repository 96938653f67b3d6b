import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { QuestionList } from '#server/contract/question.ts'
import { HOUR } from '#server/platform/kernel/clock.ts'
import { makeApp, type Client, type TestApp } from '../support/app.ts'
import { answer, ANSWER, approve, expertOf, kindsOf, questionOf, raise, refusal } from './journey.ts'

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

const take = (client: Client, id: number) => client.put(`/api/questions/${id}/taking`)
const ids = async (client: Client, query = '') =>
  (await client.get(`/api/questions?limit=100${query}`)).json<QuestionList>().questions.map(one => one.id)

describe('who sees what', () => {
  it('its departments, chair and supervisors see a question; an agent only what they asked; others nothing', async () => {
    const mine = await raise(agent, '电表合同怎么签', { category: '供电服务' })
    const other = await raise(supervisor, '杆塔占地怎么赔', { category: '电网建设' })
    const joined = await raise(agent, '电杆占了我的地', { mergeInto: other.id })
    expect(await ids(agent)).toEqual([mine.id, joined.id])
    expect(await ids(expert)).toEqual([mine.id])
    expect(await ids(await expertOf(t, 'planning'))).toEqual([other.id])
    for (const client of [await t.signIn('chair'), supervisor])
      expect(await ids(client)).toEqual([mine.id, other.id])
    expect(await ids(await t.signIn('reviewer', 'safety'))).toEqual([])
    for (const client of [await t.signIn('reviewer', 'safety'), await t.signIn('admin')])
      expect(refusal(await client.get(`/api/questions/${mine.id}`))).toEqual([404, 'question.not_found'])
    expect((await questionOf(agent, joined.id)).askings.map(one => one.id)).toEqual([joined.id])
    expect(kindsOf(await questionOf(agent, joined.id))).toEqual(['routed', 'merged'])
    expect((await questionOf(agent, other.id)).askings.map(one => one.id)).toEqual([joined.id])
  })

  it('an agent who asked sees no answer before the committee approved it', async () => {
    const { id } = await raise(agent)
    const { reviewId } = await answer(expert, id)
    expect(await questionOf(agent, id)).toMatchObject({ state: 'in_review', answer: null })
    expect(await questionOf(expert, id)).toMatchObject({ answer: { reviewId, say: null } })
    await approve(t, reviewId)
    expect(await questionOf(agent, id)).toMatchObject({ answer: { say: ANSWER.say } })
  })

  it('lists are narrowed and paged', async () => {
    const [a, b] = [await raise(agent), await raise(agent, '换电表要重签合同吗', { category: '供电服务' })]
    await take(expert, b.id)
    expect(await ids(supervisor, '&state=taken')).toEqual([b.id])
    expect(await ids(supervisor, '&state=open&department=market')).toEqual([b.id])
    expect(await ids(supervisor, `&category=${encodeURIComponent('其它')}`)).toEqual([a.id])
    expect(await ids(expert, '&mine=true')).toEqual([b.id])
    expect(await ids(supervisor, '&state=overdue')).toEqual([])
    t.clock.now += 72 * HOUR
    supervisor = await t.signIn('supervisor')
    expect(await ids(supervisor, '&state=overdue')).toEqual([a.id, b.id])
    const page = (await supervisor.get('/api/questions?limit=1&offset=1')).json<QuestionList>()
    expect([page.total, page.questions.map(one => one.id)]).toEqual([2, [b.id]])
  })
})
