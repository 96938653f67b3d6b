import { draftCommandsOf, mergeCommandsOf } from '../drafts/merging.ts'
import { command, type Command } from '../ui/commands.ts'
import { turnAside } from './aside.ts'
import { beginBranch, isOnBranch, moveFocusedBranch } from './branching.ts'
import { addLine, moveLine, turnOptional, turnSpeaker, type Spot } from './editing.ts'
import { findings, isOpen } from './findings.ts'
import { guideOpen } from './guide-open.ts'
import { canMend, current, explain, mend, stepThrough } from './mending.ts'
import { LIST, go } from './place.ts'
import { goToStep } from './steps.ts'
import { lookOnce, maySend, send, submit } from './submission.ts'
import {
  change,
  edit,
  focused,
  lineId,
  mayEdit,
  merge,
  merging,
  redo,
  revision,
  script,
  selection,
  session,
  shownStep,
  undoLast,
} from './writing.ts'

const isShown = () => script.value !== undefined && !merging.value
const writes = () => mayEdit.value && isShown()
const onLine = () => writes() && focused.value !== undefined
const inField = { inField: true, when: writes }
const atLine = { inField: true, when: onLine }
/** The same keys move a branch where its own box has the focus, and none of its lines. */
const atBranch = {
  inField: true,
  repeats: true,
  keyboardOnly: true,
  sharesKeys: true,
  when: () => writes() && isOnBranch(),
}
const withFocused = (how: (spot: Spot) => unknown) => () => focused.value && how(focused.value)

const STEP_KEYS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(digit => `alt+${digit}`)
const digitOf = (event?: KeyboardEvent) => Number(/\d/u.exec(event?.code ?? '')?.[0] ?? event?.key)
const move = (by: 1 | -1) => withFocused(spot => edit(now => moveLine(now, spot, by, selection()[0])))

/** The steps one by one, for the palette: the keys lead there without it. */
const toStep = (number: number): Command =>
  command('entry', `step${number}`, [], () => goToStep(number), { inField: true, when: isShown })

/** What can be done about the lines and branches of a step. */
const lineCommands: readonly Command[] = [
  command('entry', 'lineUp', ['alt+arrowup'], move(-1), {
    ...atLine,
    repeats: true,
    foot: 'typing',
    shownKeys: ['Alt', '↑', '↓'],
    keyboardOnly: true,
  }),
  command('entry', 'lineDown', ['alt+arrowdown'], move(1), {
    ...atLine,
    repeats: true,
    shownKeys: [],
    keyboardOnly: true,
  }),
  command('entry', 'branchUp', ['alt+arrowup'], () => moveFocusedBranch(-1), {
    ...atBranch,
    foot: 'typing',
    shownKeys: ['Alt', '↑', '↓'],
  }),
  command('entry', 'branchDown', ['alt+arrowdown'], () => moveFocusedBranch(1), {
    ...atBranch,
    shownKeys: [],
  }),
  command(
    'entry',
    'lineSpeaker',
    ['alt+s'],
    withFocused(spot => change(`speaker ${lineId(spot)}`, now => turnSpeaker(now, spot))),
    { ...atLine, foot: 'typing' },
  ),
  command(
    'entry',
    'lineOptional',
    ['alt+o'],
    withFocused(spot => change(`optional ${lineId(spot)}`, now => turnOptional(now, spot))),
    { ...atLine, foot: 'typing' },
  ),
  command('entry', 'addBranch', ['alt+b'], beginBranch, {
    ...inField,
    foot: true,
    when: () => writes() && shownStep.value > 0,
  }),
  command('entry', 'addLine', ['alt+l'], () => edit(now => addLine(now, { step: shownStep.value })), {
    ...inField,
    when: () => writes() && shownStep.value > 0,
  }),
  command('entry', 'undo', ['ctrl+z'], undoLast, { ...inField, repeats: true }),
  command('entry', 'redo', ['ctrl+shift+z', 'ctrl+y'], redo, { ...inField, repeats: true }),
]

const hasOpen = () => isShown() && findings.value.some(isOpen)

/** What can be done about what the checks found. */
const findingCommands: readonly Command[] = [
  command('entry', 'nextFinding', ['f8'], () => stepThrough(1), { inField: true, foot: true, when: hasOpen }),
  command('entry', 'previousFinding', ['shift+f8'], () => stepThrough(-1), { inField: true, when: hasOpen }),
  command('entry', 'mendFinding', ['alt+enter'], () => current.value && mend(current.value), {
    inField: true,
    foot: true,
    when: () => writes() && canMend(current.value),
  }),
  command('entry', 'explainFinding', ['alt+r'], () => current.value && explain(current.value), {
    inField: true,
    foot: true,
    when: () => writes() && current.value?.severity === 'warning',
  }),
]

/** What can be done while a script is built. */
export const builderCommands: readonly Command[] = [
  command('entry', 'scriptSteps', STEP_KEYS, event => goToStep(digitOf(event)), {
    inField: true,
    foot: true,
    keyboardOnly: true,
    shownKeys: ['Alt', '0–9'],
    when: isShown,
  }),
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map(toStep),
  ...findingCommands,
  command('entry', 'insertQuote', [], () => undefined, {
    inField: true,
    foot: 'typing',
    shownKeys: ['/'],
    keyboardOnly: true,
    when: onLine,
  }),
  command('entry', 'insertVariable', [], () => undefined, {
    inField: true,
    foot: 'typing',
    shownKeys: ['{'],
    keyboardOnly: true,
    when: onLine,
  }),
  ...lineCommands,
  ...draftCommandsOf(session, merge),
  command('entry', 'submit', ['ctrl+enter'], () => (lookOnce.value ? send() : submit()), {
    ...inField,
    foot: true,
    inDialog: true,
    when: () => writes() && (!lookOnce.value || maySend.value),
  }),
  command('entry', 'guide', ['alt+g'], () => (guideOpen.value = !guideOpen.value), {
    inField: true,
    when: isShown,
  }),
  command('entry', 'turnAside', ['alt+p'], turnAside, { inField: true, foot: true, when: isShown }),
  command(
    'entry',
    'history',
    ['alt+h'],
    () => revision.value && location.assign(`/entries/${revision.value.entryId}/history`),
    { inField: true },
  ),
  command('entry', 'leaveBuilder', ['escape'], leave, {
    inField: true,
    foot: true,
    when: () => !merging.value,
  }),
]

/** What can be done while two texts become one. */
export const mergeCommands = mergeCommandsOf(merge)

/** Out of the field first, then to the list. */
function leave(): void {
  const on = document.activeElement
  if (on instanceof HTMLElement && on !== document.body) {
    focused.value = undefined
    return on.blur()
  }
  go(LIST)
}
