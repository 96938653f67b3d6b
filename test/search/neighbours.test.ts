import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { Neighbours } from '#server/contract/writing.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { begin, refusal, submit } from '../support/committee.ts'

let t: TestApp
let expert: Client
beforeEach(async () => {
  t = await makeApp()
  onTestFinished(t.close)
  expert = await t.signIn('expert')
})

const near = async (revisionId: number) =>
  (await expert.get(`/api/revisions/${revisionId}/neighbours`)).json<Neighbours>()

test('entries in force that the search finds for the draft’s questions, the nearest first', async () => {
  const twin = t.build.entry({
    standardQuestion: '计划停电没有提前通知，能不能投诉？',
    similarQuestions: ['没通知就停电怎么办'],
  })
  t.build.entry({
    standardQuestion: '电费怎么交？',
    similarQuestions: ['在哪里交电费'],
    say: '可以在网上国网缴费。',
    body: '网上国网缴费。',
  })
  const { revisionId } = await begin(expert)
  const found = await near(revisionId)
  expect(found.near[0]).toMatchObject({ id: twin })
  expect(found.near.map(one => one.score)).toEqual(found.near.map(one => one.score).toSorted((a, b) => b - a))
})

test('nothing stands near a draft that asks nothing yet', async () => {
  t.build.entry({})
  const { revisionId } = await begin(expert, { standardQuestion: '', similarQuestions: [] })
  expect((await near(revisionId)).near).toEqual([])
})

test('entries that cite the same document', async () => {
  const sourceId = t.build.source('gb-12325')
  const same = t.build.entry({ standardQuestion: '电压偏差多少算合格？', basis: [{ sourceId }] })
  t.build.entry({ standardQuestion: '别的', basis: [{ sourceId: t.build.source('business-rules') }] })
  const { revisionId } = await begin(expert, { basis: [{ sourceId, clause: '4.1' }] })
  expect((await near(revisionId)).sameSource.map(one => one.id)).toEqual([same])
})

test('figures of one unit that differ, within the topic and the company', async () => {
  const text = { topic: '停电赔偿', standardQuestion: '停电提前几天公告？', body: '公告。' }
  const other = t.build.entry({ ...text, say: '计划停电提前三天公告。' })
  t.build.entry({ ...text, say: '提前７日公告，两天内答复。' })
  t.build.entry({ ...text, say: '提前五天公告。', topic: '停电通知' })
  t.build.entry({ ...text, say: '提前六天公告。', scope: { company: '南网' } })
  const { revisionId } = await begin(expert, { say: '提前七天公告。', body: '见上。' })
  const { figures } = await near(revisionId)
  expect(figures).toEqual([
    { entry: expect.objectContaining({ id: other }), unit: '天', here: '7', there: '3' },
  ])
})

test('neither the entry itself nor what is not in force', async () => {
  const { id, revisionId, reviewId } = await submit(t)
  for (const department of ['market', 'service'])
    await (
      await t.signIn('reviewer', department)
    ).post(`/api/reviews/${reviewId}/votes`, { verdict: 'approve' })
  t.build.draft({ standardQuestion: '计划停电没有提前通知，可以投诉吗？' })
  t.build.entry({ standardQuestion: '计划停电没有提前通知，可以投诉吗？', validUntil: NOW })
  const next = (await expert.post(`/api/entries/${id}/revisions`)).json<{ revisionId: number }>().revisionId
  for (const revision of [revisionId, next])
    expect(await near(revision)).toEqual({ near: [], sameSource: [], figures: [] })
})

test('are for who may see the draft', async () => {
  const { revisionId } = await begin(expert)
  for (const client of [
    await t.signIn('agent'),
    await t.signIn('reviewer'),
    await t.signIn('expert', 'safety'),
  ])
    expect(refusal(await client.get(`/api/revisions/${revisionId}/neighbours`))).toEqual([
      404,
      'revision.not_found',
    ])
  const submitted = await submit(t)
  const reply = await (await t.signIn('reviewer')).get(`/api/revisions/${submitted.revisionId}/neighbours`)
  expect(reply.statusCode).toBe(200)
})
