import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeApp, type Client, type TestApp } from '../support/app.ts'
import { begin, open, revisionOf, save } from '../support/committee.ts'
import {
  answer,
  ANSWER,
  approve,
  ASKED,
  expertOf,
  kindsOf,
  questionOf,
  raise,
  refusal,
  stateOf,
  vote,
  WANTED,
} from './journey.ts'

let t: TestApp
let agent: Client
let expert: Client
let id: number
beforeEach(async () => {
  t = await makeApp()
  agent = await t.signIn('agent')
  expert = await expertOf(t)
  id = (await raise(agent, ASKED, { callback: WANTED })).id
})
afterEach(() => t.close())

const reviewer = (department = 'service') => t.signIn('reviewer', department)
const tail = async (kinds: number) => kindsOf(await questionOf(expert, id)).slice(-kinds)
const ENTRY = {
  category: '供电服务' as const,
  topic: '分布式光伏',
  standardQuestion: '光伏补贴怎么算？',
  similarQuestions: [] as string[],
}

describe('the answer', () => {
  it('holds every wording, in the customers’ terms, and no masked number', async () => {
    await raise(agent, '阴天发的少，补贴跟着少吗，电话13900001234', { mergeInto: id })
    const { revisionId } = await answer(expert, id)
    expect(await revisionOf(expert, revisionId)).toMatchObject({
      standardQuestion: ASKED,
      similarQuestions: ['阴天发的少，补贴跟着少吗，电话'],
      ownerDepartment: 'service',
      category: '其它',
      topic: ANSWER.topic,
      authors: [{ id: expert.id }],
    })
  })

  it('that is incomplete is refused with its fields, and nothing of it is kept', async () => {
    const reply = await expert.post(`/api/questions/${id}/answer`, { topic: '光伏' })
    expect(refusal(reply)).toEqual([422, 'revision.incomplete'])
    expect(await questionOf(expert, id)).toMatchObject({ state: 'routed', answer: null, taker: null })
  })

  it('is never approved by who wrote it, by who took it over, or by the member who entered it', async () => {
    const member = await reviewer()
    const draft = (await expert.post(`/api/questions/${id}/draft`)).json<{ revisionId: number }>()
    await (await t.signIn('chair')).delete(`/api/questions/${id}/taking`)
    const { reviewId, revisionId } = await answer(member, id)
    expect(revisionId).toBe(draft.revisionId)
    for (const writer of [member, expert])
      expect(refusal(await vote(writer, reviewId!))).toEqual([403, 'review.author_may_not_vote'])
    expect(
      refusal(await member.post(`/api/reviews/${reviewId}/fast-lane`, { hours: 1, reason: '急' })),
    ).toEqual([403, 'review.author_may_not_vote'])
  })

  it('returned by the committee is the expert’s again, who goes on with the same text', async () => {
    const first = await answer(expert, id)
    await vote(await reviewer(), first.reviewId!, 'return', '请写依据')
    expect(await questionOf(expert, id)).toMatchObject({ state: 'taken', taker: { id: expert.id } })
    expect(await tail(1)).toEqual(['answer_returned'])
    const second = await answer(expert, id, { ...ANSWER, say: '补贴按上网电量结算。' })
    expect(second.revisionId).toBe(first.revisionId)
    await approve(t, second.reviewId)
    expect(await questionOf(agent, id)).toMatchObject({
      state: 'published',
      answer: { say: '补贴按上网电量结算。' },
    })
  })

  it('withdrawn by its author is the expert’s again', async () => {
    const { reviewId } = await answer(expert, id)
    t.db.$client
      .prepare("insert into review_end (review_id, state, at) values (?, 'withdrawn', 0)")
      .run(reviewId)
    expect(await stateOf(expert, id)).toBe('taken')
  })

  it('finished and submitted on the writing page is followed', async () => {
    const draft = await expert.post(`/api/questions/${id}/draft`)
    expect(draft.statusCode).toBe(201)
    expect((await expert.post(`/api/questions/${id}/draft`)).json()).toEqual(draft.json())
    const { revisionId } = draft.json<{ revisionId: number }>()
    expect(await stateOf(expert, id)).toBe('taken')
    await save(t, expert, revisionId, { standardQuestion: ASKED })
    const reviewId = await open(expert, revisionId)
    expect(await stateOf(expert, id)).toBe('in_review')
    await approve(t, reviewId, ['market', 'service'])
    expect(await tail(4)).toEqual(['taken', 'answered', 'submitted', 'published'])
  })

  it('may be an entry in force, to which the wording is added; with every wording it answers at once', async () => {
    const entryId = t.build.entry(ENTRY)
    const added = await answer(expert, id, { entryId })
    expect(await revisionOf(expert, added.revisionId)).toMatchObject({
      standardQuestion: ENTRY.standardQuestion,
      similarQuestions: [ASKED],
    })
    expect(await stateOf(agent, id)).toBe('in_review')
    await approve(t, added.reviewId, ['market', 'planning'])
    expect(await stateOf(agent, id)).toBe('published')
    const other = await raise(agent, ENTRY.standardQuestion)
    expect(await answer(expert, other.id, { entryId })).toMatchObject({ entryId, reviewId: null })
    expect(await questionOf(agent, other.id)).toMatchObject({
      state: 'closed',
      answer: { entryId, isExisting: true },
    })
  })

  it('cannot be an entry that is not in force, or one under review', async () => {
    const { entryId } = t.build.draft()
    expect(refusal(await expert.post(`/api/questions/${id}/answer`, { entryId }))).toEqual([
      404,
      'entry.not_found',
    ])
    const busy = t.build.entry(ENTRY)
    const market = await expertOf(t, 'market')
    const { revisionId } = (await market.post(`/api/entries/${busy}/revisions`)).json<{
      revisionId: number
    }>()
    await open(market, revisionId)
    expect(refusal(await expert.post(`/api/questions/${id}/answer`, { entryId: busy }))).toEqual([
      409,
      'review.open',
    ])
    expect(await stateOf(expert, id)).toBe('routed')
  })
})

it('an entry somebody else wrote changes no question', async () => {
  const { revisionId } = await begin(expert)
  await approve(t, await open(expert, revisionId), ['market', 'service'])
  expect(await stateOf(expert, id)).toBe('routed')
})
