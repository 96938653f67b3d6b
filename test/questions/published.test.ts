import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HOUR, iso } from '#server/platform/kernel/clock.ts'
import { makeApp, type Client, type TestApp } from '../support/app.ts'
import { open, save } from '../support/committee.ts'
import {
  answer,
  approve,
  ASKED,
  callBack,
  expertOf,
  kindsOf,
  look,
  questionOf,
  raise,
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
const publish = async (): Promise<number> => {
  const { reviewId, entryId } = await answer(expert, id)
  await approve(t, reviewId)
  expect(await stateOf(agent, id)).toBe('published')
  return entryId
}

describe('after the publication', () => {
  it('it is closed once the customer was told', async () => {
    await publish()
    expect((await callBack(agent, id)).statusCode).toBe(200)
    expect(await tail(3)).toEqual(['published', 'called_back', 'closed'])
  })

  it('an answer retired before the customer was told is asked for again', async () => {
    t.build.retire(await publish())
    look(t)
    expect(await tail(2)).toEqual(['published', 'answer_returned'])
    expect(await questionOf(agent, id)).toMatchObject({
      state: 'taken',
      answer: null,
      askings: [{ callback: 'waiting' }],
    })
    const again = await answer(expert, id)
    await approve(t, again.reviewId)
    expect(await questionOf(agent, id)).toMatchObject({ state: 'published', askings: [{ callback: 'due' }] })
  })

  it('an answer that expires before the customer was told is asked for again', async () => {
    const draft = (await expert.post(`/api/questions/${id}/draft`)).json<{ revisionId: number }>()
    await save(t, expert, draft.revisionId, { validUntil: iso(t.clock.now + HOUR) })
    await approve(t, await open(expert, draft.revisionId), ['market', 'service'])
    expect(await stateOf(agent, id)).toBe('published')
    t.clock.now += HOUR
    look(t)
    expect(await tail(1)).toEqual(['answer_returned'])
  })

  it('an answer valid from a later day is published on that day', async () => {
    const draft = (await expert.post(`/api/questions/${id}/draft`)).json<{ revisionId: number }>()
    await save(t, expert, draft.revisionId, { validFrom: iso(t.clock.now + HOUR) })
    await approve(t, await open(expert, draft.revisionId), ['market', 'service'])
    look(t)
    expect(await stateOf(agent, id)).toBe('in_review')
    t.clock.now += HOUR
    expect(await stateOf(agent, id)).toBe('published')
  })

  it('the fast lane publishes for a while; when it lapses the committee still decides', async () => {
    const { reviewId } = await answer(expert, id)
    await (await reviewer('planning')).post(`/api/reviews/${reviewId}/fast-lane`, { hours: 2, reason: '急' })
    expect(await stateOf(agent, id)).toBe('published')
    t.clock.now += 2 * HOUR
    look(t)
    expect(await questionOf(expert, id)).toMatchObject({
      state: 'in_review',
      askings: [{ callback: 'waiting' }],
    })
    await approve(t, reviewId)
    expect(await stateOf(expert, id)).toBe('published')
  })

  it('an answer published by the fast lane and then returned is the expert’s again', async () => {
    const { reviewId } = await answer(expert, id)
    await (await reviewer('planning')).post(`/api/reviews/${reviewId}/fast-lane`, { hours: 2, reason: '急' })
    expect(await stateOf(agent, id)).toBe('published')
    await vote(await reviewer(), reviewId!, 'return', '口径不对')
    look(t)
    expect(await stateOf(expert, id)).toBe('taken')
  })

  it('an answer published after the question was refused still reaches the customer who was not told', async () => {
    const { revisionId } = (await expert.post(`/api/questions/${id}/draft`)).json<{ revisionId: number }>()
    await save(t, expert, revisionId)
    await expert.post(`/api/questions/${id}/refusal`, { reason: '暂无依据' })
    expect(await stateOf(expert, id)).toBe('refused')
    await approve(t, await open(expert, revisionId), ['market', 'service'])
    expect(await questionOf(agent, id)).toMatchObject({ state: 'published', askings: [{ callback: 'due' }] })
  })

  it('an answer published after everyone was told of the refusal leaves the question closed', async () => {
    const { revisionId } = (await expert.post(`/api/questions/${id}/draft`)).json<{ revisionId: number }>()
    await save(t, expert, revisionId)
    await expert.post(`/api/questions/${id}/refusal`, { reason: '暂无依据' })
    expect((await callBack(agent, id)).statusCode).toBe(200)
    await approve(t, await open(expert, revisionId), ['market', 'service'])
    look(t)
    expect(await stateOf(expert, id)).toBe('closed')
  })
})
