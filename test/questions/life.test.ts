import { afterEach, beforeEach, expect, it } from 'vitest'
import { HOUR, iso } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
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
} from './journey.ts'

let t: TestApp
let agent: Client
beforeEach(async () => {
  t = await makeApp()
  agent = await t.signIn('agent')
})
afterEach(() => t.close())

it('a question is raised, taken, answered, approved by others than who answered, published and closed', async () => {
  const raised = await raise(agent)
  expect(raised).toMatchObject({
    mergedInto: null,
    routedTo: 'service',
    urgency: 'normal',
    dueAt: iso(NOW + 72 * HOUR),
  })
  const expert = await expertOf(t)
  expect((await expert.put(`/api/questions/${raised.id}/taking`)).json()).toEqual({ state: 'taken' })
  const { reviewId, entryId } = await answer(expert, raised.id)
  expect(await stateOf(expert, raised.id)).toBe('in_review')
  expect((await agent.get(`/api/entries/${entryId}`)).statusCode).toBe(404)
  expect(refusal(await vote(expert, reviewId!))).toEqual([403, 'review.author_may_not_vote'])
  await approve(t, reviewId)
  const view = await questionOf(agent, raised.id)
  expect(view).toMatchObject({ state: 'closed', text: ASKED, answer: { entryId, say: ANSWER.say } })
  expect(kindsOf(view)).toEqual(['raised', 'routed', 'taken', 'answered', 'submitted', 'published', 'closed'])
  expect((await agent.get(`/api/entries/${entryId}`)).json()).toMatchObject({ title: ASKED, say: ANSWER.say })
})
