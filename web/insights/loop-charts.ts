import type { LoopFigure, LoopFigures, Ratio, Spread } from '#server/contract/insight.ts'
import type { ChartTable, Drawing } from './drawing.ts'
import type { Translate } from './gap-charts.ts'
import type { LoopCell } from './loop.ts'
import { durationText, percentText, weekText } from './wording.ts'

type Figure = Spread | Ratio | { count: number }

/** The figures of the loop in the order they are reached. */
export const LOOP_COLUMNS: readonly LoopFigure[] = [
  'routed',
  'answered',
  'published',
  'called_back',
  'answered_in_time',
  'prevented',
]

/** One figure with its departments and weeks; undefined where the reply lacks it. */
export function figureOf(loop: LoopFigures, figure: LoopFigure) {
  if (figure === 'answered_in_time') return loop.inTime
  if (figure === 'prevented') return loop.prevented
  return loop.times.find(one => one.definition === figure)
}

/** What a cell of the table holds; undefined where nothing was counted. */
export function valueAt(loop: LoopFigures, { figure, department, week }: LoopCell): Figure | undefined {
  const found = figureOf(loop, figure)
  if (department !== undefined) return found?.departments.find(one => one.department === department)?.figure
  if (week !== undefined) return found?.weeks.find(one => one.week === week)?.figure
  return found?.all
}

/** The departments and weeks that any of the figures has, weeks in order. */
export function rowsOf(loop: LoopFigures): { departments: string[]; weeks: string[] } {
  const figures = [...loop.times, loop.inTime, loop.prevented]
  const departments = [...new Set(figures.flatMap(one => one.departments.map(row => row.department)))]
  const weeks = [...new Set(figures.flatMap(one => one.weeks.map(row => row.week)))]
  departments.sort()
  weeks.sort()
  return { departments, weeks }
}

/** A number in words: the number itself and what it is made of; `main` is a dash where nothing was counted. */
export function cellText(
  value: Figure | undefined,
  t: Translate,
  locale: string,
): { main: string; more: string } {
  if (value === undefined) return { main: '—', more: '' }
  if ('median' in value) {
    if (value.median === null || value.p90 === null) return { main: '—', more: '' }
    const more = t('insights.loop.spread', { p90: durationText(value.p90, locale), count: value.count })
    return { main: durationText(value.median, locale), more }
  }
  if ('denominator' in value)
    return {
      main: percentText(value.value, locale),
      more: value.denominator === 0 ? '' : t('insights.ratio', { ...value }),
    }
  return { main: String(value.count), more: '' }
}

/** How high a number stands in a chart: a median in hours, a share, a count; null where there is none. */
export function heightOf(value: Figure | undefined): number | null {
  if (value === undefined) return null
  if ('median' in value) return value.median === null ? null : value.median / 3_600_000
  return 'denominator' in value ? value.value : value.count
}

const p90Of = (value: Figure | undefined): number | null =>
  value && 'p90' in value && value.p90 !== null ? value.p90 / 3_600_000 : null

/** One figure by week: bars, and for times the 90th percentile as a mark above the median. */
export function loopDrawing(loop: LoopFigures, figure: LoopFigure, t: Translate, locale: string): Drawing {
  const { weeks } = rowsOf(loop)
  const values = weeks.map(week => valueAt(loop, { figure, week }))
  const name = t(`definition.${figure}.name`)
  const bars = {
    name,
    as: 'bar' as const,
    values: values.map(heightOf),
    tone: 'second' as const,
    texts: values.map(one => (one === undefined ? '' : cellText(one, t, locale).main)),
  }
  const marks = {
    name: t('insights.loop.p90'),
    as: 'dots' as const,
    values: values.map(p90Of),
    tone: 'main' as const,
  }
  return {
    labels: weeks.map(weekText),
    series: figure === 'answered_in_time' || figure === 'prevented' ? [bars] : [bars, marks],
    ...(figure === 'answered_in_time' && { most: 1 }),
  }
}

/** The same in words. */
export function loopTable(loop: LoopFigures, figure: LoopFigure, t: Translate, locale: string): ChartTable {
  const rows = rowsOf(loop).weeks.map(week => {
    const { main, more } = cellText(valueAt(loop, { figure, week }), t, locale)
    return [week, main, more]
  })
  return { heads: [t('insights.week'), t(`definition.${figure}.name`), t('insights.madeOf')], rows }
}
