import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FCR_FIGURES, FCR_GROUPS, type FcrFigures } from '#server/contract/insight.ts'
import { DAY } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { behindFcr, fcrOf, madeOf } from './asking.ts'
import { addMonth } from './month.ts'
import { addCall, addCallback, addQuestion, newestOf } from './rows.ts'

let t: TestApp
let supervisor: Client
beforeEach(async () => {
  t = await makeApp()
  supervisor = await t.signIn('supervisor')
})
afterEach(() => t.close())

const figures = (query = '', client = supervisor) => fcrOf(client, query)
const behind = (figure: string, query = '', client = supervisor) => behindFcr(client, figure, query)

describe('a generated month', () => {
  const SQL = readFileSync(join(import.meta.dirname, 'fcr.sql'), 'utf8')
  const between = { from: '2026-10-24', until: '2026-11-22' }
  const [from, until] = [Date.parse('2026-10-24T00:00:00+08:00'), Date.parse('2026-11-23T00:00:00+08:00')]

  it.each([1, 2, 3])(
    'every figure is what a script of plain SQL makes of the tables (seed %i)',
    async seed => {
      addMonth(t, seed, 2_500)
      const days = 7
      const rows = t.db.$client.prepare(SQL).all({ from, until, now: t.clock.now, days })
      const reply = await figures(`?from=${between.from}&until=${between.until}`)
      const served = reply.figures.map(({ definition, numerator, denominator }) => ({
        definition,
        numerator,
        denominator,
      }))
      expect(served).toEqual(rows)
      for (const { numerator, denominator, value } of reply.figures) {
        expect(value).toBe(numerator / denominator)
        expect(numerator).toBeGreaterThan(0)
        expect(numerator).toBeLessThan(denominator)
      }
      await expectToAddUp(reply, `from=${between.from}&until=${between.until}`)
    },
  )
})

/** Groups make up the whole, and what is behind a figure is as many as it says. */
async function expectToAddUp(whole: FcrFigures, period: string): Promise<void> {
  for (const by of FCR_GROUPS) {
    const { groups, total } = await figures(`?${period}&by=${by}&limit=100`)
    expect(groups).toHaveLength(total)
    for (const { definition, numerator, denominator } of whole.figures) {
      const parts = groups.map(group => madeOf(group, definition))
      expect(
        parts.reduce((sum, part) => sum + part[0], 0),
        `${by} ${definition}`,
      ).toBe(numerator)
      expect(
        parts.reduce((sum, part) => sum + part[1], 0),
        `${by} ${definition}`,
      ).toBe(denominator)
    }
  }
  for (const { definition, numerator, denominator } of whole.figures) {
    expect((await behind(definition, `?${period}&counted=true&limit=1`)).total).toBe(numerator)
    expect((await behind(definition, `?${period}&limit=1`)).total).toBe(denominator)
  }
}

describe('groups, and what is behind them', () => {
  it('attributes to the entry of the last outcome, else to the question raised', async () => {
    const entryId = t.build.entry({ topic: '停电赔偿', category: '供电可靠', ownerDepartment: 'operations' })
    addCall(t, { at: NOW - DAY, topic: '别的', outcomes: [['resolved', entryId]], callerHash: 'x' })
    const raised = addCall(t, { at: NOW - DAY, outcomes: [['follow_up']] })
    addQuestion(t, { callId: raised, department: 'market' })
    const { groups } = await figures('?by=department')
    expect(groups.map(one => [one.key, madeOf(one, 'fcr_verdict')])).toEqual([
      ['market', [0, 1]],
      ['operations', [1, 1]],
    ])
    const [first] = (await figures('?by=entry&department=operations')).groups
    expect(first).toMatchObject({ key: String(entryId), label: '停电造成损失，供电企业赔不赔？' })
    expect((await figures('?by=entry&without=entry')).groups.map(one => one.key)).toEqual([null])
    expect((await behind('fcr_verdict', '?counted=false')).contacts).toEqual([
      {
        callId: raised,
        questionId: 1,
        at: new Date(NOW - DAY).toISOString(),
        agent: { id: 1, name: '林晓' },
        verdict: 'follow_up',
        entryId: null,
        scriptId: null,
        topic: null,
        category: '供电服务',
        department: 'market',
        counted: false,
      },
    ])
  })

  it('by week they stand in the order of the weeks, and each can be looked behind', async () => {
    for (const days of [1, 8, 8]) addCall(t, { at: NOW - days * DAY, outcomes: [['resolved']] })
    const { groups } = await figures('?by=week')
    const weeks = groups.map(one => one.key)
    expect(weeks).toEqual(weeks.toSorted())
    expect(groups.map(one => madeOf(one, 'fcr_verdict'))).toEqual([
      [2, 2],
      [1, 1],
    ])
    expect((await behind('fcr_verdict', `?week=${weeks[0]}`)).total).toBe(2)
  })

  it('a call-back is attributed to what was told', async () => {
    const entryId = t.build.entry({ ownerDepartment: 'safety', topic: '触电' })
    const revisionId = newestOf(t, entryId)
    const told = { result: 'reached', at: NOW - DAY, solved: true, revisionId } as const
    addCallback(t, addQuestion(t, { department: 'market' }), [told])
    const { contacts } = await behind('fcr_callback', `?entryId=${entryId}`)
    expect(contacts).toEqual([
      expect.objectContaining({ department: 'safety', topic: '触电', counted: true }),
    ])
  })

  it('experts see what is attributed to their department, without the agent; agents and admins nothing', async () => {
    const market = t.build.entry({ ownerDepartment: 'market' })
    const safety = t.build.entry({ ownerDepartment: 'safety' })
    for (const id of [market, safety, safety]) addCall(t, { at: NOW - DAY, outcomes: [['resolved', id]] })
    const expert = await t.signIn('expert', 'market')
    expect(madeOf(await figures('', expert), 'fcr_verdict')).toEqual([1, 1])
    const { contacts } = await behind('fcr_verdict', '', expert)
    expect(contacts).toEqual([expect.objectContaining({ entryId: market, agent: null })])
    expect((await expert.get('/api/figures/fcr?department=safety')).statusCode).toBe(403)
    expect((await expert.get('/api/figures/fcr/fcr_verdict?department=safety')).statusCode).toBe(403)
    for (const role of ['agent', 'admin', 'reviewer'] as const) {
      const client = await t.signIn(role)
      for (const url of ['/api/figures/fcr', ...FCR_FIGURES.map(one => `/api/figures/fcr/${one}`)])
        expect((await client.get(url)).statusCode).toBe(403)
    }
  })
})
