import type { GapBoard, GapSummary } from '#server/contract/gap.ts'
import { departmentName } from '../reading/departments.ts'
import { shortened, type ChartTable, type Drawing, type Tone } from './drawing.ts'
import { percentText, weekText } from './wording.ts'

/** Where the line of the Pareto chart is: the gaps before it make this share of all that was asked. */
const PARETO_LINE = 0.8
/** So many gaps are drawn at most; the curve of more would say nothing more. */
const MOST_DRAWN = 60

/** A translation of the page, as `t` of vue-i18n. */
export type Translate = (key: string, values?: Record<string, unknown>) => string

type Barred = Pick<GapSummary, 'id' | 'text' | 'count' | 'cumulated' | 'isVital'>

/** Counts in falling order, the curve of what they come to, and the 80 % line; the chosen gap stands out. */
export function paretoDrawing(gaps: readonly Barred[], chosenId: number | undefined, t: Translate): Drawing {
  const drawn = gaps.slice(0, MOST_DRAWN)
  const tone = drawn.map((one): Tone => (one.id === chosenId ? 'main' : one.isVital ? 'second' : 'faint'))
  return {
    labels: drawn.map((_one, index) => String(index + 1)),
    titles: drawn.map(one => one.text),
    series: [
      { name: t('insights.gap.count'), as: 'bar', values: drawn.map(one => one.count), tone },
      {
        name: t('insights.gap.cumulated'),
        as: 'line',
        values: drawn.map(one => one.cumulated),
        tone: 'main',
        endText: t('insights.gap.cumulated'),
        isShare: true,
      },
      {
        name: t('insights.pareto.line'),
        as: 'line',
        values: drawn.map(() => PARETO_LINE),
        tone: 'second',
        endText: '80%',
        dashed: true,
        isShare: true,
      },
    ],
  }
}

/** The same in words. */
export const paretoTable = (gaps: readonly Barred[], t: Translate, locale: string): ChartTable => ({
  heads: [
    t('insights.gap.name'),
    t('insights.gap.count'),
    t('insights.gap.cumulated'),
    t('insights.pareto.line'),
  ],
  rows: gaps
    .slice(0, MOST_DRAWN)
    .map(one => [
      one.text,
      String(one.count),
      percentText(one.cumulated, locale),
      t(one.isVital ? 'insights.pareto.within' : 'insights.pareto.beyond'),
    ]),
})

interface Part {
  name: string
  count: number
  share: number
}

/** Parts of the whole as lying bars, the largest first, each with its count and share behind it. */
export const shareDrawing = (parts: readonly Part[], name: string, locale: string): Drawing => ({
  labels: parts.map(one => shortened(one.name)),
  series: [
    {
      name,
      as: 'bar',
      values: parts.map(one => one.count),
      tone: 'second',
      texts: parts.map(one => `${one.count} · ${percentText(one.share, locale)}`),
    },
  ],
  sideways: true,
})

export const shareTable = (
  parts: readonly Part[],
  head: string,
  t: Translate,
  locale: string,
): ChartTable => ({
  heads: [head, t('insights.gap.count'), t('insights.share')],
  rows: parts.map(one => [one.name, String(one.count), percentText(one.share, locale)]),
})

/** Eight weeks in a line of text: this week stands out. */
export const trendDrawing = (trend: readonly number[]): Drawing => ({
  labels: trend.map(() => ''),
  series: [
    {
      name: '',
      as: 'bar',
      values: trend,
      tone: trend.map((_count, index): Tone => (index === trend.length - 1 ? 'main' : 'second')),
    },
  ],
  bare: true,
  most: Math.max(1, ...trend),
})

/** The trend of one gap with its weeks. */
export const weeksDrawing = (trend: readonly number[], weeks: GapBoard['weeks'], name: string): Drawing => ({
  ...trendDrawing(trend),
  labels: weeks.map(weekText),
  series: trendDrawing(trend).series.map(one => ({
    ...one,
    name,
    texts: trend.map(count => (count === 0 ? '' : String(count))),
  })),
  bare: false,
})

export const weeksTable = (trend: readonly number[], weeks: GapBoard['weeks'], t: Translate): ChartTable => ({
  heads: [t('insights.week'), t('insights.gap.count')],
  rows: weeks.map((week, index) => [week, String(trend[index] ?? 0)]),
})

/** The gaps of the list, one in a row. */
export const gapTable = (gaps: readonly GapSummary[], t: Translate, locale: string): ChartTable => ({
  heads: [
    t('insights.gap.name'),
    t('insights.gap.count'),
    t('insights.gap.cumulated'),
    t('field.category'),
    t('insights.department'),
    t('insights.gap.owner'),
  ],
  rows: gaps.map(one => [
    one.text,
    String(one.count),
    percentText(one.cumulated, locale),
    t(`category.${one.category}`),
    departmentName(one.department, locale),
    one.owner?.name ?? '',
  ]),
})
