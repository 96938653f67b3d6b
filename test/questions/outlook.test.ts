import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { QuestionOutlook } from '#server/contract/question.ts'
import { SAFETY_SAY } from '#server/questions/urgency.ts'
import { makeApp, type Client, type TestApp } from '../support/app.ts'
import { answer, approve, expertOf, questionOf, raise } from './journey.ts'

let t: TestApp
let agent: Client
beforeEach(async () => {
  t = await makeApp()
  agent = await t.signIn('agent')
})
afterEach(() => t.close())

const rows = (table: string): number =>
  t.db.$client.prepare(`select count(*) from ${table}`).pluck().get() as number
const outlook = async (text: string, chosen: object = {}): Promise<QuestionOutlook> =>
  (await agent.post('/api/question-outlooks', { text, ...chosen })).json()

describe('the outlook', () => {
  it('shows what would be guessed, what is personal and what is near, and stores nothing', async () => {
    const { id } = await raise(agent)
    const near = t.build.entry({
      category: '供电服务',
      topic: '分布式光伏',
      standardQuestion: '光伏补贴什么时候到账？',
      similarQuestions: [],
    })
    const before = rows('audit')
    const seen = await outlook('光伏阴天发电少，补贴会不会少？我电话13900001234')
    expect(seen).toMatchObject({
      category: '供电服务',
      department: 'market',
      urgency: 'normal',
      safety: null,
    })
    expect(seen.personal).toMatchObject([{ kind: 'phone' }])
    expect(seen.masked).toBe('光伏阴天发电少，补贴会不会少？我电话＊＊＊')
    expect(seen.candidates).toMatchObject([{ id, count: 1, department: 'service' }])
    expect(seen.entries).toMatchObject([{ id: near }])
    expect(rows('audit')).toBe(before)
  })

  it('goes by what the agent chose, but never below the danger in the words', async () => {
    const guessed = await outlook('光伏补贴什么时候到账')
    const chosen = await outlook('光伏补贴什么时候到账', { category: '供电安全', urgency: 'urgent' })
    expect(chosen).toMatchObject({ category: '供电安全', department: 'safety', urgency: 'urgent' })
    expect(Date.parse(chosen.dueAt)).toBeLessThan(Date.parse(guessed.dueAt))
    expect(await outlook('断线掉在路上', { urgency: 'normal' })).toMatchObject({ urgency: 'safety' })
  })

  it('has the safety sentence of an approved entry, and one of its own while there is none', async () => {
    expect((await outlook('断线掉在路上')).safety).toEqual({ entryId: null, say: SAFETY_SAY })
    const id = t.build.entry({
      category: '供电安全',
      topic: '断线',
      standardQuestion: '电线断线掉在路上怎么办？',
      similarQuestions: ['断线掉在路上', '断线落地'],
      say: '请离断线八米以外，看住别人不要靠近，我马上通知抢修。',
    })
    expect((await outlook('断线掉在路上')).safety).toMatchObject({
      entryId: id,
      say: expect.stringContaining('八米'),
    })
    t.build.retire(id)
    expect((await outlook('断线掉在路上')).safety?.entryId).toBeNull()
    expect((await outlook('没有断线，就是问电费')).safety).toBeNull()
  })

  it('offers the most alike first, and nothing that is over', async () => {
    const [far, close] = [
      await raise(agent, '光伏发电并网要什么手续'),
      await raise(agent, '光伏阴天发电少补贴怎么算'),
    ]
    const text = '阴天光伏发电少了补贴怎么算'
    expect((await outlook(text)).candidates[0]?.id).toBe(close.id)
    const expert = await expertOf(t)
    const { reviewId } = await answer(expert, close.id)
    await approve(t, reviewId)
    await questionOf(expert, close.id)
    expect((await outlook(text)).candidates.map(one => one.id)).not.toContain(close.id)
    expect(far.id).toBe(1)
  })
})
