import { describe, expect, it, test } from 'vitest'
import { asked, nearestRank, pareto, shares, spreadOf, weekName, weekStart } from '#server/insights/rules.ts'

const percent = (share: number): string => `${(100 * share).toFixed(2)}%`

describe('shares', () => {
  it('are those of the 568 complaints of the first half of 2014 (domain.md §1.2)', () => {
    const cases = { 供电服务及其他: 262, 停电与电压质量: 173, 电网建设: 85, 供电安全: 48 }
    const found = shares(Object.values(cases))
    expect(found.map(percent)).toEqual(['46.13%', '30.46%', '14.96%', '8.45%'])
    expect(percent(found.reduce((sum, share) => sum + share, 0))).toBe('100.00%')
  })

  it('of nothing are none', () => {
    expect(shares([])).toEqual([])
    expect(shares([0, 0])).toEqual([0, 0])
  })
})

describe('the Pareto line', () => {
  it('has as many before it as are needed to reach 80 %', () => {
    expect(pareto([262, 173, 85, 48]).map(one => one.isVital)).toEqual([true, true, true, false])
    expect(pareto([8, 2]).map(one => one.isVital)).toEqual([true, false])
    expect(pareto([7, 1, 1, 1]).map(one => one.isVital)).toEqual([true, true, false, false])
    expect(pareto([5])).toEqual([{ cumulated: 1, isVital: true }])
  })
})

test('nearest rank gives a value that occurred', () => {
  expect(nearestRank([], 0.5)).toBeNull()
  expect(nearestRank([3, 1, 2], 0.5)).toBe(2)
  expect(nearestRank([4, 1, 3, 2], 0.5)).toBe(2)
  expect(spreadOf([10])).toEqual({ count: 1, median: 10, p90: 10 })
})

test.each([
  ['2026-11-22T23:59:59.999+08:00', '2026-W47'],
  ['2026-11-23T00:00:00+08:00', '2026-W48'],
  ['2026-12-31T12:00:00+08:00', '2026-W53'],
  ['2027-01-03T23:00:00+08:00', '2026-W53'],
  ['2027-01-04T00:00:00+08:00', '2027-W01'],
  ['2024-12-30T00:00:00+08:00', '2025-W01'],
])('%s is in the ISO week %s', (at, week) => {
  const ms = Date.parse(at)
  expect(weekName(ms)).toBe(week)
  expect(weekName(weekStart(ms))).toBe(week)
  expect(weekName(weekStart(ms) - 1)).not.toBe(week)
})

test.each([
  [['停电', '停电赔', '停电赔偿'], ['停电赔偿']],
  [
    ['停电', '电价', '停电赔偿'],
    ['停电', '电价', '停电赔偿'],
  ],
  [['停电', '停电'], ['停电']],
  [
    ['停电', '电价', '停电'],
    ['停电', '电价'],
  ],
  [['', '停电'], ['停电']],
])('of the searches %j these were asked: %j', (typed, meant) => {
  expect(asked(typed.map(wording => ({ wording }))).map(one => one.wording)).toEqual(meant)
})
