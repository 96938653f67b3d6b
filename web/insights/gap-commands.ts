import { command, commandIn, type Command } from '../ui/commands.ts'
import { CATEGORY, DEPARTMENT, PERIOD, focusOn, sharedCommands } from './commands.ts'
import { ask, makeQuestion, restore } from './decisions.ts'
import { choose, chosenGap, gaps, refilter, showsIgnored } from './gaps.ts'

/** The ids of the list and of what is read beside it. */
export const LIST = 'gap-list'
export const READING = 'gap-reading'

const focused = () => document.activeElement
/** Enter and the arrows belong to whatever has the focus; they move the list while nothing else wants them. */
const isOnList = () => [null, document.body, document.getElementById(LIST)].includes(focused() as never)
const canMove = () => gaps.value.length > 0 && isOnList()
const moving = { repeats: true, keyboardOnly: true, when: canMove }
/** Whether Esc means the way back to the list: from a filter or from what is read. */
const isAside = () =>
  [CATEGORY, DEPARTMENT, PERIOD].includes(focused()?.id ?? '') ||
  document.getElementById(READING)?.contains(focused()) === true

function turnIgnored(): void {
  showsIgnored.value = !showsIgnored.value
  void refilter()
}

function openQuestion(): void {
  const id = chosenGap.value?.question?.id
  if (id !== undefined) location.assign(`/questions/${id}`)
}

/** Everything one can do with the gap board. */
export const gapCommands: readonly Command[] = [
  command('insight', 'down', ['arrowdown', 'j'], () => choose(1), {
    ...moving,
    shownKeys: ['↑', '↓'],
    foot: true,
  }),
  command('insight', 'up', ['arrowup', 'k'], () => choose(-1), { ...moving, shownKeys: [] }),
  command('insight', 'readGap', ['enter'], () => focusOn(READING), {
    keyboardOnly: true,
    foot: true,
    when: canMove,
  }),
  command('insight', 'backToList', ['escape'], () => focusOn(LIST), {
    inField: true,
    keyboardOnly: true,
    when: isAside,
  }),
  command('insight', 'makeQuestion', ['q'], makeQuestion, {
    foot: true,
    when: () => chosenGap.value !== undefined && chosenGap.value.question === null,
  }),
  command('insight', 'openQuestion', ['o'], openQuestion, {
    foot: true,
    when: () => chosenGap.value?.question != null,
  }),
  command('insight', 'assignGap', ['a'], () => ask('assign'), {
    foot: true,
    when: () => chosenGap.value !== undefined,
  }),
  command('insight', 'ignoreGap', ['i'], () => ask('ignore'), {
    foot: true,
    when: () => chosenGap.value?.isIgnored === false,
  }),
  command('insight', 'restoreGap', ['r'], restore, {
    foot: true,
    when: () => chosenGap.value?.isIgnored === true,
  }),
  command('insight', 'ignoredGaps', ['v'], turnIgnored, { foot: true }),
  ...sharedCommands([CATEGORY]),
]

/** A command of the board by its id. */
export const gapCommand = (id: string): Command => commandIn(gapCommands, id)
