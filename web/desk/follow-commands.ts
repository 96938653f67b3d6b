import { command, type Command } from '../ui/commands.ts'
import {
  canFollow,
  follow,
  keysFollow,
  openNote,
  stopFollowing,
  toBranch,
  toLast,
  toNext,
  toStep,
  turnSteps,
} from './follow-actions.ts'
import { askedHere, openGaps } from './gap-filling.ts'
import { WRAP, branch, following, spot, step, stepsOpen, target } from './following.ts'
import { copyNotes, withdrawn } from './withdrawn.ts'

const DIGITS = [1, 2, 3, 4, 5, 6, 7, 8, 9]
/** Some of these keys mean something else while the step has not the focus; what `when` says keeps the two apart. */
const shared = { sharesKeys: true, keyboardOnly: true }
/** Enter and the space bar belong to a button that has the focus. */
const onButton = () => document.activeElement?.matches('button, a, summary') === true
const inStep = () => keysFollow() && !stepsOpen.value
const hasBranches = () => (step.value?.branches.length ?? 0) > 0

export const digitOf = (event?: KeyboardEvent): number =>
  Number(/\d/u.exec(event?.code ?? '')?.[0] ?? event?.key.normalize('NFKC'))

/** What can be done while a script is followed. */
export const followCommands: readonly Command[] = [
  command('script', 'follow', ['h'], follow, { foot: true, when: canFollow }),
  command('script', 'followInBox', ['alt+h'], follow, {
    keyboardOnly: true,
    inField: true,
    foot: 'typing',
    when: canFollow,
  }),
  command('script', 'nextStep', [' ', 'enter', 'arrowright'], toNext, {
    ...shared,
    shownKeys: ['Space'],
    foot: true,
    when: () => inStep() && target.value !== undefined && !onButton(),
  }),
  command('script', 'lastStep', ['arrowleft'], toLast, {
    keyboardOnly: true,
    foot: true,
    when: () => inStep() && (following.value?.trail.length ?? 0) > 1,
  }),
  command('script', 'takeBranch', DIGITS.map(String), event => toBranch(digitOf(event) - 1), {
    ...shared,
    shownKeys: ['1–9'],
    foot: true,
    when: () => inStep() && hasBranches(),
  }),
  command(
    'script',
    'jumpToStep',
    DIGITS.map(digit => `alt+${digit}`),
    event => toStep(digitOf(event)),
    {
      ...shared,
      shownKeys: ['Alt', '1–9'],
      foot: true,
      when: keysFollow,
    },
  ),
  command('script', 'steps', ['l'], turnSteps, { foot: true, when: keysFollow }),
  command('script', 'stepNote', ['j'], openNote, {
    foot: true,
    when: () => inStep() && spot.value?.step !== 'end',
  }),
  command('script', 'copyNotes', ['j'], copyNotes, {
    sharesKeys: true,
    foot: true,
    when: () => !keysFollow() && (withdrawn.value?.notes.length ?? 0) > 0,
  }),
  command('script', 'fillGaps', ['t'], openGaps, {
    foot: true,
    when: () => inStep() && askedHere.value.length > 0,
  }),
  command('script', 'wrapCode', ['z'], () => document.getElementById(WRAP)?.focus(), {
    foot: true,
    when: () => keysFollow() && spot.value?.step === 'end',
  }),
  command('script', 'leaveScript', ['shift+h'], stopFollowing, { when: () => following.value !== null }),
]

/** Whether the branch with this index is the one that is answered. */
export const isTaken = (index: number): boolean =>
  branch.value !== undefined && step.value?.branches[index] === branch.value
