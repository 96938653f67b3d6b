import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { EntryView } from '#server/contract/entry.ts'
import type { VerificationList } from '#server/contract/upkeep.ts'
import { DAY, HOUR, iso } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { POLICY, refusal } from '../support/committee.ts'

let t: TestApp
let expert: Client
let agent: Client
beforeEach(async () => {
  t = await makeApp()
  onTestFinished(t.close)
  expert = await t.signIn('expert')
  agent = await t.signIn('agent')
})

const queue = async (query = '') => (await expert.get(`/api/verifications${query}`)).json<VerificationList>()
const ids = async (query = '') => (await queue(query)).items.map(item => item.entry.id)
const found = async () =>
  (await agent.get(`/api/search?q=${encodeURIComponent('停电造成损失')}`)).json<{
    hits: { labels: string[] }[]
  }>().hits

async function openTimes(id: number, times: number): Promise<void> {
  const call = (await agent.post('/api/calls', {})).json<{ id: number }>().id
  for (let time = 0; time < times; time++) await agent.get(`/api/entries/${id}?call=${call}`)
}

test('what is used most for longest overdue comes first', async () => {
  const days = (overdue: number) => t.build.entry({ verifyBy: NOW - overdue * DAY })
  const [unused, used, quiet] = [days(30), days(5), days(2)]
  const soon = t.build.entry({ verifyBy: NOW + 20 * DAY })
  t.build.entry({ verifyBy: NOW + 31 * DAY })
  t.build.entry({ verifyBy: null })
  await openTimes(used, 9)
  expect(await ids()).toEqual([used, unused, quiet, soon])
  expect((await queue()).items[0]).toMatchObject({
    overdueDays: 5,
    openings: 9,
    weight: 60,
    department: 'market',
  })
  expect(await ids('?within=0')).toEqual([used, unused, quiet])
  expect(await ids('?department=safety')).toEqual([])
  expect(await queue('?limit=1&offset=1')).toMatchObject({ total: 4, items: [{ entry: { id: unused } }] })
})

test('what was verified comes up again at its new day, in its new place', async () => {
  const chair = await t.signIn('chair')
  await chair.put('/api/policies', { ...POLICY, verifyDays: 10 })
  const [used, unused] = [5, 30].map(days => t.build.entry({ verifyBy: NOW - days * DAY }))
  await openTimes(used!, 9)
  expect(await ids('?within=0')).toEqual([used, unused])
  await expert.post(`/api/entries/${used}/verifications`)
  expect(await ids('?within=0')).toEqual([unused])
  expect(await queue('?within=10')).toMatchObject({ items: [{}, { entry: { id: used }, overdueDays: -10 }] })
  t.clock.now = NOW + 14 * DAY
  expert = await t.signIn('expert')
  expect(await queue('?within=0')).toMatchObject({
    items: [
      { entry: { id: used }, overdueDays: 4, weight: 50 },
      { entry: { id: unused }, overdueDays: 44, weight: 45 },
    ],
  })
})

describe('verifying', () => {
  test('takes one key, is recorded, and the entry comes up again after its policy’s interval', async () => {
    const id = t.build.entry({ verifyBy: NOW - DAY })
    const reply = await expert.post(`/api/entries/${id}/verifications`)
    expect([reply.statusCode, reply.json()]).toEqual([201, { verifyBy: iso(NOW + 180 * DAY) }])
    expect((await agent.get(`/api/entries/${id}`)).json<EntryView>()).toMatchObject({
      verifiedAt: iso(NOW),
      verifyBy: iso(NOW + 180 * DAY),
      labels: [],
    })
    expect(await ids()).toEqual([])
    const lines = t.db.$client
      .prepare("select person_id from audit where action = 'entry.verified'")
      .pluck()
      .all()
    expect(lines).toEqual([expert.id])
  })

  test('is for the owner department and the chair', async () => {
    const id = t.build.entry({ verifyBy: NOW })
    for (const client of [
      agent,
      await t.signIn('supervisor'),
      await t.signIn('expert', 'safety'),
      await t.signIn('reviewer', 'service'),
    ])
      expect(refusal(await client.post(`/api/entries/${id}/verifications`))).toEqual([403, 'right.missing'])
    expect((await (await t.signIn('chair')).post(`/api/entries/${id}/verifications`)).statusCode).toBe(201)
    expect(refusal(await expert.post('/api/entries/99/verifications'))).toEqual([404, 'entry.not_found'])
    expect(refusal(await agent.get('/api/verifications'))).toEqual([403, 'right.missing'])
  })
})

describe('an entry past its day', () => {
  test('is labelled from that millisecond on', async () => {
    t.build.entry({ verifyBy: NOW + HOUR })
    t.clock.now = NOW + HOUR - 1
    expect(await found()).toMatchObject([{ labels: [] }])
    t.clock.now = NOW + HOUR
    expect(await found()).toMatchObject([{ labels: ['逾期未复核'] }])
  })

  test('is hidden from that millisecond on where a policy says so, and back once it is verified', async () => {
    const id = t.build.entry({ verifyBy: NOW + HOUR })
    await (await t.signIn('chair')).put('/api/policies', { ...POLICY, hideOverdue: true })
    t.clock.now = NOW + HOUR - 1
    expect(await found()).toHaveLength(1)
    t.clock.now = NOW + HOUR
    expect([await found(), (await agent.get(`/api/entries/${id}`)).statusCode]).toEqual([[], 404])
    expect(await ids()).toEqual([id])
    expect((await expert.post(`/api/entries/${id}/verifications`)).statusCode).toBe(201)
    expect(await found()).toMatchObject([{ labels: [] }])
  })

  test('is hidden again when the next day comes that it was verified for', async () => {
    t.build.entry({ verifyBy: NOW })
    await (await t.signIn('chair')).put('/api/policies', { ...POLICY, hideOverdue: true, verifyDays: 1 })
    await expert.post('/api/entries/1/verifications')
    t.clock.now = NOW + DAY - 1
    agent = await t.signIn('agent')
    expect(await found()).toHaveLength(1)
    t.clock.now = NOW + DAY
    agent = await t.signIn('agent')
    expect(await found()).toEqual([])
  })
})
