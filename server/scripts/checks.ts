import { STEP_NUMBERS } from '#server/contract/script-lists.ts'
import type { ScriptRule } from '#server/contract/script-rules.ts'
import type { CheckReply, Finding } from '#server/contract/script-views.ts'
import { grantedSums } from './amount-checks.ts'
import { finding, type CheckContext, type CheckedScript, type CheckedStep } from './check-context.ts'
import { demandsIn, fieldFindings, isApproved, safetyLayer } from './field-checks.ts'
import { flowFindings } from './flow-checks.ts'
import { allLines, byAgent, has, heardStep, type Heard, type HeardStep } from './heard.ts'
import { promisedArrivals, promisedTimes } from './promise-checks.ts'
import { differingFigures, quoteFindings } from './quote-checks.ts'
import { readSeconds } from './reading.ts'
import { safetyFindings } from './safety-checks.ts'
import { speechOf } from './speech.ts'
import { empathyMissing, STEP_CHECKS } from './step-checks.ts'
import { variableFindings, wordFindings } from './word-checks.ts'

/** A step that takes longer than this to read aloud (s) is a speech. */
const LONG = 90

/**
 * Everything the rules find in a script or in some steps of one, in the order of the script. Pure: the same text and context give the
 * same findings. Takes time in proportion to the text.
 */
export function checkScript(script: CheckedScript, context: CheckContext): Finding[] {
  const heard = script.steps.map(step => heardStep(step, context))
  const findings = [
    ...heard.flatMap(step => stepFindings(step, context, heard)),
    ...safetyFindings(heard, context, script.scenario ?? ''),
    ...layerFindings(heard, context, script.scenario ?? ''),
    ...flowFindings(script.steps, context),
    ...(context.whole ? missing(script.steps) : []),
  ]
  return findings.toSorted(inOrder).map(one => reasoned(one, script.reasons ?? []))
}

/** What a check answers: the findings, and how long each step is read aloud. */
export const checkReply = (script: CheckedScript, context: CheckContext): Omit<CheckReply, 'quotes'> => ({
  findings: checkScript(script, context),
  readSeconds: script.steps.map(step => ({ step: step.step, seconds: secondsOf(step, context) })),
})

const secondsOf = (step: CheckedStep, { charactersAMinute, quote }: CheckContext): number =>
  readSeconds(step, charactersAMinute, ref => quote(ref)?.say ?? '')

function stepFindings(step: HeardStep, context: CheckContext, script: readonly HeardStep[]): Finding[] {
  const checks = context.guides.get(step.given.step)?.checks ?? []
  const approved = isApproved(step.given)
  const own =
    step.given.lines === undefined
      ? []
      : (Object.entries(STEP_CHECKS) as [ScriptRule, NonNullable<(typeof STEP_CHECKS)[ScriptRule]>][])
  return [
    ...allLines(step).flatMap(line => lineFindings(line, context, approved)),
    ...own.flatMap(([rule, check]) => (checks.includes(rule) ? (check(step, context, script) ?? []) : [])),
    ...(step.given.step === 1 ? empathyMissing(step, context) : []),
    ...fieldFindings(step.given, context),
    ...tooLong(step.given, context),
  ]
}

const lineFindings = (line: Heard, context: CheckContext, approved: boolean): Finding[] => [
  ...wordFindings(line),
  ...promisedTimes(line, context),
  ...promisedArrivals(line),
  ...grantedSums(line, context, approved),
  ...quoteFindings(line, context),
  ...differingFigures(line, context),
  ...variableFindings(line),
]

function tooLong(step: CheckedStep, context: CheckContext): Finding[] {
  const seconds = secondsOf(step, context)
  if (seconds <= LONG) return []
  return [
    finding(step, 'step.long', { message: `这一步念完要 ${seconds} 秒，超过 ${LONG} 秒，客户听不到最后` }),
  ]
}

function layerFindings(heard: readonly HeardStep[], { lexicons }: CheckContext, scenario: string): Finding[] {
  const isTold = heard.some(one => one.lines.some(each => !byAgent(each) && has(each, 'mark.danger')))
  const written = [scenario, ...heard.flatMap(one => demandsIn(one.given))]
  const isWritten = written.some(text =>
    lexicons.find(speechOf(text)).some(one => one.lexicon.group === 'mark.danger'),
  )
  return heard.flatMap(one => safetyLayer(one.given, isTold || isWritten))
}

function missing(steps: readonly CheckedStep[]): Finding[] {
  return STEP_NUMBERS.flatMap(number => {
    const step = steps.find(one => one.step === number)
    if (!step) return finding({ step: number }, 'step.missing', { message: `第 ${number} 步还没有写` })
    const empty = (step.lines ?? []).every(one => one.text.trim() === '')
    return empty ? finding(step, 'step.empty', { message: `第 ${number} 步没有一句话术` }) : []
  })
}

const END = Number.MAX_SAFE_INTEGER
/** By step; there its lines, then its branches, then the step as a whole. */
const inOrder = (a: Finding, b: Finding): number =>
  a.step - b.step || (a.branch ?? -1) - (b.branch ?? -1) || (a.line ?? END) - (b.line ?? END)

/** A warning stands when the author gave a word of reason for its rule in its step. */
function reasoned(one: Finding, reasons: NonNullable<CheckedScript['reasons']>): Finding {
  const given = reasons.some(
    ({ step, rule, reason }) => step === one.step && rule === one.rule && reason.trim() !== '',
  )
  return one.severity === 'warning' && given ? { ...one, reasoned: true } : one
}
