import type { Chart, ChartConfiguration, ChartDataset, Plugin, Scale, TooltipItem } from 'chart.js'
import type { Drawing, Series, Tone } from './drawing.ts'
import type { Ink } from './ink.ts'

type Kind = 'bar' | 'line'
export type Config = ChartConfiguration<Kind, (number | null)[], string>
type Item = TooltipItem<Kind>
type Dataset = ChartDataset<Kind, (number | null)[]>

/** What the chart library is told to draw. Nothing moves, whatever one asked of the system. */
export function configOf(drawing: Drawing, ink: Ink): Config {
  return {
    type: 'bar',
    data: {
      labels: [...drawing.labels],
      datasets: drawing.series.map(series => datasetOf(series, ink)),
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      indexAxis: drawing.sideways ? 'y' : 'x',
      font: { family: ink.font, size: 12 },
      color: ink.text,
      layout: { padding: paddingOf(drawing) },
      scales: scalesOf(drawing, ink),
      events: drawing.bare ? [] : ['mousemove', 'mouseout', 'touchstart'],
      plugins: { tooltip: tooltipOf(drawing, ink) },
    },
    plugins: drawing.bare ? [] : [directLabels(drawing, ink)],
  }
}

/** What is said of a bar under the pointer: what it stands for, and its number in the words of the chart. */
function tooltipOf({ titles, series }: Drawing, ink: Ink) {
  return {
    displayColors: false,
    backgroundColor: ink.text,
    bodyColor: ink.paper,
    titleColor: ink.paper,
    callbacks: {
      title: ([item]: Item[]) => (item && titles?.[item.dataIndex]) ?? item?.label ?? '',
      label: ({ datasetIndex, dataIndex, formattedValue }: Item) => {
        const { name = '', texts, isShare } = series[datasetIndex] ?? {}
        const share = `${Math.round(100 * (series[datasetIndex]?.values[dataIndex] ?? 0))}%`
        return `${name} ${texts?.[dataIndex] || (isShare ? share : formattedValue)}`
      },
    },
  }
}

function paddingOf({ bare, sideways, series }: Drawing) {
  if (bare) return 0
  const hasEnd = series.some(one => one.endText !== undefined)
  return sideways ? { right: 92 } : { top: 18, right: hasEnd ? 64 : 8 }
}

const toneOf = (ink: Ink, tone: Tone) => ink[tone]

function datasetOf(series: Series, ink: Ink): Dataset {
  const { tone } = series
  const colour = typeof tone === 'string' ? toneOf(ink, tone) : tone.map(one => toneOf(ink, one))
  const common = { label: series.name, data: [...series.values], ...(series.isShare && { yAxisID: 'share' }) }
  if (series.as === 'bar')
    return {
      ...common,
      type: 'bar',
      backgroundColor: colour,
      maxBarThickness: 34,
      minBarLength: 1,
      categoryPercentage: 0.86,
      barPercentage: 0.86,
    }
  const isLine = series.as === 'line'
  return {
    ...common,
    type: 'line',
    order: -1,
    borderColor: colour,
    backgroundColor: colour,
    borderWidth: 1.5,
    borderDash: series.dashed ? [4, 4] : [],
    showLine: isLine,
    pointStyle: isLine ? false : 'rectRot',
    pointRadius: isLine ? 0 : 5,
  }
}

function scalesOf(
  { bare, sideways, series, most }: Drawing,
  ink: Ink,
): NonNullable<Config['options']>['scales'] {
  const values = { display: false, beginAtZero: true, ...(most !== undefined && { max: most }) }
  const labels = {
    display: !bare,
    grid: { display: false },
    border: { color: ink.line },
    ticks: { color: ink.quiet, autoSkip: !sideways, maxRotation: 0 },
    ...(sideways && { afterFit: (axis: Scale) => fitLabels(axis, ink) }),
  }
  const share = { share: { display: false, min: 0, max: 1 } }
  const both = sideways ? { x: values, y: labels } : { x: labels, y: values }
  return series.some(one => one.isShare) ? { ...both, ...share } : both
}

/** Left to itself the library cuts labels that take more than half of what the bars leave. */
function fitLabels(axis: Scale, ink: Ink): void {
  const { ctx } = axis.chart
  ctx.save()
  ctx.font = `12px ${ink.font}`
  const widest = Math.max(0, ...axis.getLabels().map(label => ctx.measureText(label).width))
  ctx.restore()
  axis.width = Math.min(widest + 14, axis.chart.width / 2)
}

/** Writes each text where it belongs, so that no legend is needed. */
function directLabels(drawing: Drawing, ink: Ink): Plugin<Kind> {
  return {
    id: 'directLabels',
    afterDatasetsDraw(chart) {
      const { ctx } = chart
      ctx.save()
      ctx.font = `12px ${ink.font}`
      ctx.fillStyle = ink.text
      drawing.series.forEach((series, index) => writeTexts(chart, series, index, drawing.sideways === true))
      ctx.restore()
    },
  }
}

function writeTexts(
  chart: Chart<Kind>,
  { texts = [], endText }: Series,
  index: number,
  sideways: boolean,
): void {
  const { ctx } = chart
  const { data } = chart.getDatasetMeta(index)
  ctx.textBaseline = sideways ? 'middle' : 'bottom'
  ctx.textAlign = sideways ? 'left' : 'center'
  data.forEach(({ x, y }, at) => {
    const text = texts[at]
    if (text && !Number.isNaN(x) && !Number.isNaN(y))
      ctx.fillText(text, sideways ? x + 6 : x, sideways ? y : y - 4)
  })
  const last = data.at(-1)
  if (endText === undefined || !last) return
  ctx.textAlign = 'left'
  ctx.textBaseline = 'middle'
  ctx.fillText(endText, chart.chartArea.right + 6, last.y)
}
