import { computed, ref, shallowRef, watch } from 'vue'
import type { CheckReply, Finding } from '#server/contract/script-views.ts'
import type { WarningReason } from '#server/contract/script.ts'
import { call, latest } from '../api/index.ts'
import { noteQuotes } from '../reading/quotes.ts'
import { sortedBy } from '../ui/sorted.ts'
import { lineAt, stepOf, type Spot } from './editing.ts'
import { isEmptyStep, savedScript, type Script } from './texts.ts'
import { change, script, shownStep } from './writing.ts'

/** How long (ms) the writing pauses before it is checked. */
const PAUSE = 350

/** What the newest check said; what it said before stays until then. */
export const reply = shallowRef<CheckReply>()
/** Whether the checks answer; where they do not, writing goes on without them. */
export const isChecked = ref(false)

const newest = latest((signal: AbortSignal, now: Script) => {
  const { steps, reasons, scope } = savedScript(now)
  return call('POST /api/scripts/check', { body: { steps, reasons, scope, whole: true }, signal })
})

/** Checks the script; only the newest answer counts. */
export async function check(now: Script): Promise<void> {
  try {
    const found = await newest.run(now)
    if (!found) return
    noteQuotes(found.quotes)
    reply.value = found
    isChecked.value = true
  } catch {
    isChecked.value = false
  }
}

/** Checks again whenever the writing pauses. Returns what stops it. */
export function followChecks(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const undo = [
    watch(
      script,
      (now, before) => {
        clearTimeout(timer)
        if (!now) return void (reply.value = undefined)
        if (before) return void (timer = setTimeout(() => void check(now), PAUSE))
        leftSteps.value = new Set(now.steps.filter(one => !isEmptyStep(one)).map(one => one.step))
        void check(now)
      },
      { immediate: true },
    ),
    watch(shownStep, (_now, before) => (leftSteps.value = new Set(leftSteps.value).add(before))),
    () => clearTimeout(timer),
    newest.drop,
    () => (reply.value = undefined),
  ]
  return () => undo.forEach(stop => stop())
}

const spotOf = ({ step, branch, line }: Finding): Spot | undefined =>
  line === undefined ? undefined : { step, branch, line }

/** Whether what was found is still there: the words it quotes may have been mended since the check. */
function isThere(now: Script, finding: Finding): boolean {
  const spot = spotOf(finding)
  if (!spot) return true
  const line = lineAt(now, spot)
  return line !== undefined && (finding.quote === undefined || line.text.includes(finding.quote))
}

/** Findings stand as on the page: a step's lines, the step as a whole, its branches with their lines, its fields. */
const place = ({ step, branch, line, field }: Finding): number => {
  const [main, whole, ofBranches, ofFields] = [0, 1e5, 2e5, 9e5]
  if (branch !== undefined) return step * 1e6 + ofBranches + branch * 1e3 + (line ?? -1) + 1
  if (line !== undefined) return step * 1e6 + main + line
  return step * 1e6 + (field === undefined ? whole : ofFields)
}

/** Whether all is told, also what only says that the script is not finished: from its first submission on. */
export const showsAll = ref(false)

/** All that keeps the script from being submitted. */
export const allFindings = computed<readonly Finding[]>(() => {
  const now = script.value
  return now ? sortedBy(reply.value?.findings ?? [], place).filter(one => isThere(now, one)) : []
})

/** What is told while one writes: not what only comes of steps that nobody began yet. */
export const findings = computed<readonly Finding[]>(() => {
  const now = script.value
  return showsAll.value || !now ? allFindings.value : allFindings.value.filter(one => !isEarly(now, one))
})

/** Steps that one has gone on from, or that were begun when the draft was opened. */
const leftSteps = shallowRef<ReadonlySet<number>>(new Set())

/** What is still to be filled in is told once one has gone on to another step; where a call leads is known once every step is begun. */
const OF_THE_WHOLE = ['branch.nowhere', 'flow.no-exit', 'flow.unreachable']
const isEarly = (now: Script, { step, rule }: Finding): boolean =>
  !isBegun(now, step) ||
  (rule === 'field.required' && !leftSteps.value.has(step)) ||
  (OF_THE_WHOLE.includes(rule) && now.steps.some(isEmptyStep))

export const isBegun = (now: Script, number: number): boolean => !isEmptyStep(stepOf(now, number))

/** Whether there is something left to do about a finding: a warning with a word of reason stands. */
export const isOpen = (finding: Finding): boolean => finding.severity === 'error' || reasonOf(finding) === ''
export const errorsIn = (list: readonly Finding[]): Finding[] => list.filter(one => one.severity === 'error')
export const warningsIn = (list: readonly Finding[]): Finding[] =>
  list.filter(one => one.severity === 'warning' && isOpen(one))

export const findingsOfStep = (number: number): Finding[] => findings.value.filter(one => one.step === number)
export const findingsAt = ({ step, branch, line }: Spot): Finding[] =>
  findingsOfStep(step).filter(one => one.branch === branch && one.line === line)
export const findingsOfField = (step: number, name: string): Finding[] =>
  findingsOfStep(step).filter(one => one.field === name && one.line === undefined)
/** What is found in a branch but in none of its lines. */
export const findingsOfBranch = (step: number, branch: number): Finding[] =>
  findingsOfStep(step).filter(one => one.branch === branch && one.line === undefined)
/** What is found in a step as a whole. */
export const findingsOfWhole = (step: number): Finding[] =>
  findingsOfStep(step).filter(
    one => one.branch === undefined && one.line === undefined && one.field === undefined,
  )

/** How long (s) a step takes to read aloud, as the service measures it; undefined until it was checked. */
export const secondsOf = (step: number): number | undefined =>
  reply.value?.readSeconds.find(one => one.step === step)?.seconds
export const allSeconds = computed(() =>
  (reply.value?.readSeconds ?? []).reduce((sum, one) => sum + one.seconds, 0),
)

/** Half-open ranges of the words that findings quote in a line. */
export const rangesIn = (text: string, found: readonly Finding[]): [number, number, Finding['severity']][] =>
  sortedBy(
    found.flatMap(({ quote = '', severity }) => {
      const at = quote === '' ? -1 : text.indexOf(quote)
      return at < 0 ? [] : [[at, at + quote.length, severity] as [number, number, Finding['severity']]]
    }),
    ([at]) => at,
  )

/** Why a warning stands, for its rule in its step. */
export const reasonOf = ({ step, rule }: Pick<Finding, 'step' | 'rule'>): string =>
  script.value?.reasons.find(one => one.step === step && one.rule === rule)?.reason ?? ''

/** Says why a warning may stand; an empty reason is none. */
export function giveReason({ step, rule }: Pick<Finding, 'step' | 'rule'>, reason: string): void {
  const rest = (now: Script) => now.reasons.filter(one => one.step !== step || one.rule !== rule)
  const given: WarningReason[] = reason.trim() === '' ? [] : [{ step, rule, reason: reason.trim() }]
  change(`reason ${step} ${rule}`, now => ({ ...now, reasons: [...rest(now), ...given] }))
}
