import { computed, nextTick, shallowRef } from 'vue'
import type { Finding } from '#server/contract/script-views.ts'
import { addLine, lineAt, withText, type Edited, type Spot } from './editing.ts'
import { findings, findingsAt, isOpen } from './findings.ts'
import type { Script } from './texts.ts'
import { branchId, edit, fieldId, focusControl, focused, focusLine, script, shownStep } from './writing.ts'

/** What names a finding from one check to the next. */
export const nameOf = ({ step, branch, line, field, rule, quote }: Finding): string =>
  JSON.stringify([step, branch, line, field, rule, quote])

/** The finding one was led to; undefined when it is gone. */
const chosen = shallowRef<string>()
/** The finding that keys act on, in the step that is shown: the one that was gone to, else the first of the line that has the focus. */
export const current = computed<Finding | undefined>(() => {
  const gone = findings.value.find(one => one.step === shownStep.value && nameOf(one) === chosen.value)
  if (gone) return gone
  return focused.value && findingsAt(focused.value).find(isOpen)
})
export const isCurrent = (finding: Finding): boolean =>
  current.value !== undefined && nameOf(current.value) === nameOf(finding)

/** Forgets what was gone to: the focus is elsewhere. */
export function leaveFinding(spot: Spot): void {
  const { step, branch, line } = current.value ?? {}
  if (step !== spot.step || branch !== spot.branch || line !== spot.line) chosen.value = undefined
}

/** The id of a finding's note on the page. */
export const noteId = (finding: Finding): string => `finding-${nameOf(finding)}`

/** Goes to a finding, in whatever step it is. */
export async function goToFinding(finding: Finding): Promise<void> {
  chosen.value = nameOf(finding)
  if (!(await goToPlace(finding))) await focusControl(noteId(finding))
  chosen.value = nameOf(finding)
  await nextTick()
  document.getElementById(noteId(finding))?.scrollIntoView?.({ block: 'nearest' })
}

/** Goes to a line, branch or field; false when it is a step as a whole, which then is shown. */
export async function goToPlace(
  place: Pick<Finding, 'step' | 'branch' | 'line' | 'field' | 'quote'>,
): Promise<boolean> {
  const { step, branch, line, field } = place
  shownStep.value = step
  if (line !== undefined) await focusLine({ step, branch, line }, lineEnd(place))
  else if (branch !== undefined) await focusControl(branchId(step, branch))
  else if (field !== undefined) await focusControl(fieldId(step, field))
  return line !== undefined || branch !== undefined || field !== undefined
}

/** The caret stands after the words that are blamed. */
function lineEnd({ step, branch, line = 0, quote = '' }: Parameters<typeof goToPlace>[0]): number {
  const text = (script.value && lineAt(script.value, { step, branch, line })?.text) ?? ''
  const at = text.indexOf(quote)
  return at < 0 ? text.length : at + quote.length
}

/** Goes to the next open finding, or the one before, round and round. */
export function stepThrough(by: 1 | -1): void {
  const open = findings.value.filter(isOpen)
  if (open.length === 0) return
  const at = open.findIndex(isCurrent)
  const from = at >= 0 ? at : by > 0 ? indexFromHere(open) - 1 : indexFromHere(open)
  const next = open[(from + by + open.length) % open.length]
  if (next) void goToFinding(next)
}

/** The first finding in the step that is shown or after it. */
function indexFromHere(open: readonly Finding[]): number {
  const at = open.findIndex(one => one.step >= shownStep.value)
  return at < 0 ? 0 : at
}

/** Whether a finding says what would pass, and the script can take it. */
export const canMend = (finding: Finding | undefined): boolean =>
  finding?.instead !== undefined && finding.field === undefined

/** How a finding is mended: words are replaced, or a line is added before another or at the end. */
export const mendingOf = ({ line, rule }: Finding): 'replace' | 'add' =>
  line === undefined || rule === 'safety.not-first' ? 'add' : 'replace'

/** Puts what would pass in the place of what is blamed, or in front of it where it only comes too late. */
export function mend(finding: Finding): void {
  const { step, branch, line, instead } = finding
  if (instead === undefined) return
  if (mendingOf(finding) === 'replace' && line !== undefined)
    return void edit(now => replaced(now, { step, branch, line }, finding))
  void edit(now => {
    const { script: added, spot } = addLine(now, { step, branch }, line)
    return { script: withText(added, spot, instead), spot, caret: instead.length }
  })
}

function replaced(now: Script, spot: Spot, { rule, quote = '', instead = '' }: Finding): Edited {
  const text = lineAt(now, spot)?.text ?? ''
  const [from, to] = rule.startsWith('quote.') ? wordsAt(text, quote) : clauseAround(text, quote)
  return {
    script: withText(now, spot, text.slice(0, from) + instead + text.slice(to)),
    spot,
    caret: from + instead.length,
  }
}

/** Where words stand in a text; all of it when they do not. */
function wordsAt(text: string, words: string): [number, number] {
  const at = words === '' ? -1 : text.indexOf(words)
  return at < 0 ? [0, text.length] : [at, at + words.length]
}

const PAUSE = /[，。！？；,!?;]/u

/** The clause in which words stand, without the signs around it: what would pass is a clause, too. */
export function clauseAround(text: string, words: string): [number, number] {
  let [from, to] = wordsAt(text, words)
  while (from > 0 && !PAUSE.test(text[from - 1] ?? '')) from -= 1
  while (to < text.length && !PAUSE.test(text[to] ?? '')) to += 1
  return [from, to]
}

/** The finding whose reason is being written. */
export const explaining = shallowRef<string>()
export function explain(finding: Finding): void {
  explaining.value = nameOf(finding)
  void focusControl(`${noteId(finding)}-reason`)
}
