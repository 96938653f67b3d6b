import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CALL_ENDED } from '#server/calls/index.ts'
import { write } from '#server/platform/db/db.ts'
import { DAY } from '#server/platform/kernel/clock.ts'
import { leaveInOutbox } from '#server/platform/kernel/records.ts'
import { putOpen } from '../questions/askings.ts'
import { makeApp, type Client, type TestApp } from '../support/app.ts'
import { boardOf, callWith, gapOf } from './asking.ts'

let t: TestApp
let agent: Client
let supervisor: Client
beforeEach(async () => {
  t = await makeApp()
  ;[agent, supervisor] = await Promise.all([t.signIn('agent'), t.signIn('supervisor')])
})
afterEach(() => t.close())

const PILE = '充电桩报装要带哪些材料'

describe('what counts as asked in vain', () => {
  it('a search without a confident answer whose call ended without being resolved', async () => {
    await callWith(t, agent, [PILE], 'follow_up')
    await callWith(t, agent, ['光伏补贴什么时候到账'])
    const { gaps, queries } = await boardOf(supervisor)
    expect(queries).toBe(2)
    expect(gaps.map(one => one.text).toSorted()).toEqual([PILE, '光伏补贴什么时候到账'])
  })

  it('not one whose call was resolved, that was answered, or whose call goes on', async () => {
    t.build.entry()
    await callWith(t, agent, [PILE], 'resolved')
    await callWith(t, agent, ['停电造成损失，供电企业赔不赔？'], 'escalated')
    const { id } = (await agent.post('/api/calls', {})).json<{ id: number }>()
    await agent.get(`/api/search?call=${id}&q=${encodeURIComponent('电费发票抬头怎么改')}`)
    expect((await boardOf(supervisor)).gaps).toEqual([])
    await agent.post('/api/calls', {}) // the next call ends this one
    expect((await boardOf(supervisor)).queries).toBe(1)
  })

  it('what was typed on is one query, and so is what was asked twice in a call', async () => {
    await callWith(t, agent, ['充电桩', '充电桩报装', PILE, PILE, '？！'])
    const [only, ...others] = (await boardOf(supervisor)).gaps
    expect(others).toEqual([])
    expect(only).toMatchObject({ text: PILE, count: 1, calls: 1, agents: 1 })
  })

  it('no longer when the agent says afterwards that the call was resolved, and again when not', async () => {
    const call = await callWith(t, agent, [PILE], 'follow_up')
    expect((await boardOf(supervisor)).queries).toBe(1)
    await agent.put(`/api/calls/${call}/outcome`, { verdict: 'resolved' })
    expect((await boardOf(supervisor)).gaps).toEqual([])
    await agent.put(`/api/calls/${call}/outcome`, { verdict: 'escalated' })
    expect((await boardOf(supervisor)).queries).toBe(1)
  })

  it('numbers in it are masked', async () => {
    await callWith(t, agent, ['户号5109876543210的表慢了'])
    expect((await boardOf(supervisor)).gaps[0]?.text).toBe('户号＊＊＊的表慢了')
  })
})

