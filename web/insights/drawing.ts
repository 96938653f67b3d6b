/** What is drawn, without a word of how: shapes for chart-config.ts, made by pareto.ts, loop-charts.ts and fcr-charts.ts. */

/** Told apart by lightness, not by hue: what matters, what stands beside it, what is only there. */
export type Tone = 'main' | 'second' | 'faint'

export interface Series {
  name: string
  as: 'bar' | 'line' | 'dots'
  /** Null where there is nothing to draw, which is not 0. */
  values: readonly (number | null)[]
  /** One for all, or one for each value. */
  tone: Tone | readonly Tone[]
  /** What stands at each value; '' for nothing. */
  texts?: readonly string[]
  /** What stands at the end of a line. */
  endText?: string
  dashed?: boolean
  /** Of an axis of its own that goes from 0 to 1. */
  isShare?: boolean
}

export interface Drawing {
  labels: readonly string[]
  /** What each label stands for, where that is longer than fits beneath. */
  titles?: readonly string[]
  series: readonly Series[]
  /** Bars lie, with their labels before them. */
  sideways?: boolean
  /** No axis and no label: a few bars in a line of text. */
  bare?: boolean
  /** The end of the axis of values; of itself where it is left out. */
  most?: number
}

/** A label that fits before a lying bar. */
export const shortened = (label: string): string => (label.length > 16 ? `${label.slice(0, 15)}…` : label)

/** The same in words: what a chart says to who cannot see it, and what stands in its place when a table is wanted. */
export interface ChartTable {
  heads: readonly string[]
  rows: readonly (readonly string[])[]
}
