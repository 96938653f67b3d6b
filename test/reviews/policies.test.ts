import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { ENTRY_KINDS } from '#server/contract/lists.ts'
import type { PolicyList } from '#server/contract/policy.ts'
import type { Problem } from '#server/contract/shapes.ts'
import { makeApp, type Client, type TestApp } from '../support/app.ts'
import { POLICY, refusal, reviewOf, submit } from '../support/committee.ts'

let t: TestApp
let chair: Client
beforeEach(async () => {
  t = await makeApp()
  onTestFinished(t.close)
  chair = await t.signIn('chair')
})

const set = (policy: object) => chair.put('/api/policies', { ...POLICY, ...policy })

const minimum = async (category: string) =>
  (await reviewOf(chair, (await submit(t, { category })).reviewId)).minimum

test('each kind has sensible defaults', async () => {
  const { policies } = (await chair.get('/api/policies')).json<PolicyList>()
  expect(policies.map(one => one.kind).toSorted()).toEqual(ENTRY_KINDS.toSorted())
  expect(policies.find(one => one.kind === 'answer')).toEqual(POLICY)
  for (const one of policies) expect(one.minimum).toBe(2)
})

test('one of a category goes before the one of its kind, and the latest holds', async () => {
  await set({ minimum: 1 })
  await set({ minimum: 4, category: '信息沟通' })
  await set({ minimum: 3, category: '信息沟通' })
  expect(await minimum('信息沟通')).toBe(3)
  expect(await minimum('供电可靠')).toBe(1)
})

test('one that could never be met is refused with why, and nothing changes', async () => {
  t.db.$client.exec("update person set left_at = 0 where department = 'planning'")
  const reply = await set({ departments: ['planning', 'safety'], minimum: 6 })
  expect(refusal(reply)).toEqual([422, 'policy.unreachable'])
  expect(reply.json<Problem>().fields).toEqual([
    { path: 'body.departments', message: 'planning has no seat on the committee' },
    { path: 'body.minimum', message: 'the committee has 5 members' },
  ])
  expect((await chair.get('/api/policies')).json<PolicyList>().policies).toContainEqual(POLICY)
  expect((await set({ departments: ['safety'], minimum: 5 })).statusCode).toBe(200)
})

test.each([
  ['minimum', 0, '1'],
  ['minimum', 21, '20'],
  ['daysToDecide', 0, '1'],
  ['daysToDecide', 91, '90'],
  ['verifyDays', 0, '1'],
  ['feedbackDays', 0, '1'],
  ['feedbackWarning', 0, '1'],
])('%s %d is refused with the limit named, and nothing changes', async (field, value, limit) => {
  const reply = await set({ [field]: value })
  expect(refusal(reply)).toEqual([400, 'request.invalid'])
  const fault = { path: `body.${field}`, message: expect.stringMatching(new RegExp(`\\b${limit}$`, 'u')) }
  expect(reply.json<Problem>().fields).toEqual([fault])
  expect(t.db.$client.prepare('select count(*) from policy').pluck().get()).toBe(0)
})

test('departments nobody knows and too many of them are refused', async () => {
  const unknown = await set({ departments: ['finance'] })
  expect(refusal(unknown)).toEqual([422, 'policy.unreachable'])
  expect(unknown.json<Problem>().fields).toEqual([
    { path: 'body.departments', message: 'finance has no seat on the committee' },
  ])
  const many = await set({ departments: Array.from({ length: 21 }, (_, n) => `d${n}`) })
  expect(many.json<Problem>().fields).toMatchObject([
    { path: 'body.departments', message: expect.stringContaining('20') },
  ])
})

test('nobody but the chair sets one', async () => {
  for (const persona of ['agent', 'expert', 'reviewer', 'supervisor', 'admin'] as const)
    expect(refusal(await (await t.signIn(persona)).put('/api/policies', POLICY))).toEqual([
      403,
      'right.missing',
    ])
})