describe('grouping', () => {
  it('puts alike wordings together, and the same wording however it is written', async () => {
    const second = await t.signIn('expert')
    await callWith(t, agent, [PILE])
    await callWith(t, agent, ['请问 充电樁報裝，要帶哪些材料？'])
    await callWith(t, second, ['充电桩报装要哪些材料'])
    await callWith(t, agent, ['光伏补贴什么时候到账'])
    const { gaps } = await boardOf(supervisor)
    expect(gaps.map(one => [one.count, one.calls, one.agents])).toEqual([
      [3, 3, 2],
      [1, 1, 1],
    ])
    const { wordings, days } = await gapOf(supervisor, gaps[0]!.id)
    expect(wordings).toContainEqual({ text: '充电桩报装要哪些材料', count: 1 })
    expect(days).toEqual([{ day: '2026-11-22', calls: 3 }])
  })

  it('files a gap under the nearest entry shown, and its department by the routing matrix', async () => {
    const entry = t.build.entry({ category: '供电可靠', ownerDepartment: 'market' })
    await callWith(t, agent, ['停电了冰箱里的肉坏了找谁鉴定'])
    await callWith(t, agent, ['abc'])
    const { gaps } = await boardOf(supervisor)
    const filed = gaps.map(one => [one.text, one.category, one.department])
    expect(filed).toContainEqual(['停电了冰箱里的肉坏了找谁鉴定', '供电可靠', 'operations'])
    expect(filed).toContainEqual(['abc', '其它', 'service'])
    const { near } = await gapOf(supervisor, gaps.find(one => one.text.startsWith('停电'))!.id)
    expect(near.map(one => one.id)).toEqual([entry])
  })

  it('puts a search into its gap once, however often its call comes up', async () => {
    const call = await callWith(t, agent, [PILE])
    await boardOf(supervisor)
    const rows = () => t.db.$client.prepare('select * from gap_query').all()
    const before = rows()
    write(t.db, tx => leaveInOutbox(tx, t.clock.now, CALL_ENDED, String(call)))
    await boardOf(supervisor)
    expect(rows()).toEqual(before)
    expect(t.db.$client.prepare(`select 1 from outbox where effect = 'call.ended'`).all()).toEqual([])
  })

  it('lets others have their turn between two, however many wait', async () => {
    const texts = Array.from({ length: 60 }, (_, n) => `${n}号台区的表箱归谁管`)
    putOpen(t.db, agent.id, texts)
    let turns = 0
    let next = setImmediate(function turn() {
      turns += 1
      next = setImmediate(turn)
    })
    const { queries } = await boardOf(supervisor)
    clearImmediate(next)
    expect(queries).toBe(texts.length)
    expect(turns).toBeGreaterThanOrEqual(texts.length)
  })

  it('goes on after a restart where it was', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'firstline-gaps-')), 'firstline.db')
    const before = await makeApp({ path })
    await callWith(before, await before.signIn('agent'), [PILE])
    await boardOf(await before.signIn('supervisor'))
    const ended = await callWith(before, await before.signIn('agent'), ['光伏补贴什么时候到账'])
    await before.close()
    const after = await makeApp({ path })
    // as if the service had been killed before it got so far
    after.db.$client.exec('delete from gap_query where call_id = 2')
    write(after.db, tx => leaveInOutbox(tx, after.clock.now, CALL_ENDED, String(ended)))
    await callWith(after, await after.signIn('agent'), ['充电桩报装带什么材料'])
    const { gaps } = await boardOf(await after.signIn('supervisor'))
    await after.close()
    expect(gaps.map(one => [one.text, one.count])).toEqual([
      [PILE, 2],
      ['光伏补贴什么时候到账', 1],
    ])
  })
})

describe('the board', () => {
  it('draws the line at 80 %', async () => {
    const queries = ['充电桩报装要带哪些材料', '光伏补贴什么时候到账', '电费发票抬头怎么改', '表箱钥匙找谁拿']
    for (const [index, times] of [6, 2, 1, 1].entries())
      for (let n = 0; n < times; n++) await callWith(t, agent, [queries[index]!])
    const { gaps, vital, queries: all } = await boardOf(supervisor)
    expect(gaps.map(one => [one.count, one.cumulated, one.isVital])).toEqual([
      [6, 0.6, true],
      [2, 0.8, true],
      [1, 0.9, false],
      [1, 1, false],
    ])
    expect([vital, all]).toEqual([2, 10])
    const second = (await supervisor.get('/api/gaps?limit=1&offset=1')).json<{ gaps: object[] }>()
    expect(second.gaps).toEqual([gaps[1]])
  })

  it('shows the trend of eight weeks, the age, and only the period asked for', async () => {
    await callWith(t, agent, [PILE])
    t.clock.now += 7 * DAY
    ;[agent, supervisor] = await Promise.all([t.signIn('agent'), t.signIn('supervisor')])
    await callWith(t, agent, [PILE])
    await callWith(t, agent, [PILE])
    const { gaps, weeks } = await boardOf(supervisor)
    expect(weeks.slice(-2)).toEqual(['2026-W47', '2026-W48'])
    expect(gaps[0]).toMatchObject({ trend: [0, 0, 0, 0, 0, 0, 1, 2], ageDays: 7, count: 3 })
    const earlier = await boardOf(supervisor, '&until=2026-11-22')
    expect(earlier.gaps[0]).toMatchObject({ count: 1, calls: 1 })
    expect((await boardOf(supervisor, '&from=2026-11-30')).gaps).toEqual([])
  })

  it('shares by category and department, and both as filters', async () => {
    t.build.entry({ category: '供电可靠' })
    for (const q of ['停电了冰箱里的肉坏了找谁鉴定', 'abc', 'abd', 'xyz']) await callWith(t, agent, [q])
    const { categories, departments } = await boardOf(supervisor)
    expect(categories).toEqual([
      { category: '其它', count: 3, share: 0.75 },
      { category: '供电可靠', count: 1, share: 0.25 },
    ])
    expect(departments[1]).toEqual({ department: 'operations', count: 1, share: 0.25 })
    expect((await boardOf(supervisor, '&category=供电可靠')).queries).toBe(1)
    expect((await boardOf(supervisor, '&department=service')).queries).toBe(3)
  })
})
