import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DAY, HOUR } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { POLICY } from '../support/committee.ts'
import { submit, toldTo } from './journey.ts'

const BEAT = 25_000

let t: TestApp
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  t = await makeApp()
})
afterEach(async () => {
  await t.close()
  vi.useRealTimers()
})

/** Lets the service look at a clock that shows `now`; several times, as it does. */
function at(now: number): void {
  t.clock.now = now
  for (let count = 0; count < 3; count++) vi.advanceTimersByTime(BEAT)
}

const events = async (client: Client) => (await toldTo(client)).map(one => `${one.event} ${one.subject}`)
const reviewer = (department: string) => t.signIn('reviewer', department)
const chair = () => t.signIn('chair')

describe('a review of an answer, to be decided in three days', () => {
  it('is told a day before and when it is overdue, each once, to the members still waited for', async () => {
    const { reviewId } = await submit(t)
    at(NOW + 2 * DAY - 1)
    expect(await events(await reviewer('market'))).toEqual([`review.opened review:${reviewId}`])
    at(NOW + 2 * DAY)
    const due = [`review.due review:${reviewId}`, `review.opened review:${reviewId}`]
    expect(await events(await reviewer('market'))).toEqual(due)
    at(NOW + 3 * DAY)
    expect(await events(await reviewer('market'))).toEqual([`review.overdue review:${reviewId}`, ...due])
    expect(await events(await reviewer('safety'))).toEqual([])
  })

  it('goes to the chair when it is overdue, not before', async () => {
    const { reviewId } = await submit(t)
    at(NOW + 3 * DAY - 1)
    expect(await events(await t.signIn('chair'))).toEqual([])
    at(NOW + 3 * DAY)
    expect(await events(await t.signIn('chair'))).toEqual([`review.overdue review:${reviewId}`])
  })

  it('waits for any member once its departments have approved but one approval is short', async () => {
    const { reviewId } = await submit(t)
    await (await reviewer('market')).post(`/api/reviews/${reviewId}/votes`, { verdict: 'approve' })
    at(NOW + 2 * DAY)
    expect(await events(await reviewer('safety'))).toEqual([`review.due review:${reviewId}`])
    expect(await events(await reviewer('market'))).toEqual([`review.opened review:${reviewId}`])
  })

  it('is the chair’s when nobody is there to decide it', async () => {
    const { reviewId } = await submit(t)
    t.db.$client.exec("update committee_seat set held_until = 1 where department = 'market'")
    at(NOW + 2 * DAY)
    expect(await events(await t.signIn('chair'))).toEqual([`review.due review:${reviewId}`])
  })

  it('is not told of once it is over', async () => {
    const { reviewId } = await submit(t)
    await (
      await reviewer('market')
    ).post(`/api/reviews/${reviewId}/votes`, { verdict: 'return', reason: '不清楚' })
    at(NOW + 4 * DAY)
    expect(await events(await reviewer('market'))).toEqual([`review.opened review:${reviewId}`])
    expect(await events(await t.signIn('chair'))).toEqual([])
  })

  it('that waits among many is told of as well', async () => {
    for (let count = 0; count < 3; count++) await submit(t)
    const copy = `insert into review (kind, entry_id, revision_id, round, required, minimum, content, opened_by, opened_at, due_at)
      select kind, entry_id, revision_id, round, required, minimum, content, opened_by, opened_at, due_at from review where id = 1`
    for (let count = 0; count < 130; count++) t.db.$client.exec(copy)
    at(NOW + 3 * DAY)
    const overdue = t.db.$client
      .prepare("select count(distinct subject) from notification where event = 'review.overdue'")
      .pluck()
      .get()
    expect(overdue).toBe(133)
  })
})

describe('verification', () => {
  it('is told to the owner a week before, once, and again when it comes round', async () => {
    const id = t.build.entry({ ownerDepartment: 'market', verifyBy: NOW + 30 * DAY })
    at(NOW + 22 * DAY)
    expect(await events(await reviewer('market'))).toEqual([])
    at(NOW + 23 * DAY)
    at(NOW + 24 * DAY)
    expect(await events(await reviewer('market'))).toEqual([`verification.due entry:${id}`])
    await (await chair()).put('/api/policies', { ...POLICY, verifyDays: 30 })
    await (await reviewer('market')).post(`/api/entries/${id}/verifications`)
    at(NOW + 31 * DAY)
    expect(await events(await reviewer('market'))).toHaveLength(1)
    at(NOW + 24 * DAY + 30 * DAY)
    expect(await events(await reviewer('market'))).toEqual(Array(2).fill(`verification.due entry:${id}`))
    expect(await events(await reviewer('operations'))).toEqual([])
  })

  it('is told also of an entry that a policy hides from agents by then', async () => {
    await (await chair()).put('/api/policies', { ...POLICY, hideOverdue: true })
    const id = t.build.entry({ kind: 'answer', verifyBy: NOW - DAY })
    expect((await (await t.signIn('agent')).get(`/api/entries/${id}`)).statusCode).toBe(404)
    at(NOW)
    expect(await events(await reviewer('market'))).toEqual([`verification.due entry:${id}`])
    expect(await events(await t.signIn('agent'))).toEqual([])
  })

  it('is looked for on another day in China, not at every look', async () => {
    at(NOW)
    t.build.entry({ verifyBy: NOW })
    at(NOW + HOUR)
    expect(await toldTo(await reviewer('market'))).toEqual([])
    at(NOW + 14 * HOUR)
    expect(await toldTo(await reviewer('market'))).toHaveLength(1)
  })
})
