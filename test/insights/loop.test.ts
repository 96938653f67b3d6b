import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BehindLoop, LoopFigures } from '#server/contract/insight.ts'
import { DAY, HOUR } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { addCall, addCallback, addQuestion } from './rows.ts'

let t: TestApp
let supervisor: Client
beforeEach(async () => {
  t = await makeApp()
  supervisor = await t.signIn('supervisor')
})
afterEach(() => t.close())

const figures = async (client = supervisor, query = ''): Promise<LoopFigures> =>
  (await client.get(`/api/figures/questions${query}`)).json<LoopFigures>()
const behind = async (figure: string, query = ''): Promise<BehindLoop> =>
  (await supervisor.get(`/api/figures/questions/${figure}${query}`)).json<BehindLoop>()
const timeOf = ({ times }: LoopFigures, figure: string) => times.find(one => one.definition === figure)!

const at = NOW - 5 * DAY

/** A question raised at `raisedAt` and answered, published, after so many hours. */
const answered = (hours: number, more: Parameters<typeof addQuestion>[1] = {}) => {
  const raisedAt = more.raisedAt ?? at
  return addQuestion(t, {
    raisedAt,
    state: 'closed',
    steps: [
      ['raised', raisedAt],
      ['routed', raisedAt + HOUR / 2],
      ['answered', raisedAt + hours * HOUR],
      ['submitted', raisedAt + hours * HOUR],
      ['published', raisedAt + (hours + 2) * HOUR],
    ],
    ...more,
  })
}

describe('times', () => {
  it('are median and 90th percentile by nearest rank, from raised to the first time of each step', async () => {
    for (const hours of [1, 2, 3, 4, 5, 6, 7, 8, 9, 30]) answered(hours)
    const all = await figures()
    expect(timeOf(all, 'routed').all).toEqual({ count: 10, median: HOUR / 2, p90: HOUR / 2 })
    expect(timeOf(all, 'answered').all).toEqual({ count: 10, median: 5 * HOUR, p90: 9 * HOUR })
    expect(timeOf(all, 'published').all).toEqual({ count: 10, median: 7 * HOUR, p90: 11 * HOUR })
    expect(timeOf(all, 'called_back').all).toEqual({ count: 0, median: null, p90: null })
  })

  it('by department and by ISO week in China', async () => {
    answered(1, { department: 'market' })
    answered(3, { department: 'safety' })
    // Sunday 23:59 and Monday 00:00 in China
    answered(5, { raisedAt: Date.parse('2026-11-15T23:59:00+08:00') })
    answered(7, { raisedAt: Date.parse('2026-11-16T00:00:00+08:00') })
    const { departments, weeks } = timeOf(await figures(), 'answered')
    expect(departments).toEqual([
      { department: 'market', figure: { count: 3, median: 5 * HOUR, p90: 7 * HOUR } },
      { department: 'safety', figure: { count: 1, median: 3 * HOUR, p90: 3 * HOUR } },
    ])
    expect(weeks.map(({ week, figure }) => [week, figure.count])).toEqual([
      ['2026-W46', 1],
      ['2026-W47', 3],
    ])
    const { questions, total } = await behind('answered', '?week=2026-W47&department=market')
    expect(total).toBe(2)
    expect(questions.map(one => one.ms)).toEqual([7 * HOUR, HOUR])
    const rest = await behind('answered', '?week=2026-W47&department=market&limit=1&offset=1')
    expect(rest.questions).toEqual([questions[1]])
  })

  it('a merged asking is not one more question, but each customer reached is one more called back', async () => {
    const lead = answered(1)
    const merged = addQuestion(t, {
      raisedAt: at + HOUR,
      state: 'merged',
      leadId: lead,
      steps: [['merged', at + HOUR]],
    })
    addCallback(t, lead, [
      { result: 'not_reached', at: at + 5 * HOUR },
      { result: 'reached', at: at + 9 * HOUR },
    ])
    addCallback(t, merged, [{ result: 'reached', at: at + 4 * HOUR }])
    addCallback(t, answered(2), [{ result: 'wrong_number', at: at + 4 * HOUR }])
    const all = await figures()
    expect(timeOf(all, 'answered').all.count).toBe(2)
    expect(timeOf(all, 'called_back').all).toEqual({ count: 2, median: 3 * HOUR, p90: 9 * HOUR })
    expect((await behind('called_back')).questions.map(one => one.id)).toEqual([lead, merged])
  })
})

