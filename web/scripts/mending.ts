import { computed, shallowRef } from 'vue'
import type { Finding } from '#server/contract/script-views.ts'
import { lineAt, withText, type Spot } from './editing.ts'
import { findings, findingsAt, isOpen } from './findings.ts'
import { branchId, edit, fieldId, focusControl, focused, focusLine, script, shownStep } from './writing.ts'

/** What names a finding from one check to the next. */
export const nameOf = ({ step, branch, line, field, rule, quote }: Finding): string =>
  JSON.stringify([step, branch, line, field, rule, quote])

/** The finding one was led to; undefined when it is gone. */
const chosen = shallowRef<string>()
/** The finding that keys act on: the one that was gone to, else the first of the line that has the focus. */
export const current = computed<Finding | undefined>(() => {
  const gone = findings.value.find(one => nameOf(one) === chosen.value)
  if (gone) return gone
  return focused.value && findingsAt(focused.value).find(isOpen)
})
export const isCurrent = (finding: Finding): boolean => current.value !== undefined && nameOf(current.value) === nameOf(finding)

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
}

/** Goes to a line, branch or field; false when it is a step as a whole, which then is shown. */
export async function goToPlace(place: Pick<Finding, 'step' | 'branch' | 'line' | 'field' | 'quote'>): Promise<boolean> {
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

/** Whether a finding says what would pass in place of the words it blames. */
export const canMend = (finding: Finding | undefined): boolean =>
  finding?.instead !== undefined && finding.line !== undefined

/** Puts what would pass in place of the words that are blamed, or of the line where no words are. */
export function mend(finding: Finding): void {
  const { step, branch, line, quote, instead } = finding
  if (instead === undefined || line === undefined) return
  const spot = { step, branch, line }
  void edit(now => {
    const text = lineAt(now, spot)?.text ?? ''
    const at = quote === undefined ? -1 : text.indexOf(quote)
    const mended = at < 0 ? instead : text.slice(0, at) + instead + text.slice(at + (quote ?? '').length)
    const caret = at < 0 ? instead.length : at + instead.length
    return { script: withText(now, spot, mended), spot, caret }
  })
}

/** The finding whose reason is being written. */
export const explaining = shallowRef<string>()
export function explain(finding: Finding): void {
  explaining.value = nameOf(finding)
  void focusControl(`${noteId(finding)}-reason`)
}

