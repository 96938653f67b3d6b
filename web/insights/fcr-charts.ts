import type { FcrFigure, FcrFigures, Ratio } from '#server/contract/insight.ts'
import { shortened, type ChartTable, type Drawing } from './drawing.ts'
import type { Translate } from './gap-charts.ts'
import { percentText, weekText } from './wording.ts'

type Group = FcrFigures['groups'][number]

/** So many groups are drawn at most; the table has all. */
const MOST_DRAWN = 12

/** A figure of all or of a group; undefined where the reply lacks it. */
export const ratioAt = (of: Pick<Group, 'figures'>, figure: FcrFigure): Ratio | undefined =>
  of.figures.find(one => one.definition === figure)

/** The first groups that have this figure at all. */
const withFigure = (groups: readonly Group[], figure: FcrFigure) =>
  groups.filter(one => (ratioAt(one, figure)?.denominator ?? 0) > 0)

/** One figure by group, never two in one chart: weeks stand side by side, all else lies one below the other. */
export function fcrDrawing(
  groups: readonly Group[],
  figure: FcrFigure,
  {
    isWeeks,
    nameOf,
    name,
    locale,
  }: { isWeeks: boolean; nameOf: (group: Group) => string; name: string; locale: string },
): Drawing {
  const some = withFigure(groups, figure)
  const drawn = isWeeks ? some : some.slice(0, MOST_DRAWN)
  const ratios = drawn.map(one => ratioAt(one, figure))
  return {
    labels: drawn.map(one => (isWeeks ? weekText(nameOf(one)) : shortened(nameOf(one)))),
    titles: drawn.map(nameOf),
    series: [
      {
        name,
        as: 'bar',
        values: ratios.map(one => one?.value ?? null),
        tone: 'second',
        texts: ratios.map(one => ratioText(one, locale, isWeeks)),
      },
    ],
    sideways: !isWeeks,
    most: 1,
  }
}

const ratioText = (ratio: Ratio | undefined, locale: string, isShort: boolean): string =>
  !ratio || isShort
    ? percentText(ratio?.value ?? null, locale)
    : `${percentText(ratio.value, locale)} · ${ratio.numerator}/${ratio.denominator}`

/** The same in words, with what each share is made of. */
export const fcrTable = (
  groups: readonly Group[],
  figure: FcrFigure,
  { nameOf, heads, locale }: { nameOf: (group: Group) => string; heads: readonly string[]; locale: string },
): ChartTable => ({
  heads,
  rows: withFigure(groups, figure).map(one => {
    const ratio = ratioAt(one, figure)
    return [
      nameOf(one),
      percentText(ratio?.value ?? null, locale),
      `${ratio?.numerator ?? 0}/${ratio?.denominator ?? 0}`,
    ]
  }),
})

/** The key of the locale files for each part of a figure's definition, and what is filled in. */
export const definitionOf = (figure: FcrFigure, days: number, t: Translate) => ({
  name: t(`definition.${figure}.name`, { days }),
  numerator: t(`definition.${figure}.numerator`, { days }),
  denominator: t(`definition.${figure}.denominator`, { days }),
})