describe('the share answered in time', () => {
  it('leaves out what may still be answered in time, and what was refused', async () => {
    const early = answered(71)
    const late = answered(73)
    const open = addQuestion(t, { raisedAt: at, steps: [['raised', at]] })
    addQuestion(t, { raisedAt: NOW - HOUR })
    addQuestion(t, { raisedAt: at, state: 'refused', steps: [['refused', at + HOUR]] })
    const { inTime } = await figures()
    expect(inTime.all).toEqual({ numerator: 1, denominator: 3, value: 1 / 3 })
    const { questions } = await behind('answered_in_time')
    expect(questions.map(one => [one.id, one.inTime]).toSorted()).toEqual([
      [early, true],
      [late, false],
      [open, false],
    ])
  })
})

describe('repeated questions prevented', () => {
  const wording = '充电桩报装要带哪些材料？'
  it('counts calls settled with the published entry in which the same wording was searched again', async () => {
    const entryId = t.build.entry({})
    const other = t.build.entry({ standardQuestion: '光伏补贴什么时候到账？' })
    const id = answered(1, { text: wording, query: '充电桩材料', entryId })
    const merged = { state: 'merged', leadId: id, text: '装充电桩要什么证件' } as const
    addQuestion(t, { raisedAt: at, ...merged })
    const published = at + 3 * HOUR
    const settled = (queries: string[], more: object = {}) =>
      addCall(t, { at: published + HOUR, queries, outcomes: [['resolved', entryId]], ...more })
    settled(['充電樁報裝，要帶哪些材料'])
    settled(['表箱', '装充电桩要什么证件', '充电桩材料'])
    settled(['别的话'])
    settled([wording], { at: published - HOUR })
    settled([wording], { outcomes: [['resolved', other]] })
    settled([wording], {
      outcomes: [
        ['resolved', entryId],
        ['follow_up', entryId],
      ],
    })
    const { prevented } = await figures()
    expect(prevented.all).toEqual({ count: 2 })
    expect((await behind('prevented')).questions).toEqual([expect.objectContaining({ id, calls: 2 })])
  })
})

describe('the period and the right', () => {
  it('is the last 28 days, or the days named, 92 at most', async () => {
    answered(1, { raisedAt: NOW - 27 * DAY })
    answered(1, { raisedAt: NOW - 28 * DAY })
    const all = await figures()
    expect([all.from, all.until, timeOf(all, 'answered').all.count]).toEqual(['2026-10-26', '2026-11-22', 1])
    const wide = await figures(supervisor, '?from=2026-10-01&until=2026-11-22')
    expect(timeOf(wide, 'answered').all.count).toBe(2)
    for (const query of ['?from=2026-08-01&until=2026-11-22', '?from=2026-11-22&until=2026-11-20'])
      expect((await supervisor.get(`/api/figures/questions${query}`)).json()).toMatchObject({
        code: 'request.invalid',
      })
  })

  it('experts see the figures of their own department, agents and admins none', async () => {
    answered(1, { department: 'market' })
    answered(1, { department: 'safety' })
    const expert = await t.signIn('expert', 'safety')
    const own = await figures(expert)
    expect(timeOf(own, 'answered').departments.map(one => one.department)).toEqual(['safety'])
    const urls = [
      '/api/figures/questions?department=market',
      '/api/figures/questions/answered?department=market',
    ]
    for (const url of urls) expect((await expert.get(url)).statusCode).toBe(403)
    expect((await expert.get('/api/figures/questions/answered')).json()).toMatchObject({ total: 1 })
    for (const role of ['agent', 'admin', 'reviewer'] as const)
      expect((await (await t.signIn(role)).get('/api/figures/questions/answered')).statusCode).toBe(403)
  })
})
