import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { EntryView } from '#server/contract/entry.ts'
import { DAY, HOUR, iso } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import {
  approve,
  begin,
  open,
  refusal,
  reviewOf,
  revise,
  revisionOf,
  save,
  submit,
  vote,
} from '../support/committee.ts'

let t: TestApp
let expert: Client
let market: Client
let service: Client
let agent: Client
beforeEach(async () => {
  t = await makeApp()
  onTestFinished(t.close)
  expert = await t.signIn('expert')
  market = await t.signIn('reviewer', 'market')
  service = await t.signIn('reviewer', 'service')
  agent = await t.signIn('agent')
})

const read = (id: number) => agent.get(`/api/entries/${id}`)
const found = async (q: string) =>
  (await agent.get(`/api/search?q=${encodeURIComponent(q)}`))
    .json<{ hits: { id: number }[] }>()
    .hits.map(hit => hit.id)
const state = async (revisionId: number) => (await revisionOf(expert, revisionId)).state

describe('a revision', () => {
  test('is a draft, in review, returned, in review again, in force; then superseded by the next', async () => {
    const { id, revisionId } = await begin(expert)
    expect(await state(revisionId)).toBe('draft')
    const first = await open(expert, revisionId)
    expect(await state(revisionId)).toBe('in_review')
    await vote(market, first, 'return', '请写明依据。')
    expect(await state(revisionId)).toBe('returned')
    await save(t, expert, revisionId, { say: '按《供电营业规则》要提前七天公告，我给您登记核实。' })
    expect(await state(revisionId)).toBe('returned')
    const second = await open(expert, revisionId)
    expect(await state(revisionId)).toBe('in_review')
    await vote(market, second)
    expect((await read(id)).statusCode).toBe(404)
    expect((await vote(service, second)).json()).toEqual({ state: 'approved' })
    expect(await state(revisionId)).toBe('in_force')
    expect((await read(id)).json<EntryView>()).toMatchObject({
      say: '按《供电营业规则》要提前七天公告，我给您登记核实。',
      approvedBy: [
        { name: '赵岚', department: 'market' },
        { name: '沈听', department: 'service' },
      ],
    })
    const next = await revise(t, expert, id, { say: '第二版口径，已经核对过依据。' })
    await approve(t, await open(expert, next))
    expect([await state(revisionId), await state(next)]).toEqual(['superseded', 'in_force'])
  })

  test('in force stays in force and found until the next is approved; the next request finds that', async () => {
    const { reviewId, id } = await submit(t)
    expect(await found('提前通知')).toEqual([])
    await vote(market, reviewId)
    await vote(service, reviewId)
    expect(await found('提前通知')).toEqual([id])
    const next = await revise(t, expert, id, {
      standardQuestion: '限电之前会不会打招呼？',
      similarQuestions: [],
    })
    const again = await open(expert, next)
    await vote(market, again)
    expect(await found('提前通知')).toEqual([id])
    expect((await read(id)).json()).toMatchObject({ revision: 1 })
    await vote(service, again)
    expect(await found('打招呼')).toEqual([id])
    expect((await read(id)).json()).toMatchObject({ revision: 2, title: '限电之前会不会打招呼？' })
  })

  test('approved for a later day is in force on that day, to the millisecond, in search as well', async () => {
    const { reviewId, revisionId, id } = await submit(t, { validFrom: iso(NOW + 2 * HOUR) })
    await approve(t, reviewId)
    expect(await state(revisionId)).toBe('approved')
    t.clock.now = NOW + 2 * HOUR - 1
    expect([(await read(id)).statusCode, await found('提前通知')]).toEqual([404, []])
    t.clock.now = NOW + 2 * HOUR
    expect([(await read(id)).statusCode, await found('提前通知')]).toEqual([200, [id]])
    expect(await state(revisionId)).toBe('in_force')
  })

  test('expires at its validUntil, to the millisecond, in search as well', async () => {
    const { reviewId, revisionId, id } = await submit(t, { validUntil: iso(NOW + 2 * HOUR) })
    await approve(t, reviewId)
    t.clock.now = NOW + 2 * HOUR - 1
    expect([(await read(id)).statusCode, await found('提前通知')]).toEqual([200, [id]])
    t.clock.now = NOW + 2 * HOUR
    expect([(await read(id)).statusCode, await found('提前通知')]).toEqual([404, []])
    expect(await state(revisionId)).toBe('expired')
  })

  test('gets the verification interval of its policy when its author set no date', async () => {
    const own = await submit(t, { verifyBy: iso(NOW + DAY) })
    await approve(t, own.reviewId)
    expect((await read(own.id)).json()).toMatchObject({ verifyBy: iso(NOW + DAY) })
    const { reviewId, id } = await submit(t)
    await approve(t, reviewId)
    expect((await read(id)).json()).toMatchObject({ verifiedAt: iso(NOW), verifyBy: iso(NOW + 180 * DAY) })
    expect(await revisionOf(expert, await revise(t, expert, id))).toMatchObject({ verifyBy: null })
  })

  test('waits while another of its entry is under review: what is voted on is compared with what holds', async () => {
    const { reviewId, id } = await submit(t)
    await approve(t, reviewId)
    const [one, two] = [await revise(t, expert, id), await revise(t, market, id)]
    const review = await open(expert, one)
    expect(refusal(await market.post(`/api/revisions/${two}/submission`))).toEqual([409, 'review.open'])
    await approve(t, review)
    expect((await market.post(`/api/revisions/${two}/submission`)).statusCode).toBe(201)
  })
})

