import { VERDICTS, type Verdict } from '#server/contract/lists.ts'
import { STEP_NUMBERS } from '#server/contract/script-lists.ts'
import type { ScriptFigures } from '#server/contract/script-use.ts'
import { shortened, type ChartTable, type Drawing } from './drawing.ts'
import type { Translate } from './gap-charts.ts'
import { percentText } from './wording.ts'

type Script = ScriptFigures['scripts'][number]

/** So many bars are drawn at most; the tables have all. */
const MOST_DRAWN = 8

/** How calls ended in which a script was followed; null for those of which nobody said. */
export const OUTCOMES: readonly (Verdict | null)[] = [...VERDICTS, null]
export const outcomeName = (verdict: Verdict | null, t: Translate): string =>
  verdict === null ? t('insights.scripts.unsaid') : t(`verdict.${verdict}`)

const callsWith = ({ outcomes }: Script, verdict: Verdict | null): number =>
  outcomes.find(one => one.verdict === verdict)?.calls ?? 0

const lying = (name: string, bars: { name: string; value: number | null; text: string }[]): Drawing => ({
  labels: bars.map(one => shortened(one.name)),
  titles: bars.map(one => one.name),
  series: [
    { name, as: 'bar', values: bars.map(one => one.value), tone: 'second', texts: bars.map(one => one.text) },
  ],
  sideways: true,
})

/** How often each script was followed. */
export const usesDrawing = (scripts: readonly Script[], t: Translate): Drawing =>
  lying(
    t('insights.scripts.uses'),
    scripts.slice(0, MOST_DRAWN).map(one => ({
      name: one.title,
      value: one.uses,
      text: t('insights.scripts.times', { count: one.uses }),
    })),
  )

/** First contact resolution of the calls in which each script was followed; scripts without a call that counts are left out. */
export const resolutionDrawing = (scripts: readonly Script[], t: Translate, locale: string): Drawing => ({
  ...lying(
    t('insights.scripts.fcr'),
    scripts
      .filter(one => one.fcr.denominator > 0)
      .slice(0, MOST_DRAWN)
      .map(({ title, fcr }) => ({
        name: title,
        value: fcr.value,
        text: `${percentText(fcr.value, locale)} · ${fcr.numerator}/${fcr.denominator}`,
      })),
  ),
  most: 1,
})

/** How many of its uses came to each step of a script. */
export function stepsDrawing({ reached, uses }: Script, t: Translate, locale: string): Drawing {
  const share = (calls: number) => (uses === 0 ? '' : percentText(calls / uses, locale))
  const values = STEP_NUMBERS.map(step => reached[step - 1] ?? 0)
  return {
    labels: STEP_NUMBERS.map(String),
    titles: STEP_NUMBERS.map(number => t('script.step', { number })),
    series: [
      { name: t('insights.scripts.reached'), as: 'bar', values, tone: 'second', texts: values.map(share) },
    ],
    most: Math.max(uses, 1),
  }
}

/** The rules that submissions broke most often. */
export const violationsDrawing = (
  violations: ScriptFigures['violations'],
  nameOf: (rule: string) => string,
  t: Translate,
): Drawing =>
  lying(
    t('insights.scripts.submissions'),
    violations.slice(0, MOST_DRAWN).map(one => ({
      name: nameOf(one.rule),
      value: one.submissions,
      text: `${one.submissions} · ${t(`scripts.severity.${one.severity}`)}`,
    })),
  )

/** The same in words: how often followed, and of how many calls that is. */
export const usesTable = (scripts: readonly Script[], t: Translate): ChartTable => ({
  heads: [t('insights.scripts.script'), t('insights.scripts.uses')],
  rows: scripts.map(one => [one.title, String(one.uses)]),
})

export const resolutionTable = (scripts: readonly Script[], t: Translate, locale: string): ChartTable => ({
  heads: [t('insights.scripts.script'), t('insights.scripts.fcr'), t('insights.madeOf')],
  rows: scripts.map(({ title, fcr }) => [
    title,
    percentText(fcr.value, locale),
    `${fcr.numerator}/${fcr.denominator}`,
  ]),
})

/** Step by step, with the share of all uses and how many did not come there from the step before. */
export const stepsTable = ({ reached, uses }: Script, t: Translate, locale: string): ChartTable => ({
  heads: [
    t('insights.scripts.step'),
    t('insights.scripts.reached'),
    t('insights.scripts.share'),
    t('insights.scripts.lost'),
  ],
  rows: STEP_NUMBERS.map(step => {
    const [now, before] = [reached[step - 1] ?? 0, step === 1 ? uses : (reached[step - 2] ?? 0)]
    const share = uses === 0 ? null : now / uses
    return [String(step), String(now), percentText(share, locale), String(Math.max(0, before - now))]
  }),
})

export const violationsTable = (
  violations: ScriptFigures['violations'],
  nameOf: (rule: string) => string,
  t: Translate,
): ChartTable => ({
  heads: [t('insights.scripts.rule'), t('insights.scripts.severity'), t('insights.scripts.submissions')],
  rows: violations.map(one => [
    nameOf(one.rule),
    t(`scripts.severity.${one.severity}`),
    String(one.submissions),
  ]),
})

/** All that is known of each script, one in a row. */
export const scriptsTable = (scripts: readonly Script[], t: Translate, locale: string): ChartTable => ({
  heads: [
    t('insights.scripts.script'),
    t('insights.scripts.uses'),
    ...OUTCOMES.map(one => outcomeName(one, t)),
    t('insights.scripts.fcr'),
    t('insights.madeOf'),
    t('insights.scripts.practices'),
    t('insights.scripts.averageScore'),
  ],
  rows: scripts.map(one => [
    one.title,
    String(one.uses),
    ...OUTCOMES.map(verdict => String(callsWith(one, verdict))),
    percentText(one.fcr.value, locale),
    `${one.fcr.numerator}/${one.fcr.denominator}`,
    String(one.practices),
    one.averageScore === null ? '—' : one.averageScore.toFixed(1),
  ]),
})
