import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { saveDraft } from '#server/entries/index.ts'
import { actorById } from '#server/people/index.ts'
import { write } from '#server/platform/db/db.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { DRAFT, open, POLICY, reviewOf, save, submit, vote } from '../support/committee.ts'

let t: TestApp
let expert: Client
let market: Client
let service: Client
let safety: Client
beforeEach(async () => {
  t = await makeApp()
  onTestFinished(t.close)
  expert = await t.signIn('expert')
  market = await t.signIn('reviewer', 'market')
  service = await t.signIn('reviewer', 'service')
  safety = await t.signIn('reviewer', 'safety')
})

/** A round that market and service approved and safety returned. */
async function returned(text: object = {}): Promise<{ reviewId: number; revisionId: number }> {
  const { reviewId, revisionId } = await submit(t, text)
  await service.post(`/api/reviews/${reviewId}/departments`, { department: 'safety' })
  await vote(market, reviewId)
  await vote(service, reviewId)
  await vote(safety, reviewId, 'return', '标签不全。')
  return { reviewId, revisionId }
}

/** Who has approved the round opened now. */
async function approvedNow(revisionId: number): Promise<string[]> {
  const { votes, round } = await reviewOf(market, await open(expert, revisionId))
  return votes.filter(cast => cast.round === round).map(cast => cast.department)
}

test('an approval stands when nothing of weight changed; the owner department always looks again', async () => {
  const { revisionId } = await returned()
  await save(t, expert, revisionId, { tags: ['停电通知'], similarQuestions: ['停电怎么没说'] })
  expect(await approvedNow(revisionId)).toEqual(['service'])
})

test.each([
  ['say', { say: '计划停电要提前三天公告。' }],
  ['body', { body: '## 怎么答\n\n提前三天公告。' }],
  ['standardQuestion', { standardQuestion: '限电没有通知怎么办？' }],
  ['basis', { basis: [{ sourceId: 1, clause: '第二条' }] }],
  ['scope: a city of the name the province had', { scope: { city: '上海' } }],
  ['validUntil by a second', { validUntil: '2027-01-01T00:00:01Z' }],
  ['category', { category: '信息沟通' }],
])('none stands once %s has changed', async (_, text) => {
  const { revisionId } = await returned({ scope: { province: '上海' }, validUntil: '2027-01-01T00:00:00Z' })
  await save(t, expert, revisionId, {
    scope: { province: '上海' },
    validUntil: '2027-01-01T00:00:00Z',
    ...text,
  })
  expect(await approvedNow(revisionId)).toEqual([])
})

test('none stands where the policy says so', async () => {
  await (await t.signIn('chair')).put('/api/policies', { ...POLICY, keepApprovals: false })
  expect(await approvedNow((await returned()).revisionId)).toEqual([])
})

test('none stands of somebody who has become an author since', async () => {
  const { revisionId } = await returned()
  const text = { ...DRAFT, tags: ['停电通知'] } as never
  write(t.db, tx => saveDraft(tx, NOW, actorById(tx, service.id)!, revisionId, 1, text))
  expect(await approvedNow(revisionId)).toEqual([])
})

test('what stands is one of the approvals the next round counts', async () => {
  const { revisionId } = await returned()
  const reviewId = await open(expert, revisionId)
  expect(await reviewOf(service, reviewId)).toMatchObject({
    mayVote: false,
    waitingFor: ['market', 'safety'],
  })
  await vote(safety, reviewId)
  expect((await vote(market, reviewId)).json()).toEqual({ state: 'approved' })
  expect((await reviewOf(service, reviewId)).votes.filter(cast => cast.round === 2)).toHaveLength(3)
})

test('a department that was called in is asked again: a return does not get rid of it', async () => {
  const { revisionId } = await returned()
  await save(t, expert, revisionId, { say: '计划停电要提前七天公告，我给您登记。' })
  const second = await open(expert, revisionId)
  expect(await reviewOf(market, second)).toMatchObject({ required: ['market', 'safety'] })
  await vote(market, second)
  expect((await vote(service, second)).json()).toEqual({ state: 'in_review' })
  await vote(safety, second, 'return', '还是不全。')
  expect(await reviewOf(market, await open(expert, revisionId))).toMatchObject({
    round: 3,
    required: ['market', 'safety'],
  })
})