describe('a return', () => {
  test('needs a reason in words', async () => {
    const { reviewId } = await submit(t)
    for (const reason of [undefined, '', '   ']) {
      const reply = await vote(market, reviewId, 'return', reason)
      expect(refusal(reply)).toEqual([422, 'review.reason_required'])
      expect(reply.json()).toMatchObject({ fields: [{ path: 'body.reason' }] })
    }
    expect((await reviewOf(market, reviewId)).state).toBe('in_review')
  })

  test('ends the round at once and keeps what was said; the next round shows what changed since', async () => {
    const { reviewId, revisionId } = await submit(t)
    await vote(service, reviewId)
    const remark = { field: 'body', paragraph: 1, text: '七天从哪一条来？' }
    expect((await market.post(`/api/reviews/${reviewId}/comments`, remark)).statusCode).toBe(204)
    expect((await vote(market, reviewId, 'return', '依据没写。')).json()).toEqual({ state: 'returned' })
    expect(refusal(await market.post(`/api/reviews/${reviewId}/comments`, remark))).toEqual([
      409,
      'review.closed',
    ])
    await save(t, expert, revisionId, { body: '## 怎么答\n\n计划停电提前七天公告，见《供电营业规则》。' })
    const again = await reviewOf(market, await open(expert, revisionId))
    expect(again).toMatchObject({ round: 2, state: 'in_review', waitingFor: ['market'] })
    expect(again.comments).toMatchObject([{ ...remark, name: '赵岚', round: 1 }])
    expect(again.votes.filter(cast => cast.round === 1)).toMatchObject([
      { name: '沈听', verdict: 'approve' },
      { name: '赵岚', verdict: 'return', reason: '依据没写。' },
    ])
    const [field] = again.sinceLast
    expect(field?.field).toBe('body')
    expect(
      field?.parts
        .filter(part => part.op === 'added')
        .map(part => part.text)
        .join(''),
    ).toContain('供电营业规则')
    expect(again.sinceLast).toHaveLength(1)
  })
})

describe('retiring', () => {
  test('is reviewed too: the entry stays until the committee approves, then nothing of it is found', async () => {
    const { reviewId, revisionId, id } = await submit(t)
    await approve(t, reviewId)
    const reply = await expert.post(`/api/entries/${id}/retirement`, { reason: '业务已取消。' })
    const retirement = reply.json<{ reviewId: number }>().reviewId
    expect(refusal(await service.post(`/api/entries/${id}/retirement`, { reason: '再问' }))).toEqual([
      409,
      'review.open',
    ])
    expect(await reviewOf(market, retirement)).toMatchObject({
      kind: 'retirement',
      reason: '业务已取消。',
      diff: [],
    })
    expect(refusal(await vote(expert, retirement))).toEqual([403, 'review.author_may_not_vote'])
    await vote(market, retirement)
    expect(await found('提前通知')).toEqual([id])
    await vote(service, retirement)
    expect([(await read(id)).statusCode, await found('提前通知')]).toEqual([404, []])
    expect(await state(revisionId)).toBe('retired')
  })

  test('what is not in force cannot be retired', async () => {
    const { id } = await begin(expert)
    expect(refusal(await expert.post(`/api/entries/${id}/retirement`, { reason: '无' }))).toEqual([
      404,
      'entry.not_found',
    ])
  })
})
