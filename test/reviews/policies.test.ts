import { beforeEach, expect, onTestFinished, test } from 'vitest'
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
  expect(policies.map(one => one.kind).toSorted()).toEqual(['answer', 'process', 'rule', 'standard'])
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
  ['minimum', 0],
  ['minimum', 21],
  ['daysToDecide', 0],
  ['verifyDays', 0],
  ['feedbackWarning', 0],
])('%s %d is refused', async (field, value) =>
  expect(refusal(await set({ [field]: value }))).toEqual([400, 'request.invalid']),
)

test('nobody but the chair sets one', async () => {
  for (const persona of ['agent', 'expert', 'reviewer', 'supervisor', 'admin'] as const)
    expect(refusal(await (await t.signIn(persona)).put('/api/policies', POLICY))).toEqual([
      403,
      'right.missing',
    ])
})
