import { describe, expect, it } from 'vitest'
import { configOf } from '../../../web/insights/chart-config.ts'
import { shortened } from '../../../web/insights/drawing.ts'
import { fcrDrawing, fcrTable } from '../../../web/insights/fcr-charts.ts'
import { paretoDrawing, paretoTable, shareDrawing, weeksDrawing } from '../../../web/insights/gap-charts.ts'
import type { Ink } from '../../../web/insights/ink.ts'
import { cellText, loopDrawing, loopTable, rowsOf, valueAt } from '../../../web/insights/loop-charts.ts'
import { durationText, percentText } from '../../../web/insights/wording.ts'
import { WEEKS, fcrFigures, gap, loopFigures } from './sample.ts'

const t = (key: string, values: Record<string, unknown> = {}) => [key, ...Object.values(values)].join(' ')
const ink: Ink = {
  text: 'black',
  quiet: 'grey',
  paper: 'white',
  line: 'silver',
  main: 'm',
  second: 's',
  faint: 'f',
  font: 'sans-serif',
}

describe('the Pareto curve', () => {
  const gaps = [gap(1, { count: 8, cumulated: 0.8 }), gap(2, { count: 2, cumulated: 1, isVital: false })]

  it('has counts in their order, what they come to, and the line at 80 %', () => {
    const { series, labels } = paretoDrawing(gaps, undefined, t)
    expect(labels).toEqual(['1', '2'])
    expect(series.map(one => one.values)).toEqual([
      [8, 2],
      [0.8, 1],
      [0.8, 0.8],
    ])
    expect(series[0]?.tone).toEqual(['second', 'faint'])
  })

  it('marks the gap that is chosen', () => {
    expect(paretoDrawing(gaps, 2, t).series[0]?.tone).toEqual(['second', 'main'])
  })

  it('says the same in a table', () => {
    expect(paretoTable(gaps, t, 'zh-CN').rows).toEqual([
      ['充电桩报装要带哪些材料 1', '8', '80%', 'insights.pareto.within'],
      ['充电桩报装要带哪些材料 2', '2', '100%', 'insights.pareto.beyond'],
    ])
  })
})

describe('what a chart says', () => {
  it('parts have their count and share behind them', () => {
    const [series] = shareDrawing([{ name: '供电服务', count: 3, share: 0.375 }], '次数', 'zh-CN').series
    expect(series?.texts).toEqual(['3 · 37.5%'])
  })

  it('a week without a query has no number over it', () => {
    const drawing = weeksDrawing([0, 4], WEEKS.slice(-2), '次数')
    expect([drawing.labels, drawing.series[0]?.texts]).toEqual([
      ['W46', 'W47'],
      ['', '4'],
    ])
  })

  it('nothing to divide by is a dash and no bar, which is not 0', () => {
    expect(percentText(null, 'zh-CN')).toBe('—')
    expect(percentText(0, 'zh-CN')).toBe('0%')
    expect(cellText({ count: 0, median: null, p90: null }, t, 'zh-CN').main).toBe('—')
    expect(cellText(undefined, t, 'zh-CN').main).toBe('—')
    expect(loopDrawing(loopFigures, 'answered', t, 'zh-CN').series[0]?.values).toEqual([null, 8, null])
  })

  it('times are said in the unit that fits', () => {
    expect([20_000, 480_000, 9_000_000, 216_000_000].map(ms => durationText(ms, 'zh-CN'))).toEqual([
      '0分钟',
      '8分钟',
      '2.5小时',
      '2.5天',
    ])
  })

  it('long labels are cut where they would not fit', () => {
    expect(shortened('计划停电')).toBe('计划停电')
    expect(shortened('计划停电没有提前通知，可以投诉吗？')).toBe('计划停电没有提前通知，可以投诉…')
  })
})

describe('the figures of the loop', () => {
  it('stand in the rows that any of them has', () => {
    expect(rowsOf(loopFigures)).toEqual({
      departments: ['market'],
      weeks: ['2026-W45', '2026-W46', '2026-W47'],
    })
    expect(valueAt(loopFigures, { figure: 'prevented', week: '2026-W45' })).toEqual({ count: 2 })
    expect(valueAt(loopFigures, { figure: 'prevented', week: '2026-W46' })).toBeUndefined()
  })

  it('a time is drawn by its median with the 90th percentile above it, a share up to 1', () => {
    const { series } = loopDrawing(loopFigures, 'answered', t, 'zh-CN')
    expect(series.map(one => [one.as, one.values[1]])).toEqual([
      ['bar', 8],
      ['dots', 24],
    ])
    const share = loopDrawing(loopFigures, 'answered_in_time', t, 'zh-CN')
    expect([share.most, share.series.length, share.series[0]?.values]).toEqual([1, 1, [null, 0.75, null]])
    expect(loopTable(loopFigures, 'answered_in_time', t, 'zh-CN').rows[1]).toEqual([
      '2026-W46',
      '75%',
      'insights.ratio 3 4 0.75',
    ])
  })
})

describe('first contact resolution', () => {
  const { groups } = fcrFigures()
  const more = {
    isWeeks: false,
    nameOf: (one: { key: string | null }) => one.key ?? '未归属',
    name: '首次解决率',
    locale: 'zh-CN',
  }

  it('is drawn one figure at a time, without groups that have no denominator', () => {
    const drawing = fcrDrawing(groups, 'fcr_callback', more)
    expect(drawing.labels).toEqual(['报装'])
    expect(drawing.series).toHaveLength(1)
    expect([drawing.series[0]?.values, drawing.series[0]?.texts]).toEqual([[0.4], ['40% · 4/10']])
  })

  it('says the same in a table', () => {
    expect(fcrTable(groups, 'fcr_verdict', { ...more, heads: ['主题', '比率', '构成'] }).rows).toEqual([
      ['报装', '10%', '1/10'],
    ])
  })
})

describe('what the library is told', () => {
  it('nothing moves, and there is no legend', () => {
    const { options } = configOf(paretoDrawing([gap(1)], 1, t), ink)
    expect(options?.animation).toBe(false)
    expect(options?.plugins).not.toHaveProperty('legend')
  })

  it('the tones are those of the page, one for each bar', () => {
    const { data } = configOf(paretoDrawing([gap(1), gap(2, { isVital: false })], 1, t), ink)
    expect(data.datasets[0]?.backgroundColor).toEqual(['m', 'f'])
    expect(data.datasets[2]).toMatchObject({ borderColor: 's', borderDash: [4, 4], yAxisID: 'share' })
  })

  it('the tooltip names what a number stands for', () => {
    const { options } = configOf(paretoDrawing([gap(1)], 1, t), ink)
    const { title, label } = (options?.plugins?.tooltip?.callbacks ?? {}) as unknown as Record<
      string,
      (given: unknown) => string
    >
    const item = { datasetIndex: 1, dataIndex: 0, label: '1', formattedValue: '0.5' }
    expect([title?.([item]), label?.(item)]).toEqual([
      '充电桩报装要带哪些材料 1',
      'insights.gap.cumulated 50%',
    ])
  })
})
