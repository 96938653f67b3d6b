import { PRINCIPLES } from '#server/contract/script-use.ts'
import { command, commandIn, type Command } from '../ui/commands.ts'
import { beginPractice, finish, toList } from './acts.ts'
import { goToScript } from './place.ts'
import { choose, chosen, chosenId, scripts, seesAll, showsAll } from './practices.ts'
import { chooseWay, goOn, isOver, run, script, turn, turnPrinciple } from './run.ts'

/** The ids of what the keyboard goes to. */
export const LIST = 'practice-list'
export const NOTE = 'practice-note'

const focused = () => document.activeElement
/** Enter and the arrows belong to whatever has the focus; they act while nothing else wants them. */
const isOnList = () => [null, document.body, document.getElementById(LIST)].includes(focused() as never)
const onButton = () => focused()?.matches('button, a, summary, input') === true
const moving = { repeats: true, keyboardOnly: true, when: () => scripts.value.length > 0 && isOnList() }
const digitOf = (event?: KeyboardEvent): number =>
  Number(/\d/u.exec(event?.code ?? '')?.[0] ?? event?.key.normalize('NFKC'))

/** What can be done in the list of scripts. */
export const listCommands: readonly Command[] = [
  command('practice', 'nextScript', ['arrowdown', 'j'], () => choose(1), {
    ...moving,
    shownKeys: ['↑', '↓'],
    foot: true,
  }),
  command('practice', 'lastScript', ['arrowup', 'k'], () => choose(-1), { ...moving, shownKeys: [] }),
  command('practice', 'openPractice', ['enter'], () => goToScript(chosenId.value), {
    foot: true,
    when: () => chosen.value !== undefined && isOnList(),
  }),
  command('practice', 'everyonesRuns', ['a'], () => (showsAll.value = !showsAll.value), {
    foot: true,
    when: () => seesAll.value,
  }),
]

const going = () => run.value !== null && !isOver.value
const checking = () => run.value !== null && isOver.value
const canGoOn = () =>
  going() && (turn.value?.kind !== 'fork' || run.value?.choices[run.value.at] !== undefined) && !onButton()
const waysOpen = () =>
  going() && turn.value?.kind === 'fork' && run.value?.choices[run.value.at] === undefined

/** Principles by figure: 1–9, and 0 for the tenth. */
const PRINCIPLE_KEYS = PRINCIPLES.map((_one, index) => String((index + 1) % 10))

/** What can be done while a script is practised, and in the self-check at its end. */
export const runCommands: readonly Command[] = [
  command('practice', 'practiceOn', [' ', 'enter', 'arrowright'], goOn, {
    shownKeys: ['Space'],
    foot: true,
    when: canGoOn,
    sharesKeys: true,
  }),
  command('practice', 'chooseWay', PRINCIPLE_KEYS.slice(0, 9), event => chooseWay(digitOf(event) - 1), {
    shownKeys: ['1–9'],
    keyboardOnly: true,
    foot: true,
    when: waysOpen,
    sharesKeys: true,
  }),
  command('practice', 'principle', PRINCIPLE_KEYS, event => turnPrinciple((digitOf(event) + 9) % 10), {
    shownKeys: ['1–0'],
    keyboardOnly: true,
    foot: true,
    when: checking,
    sharesKeys: true,
  }),
  command('practice', 'practiceNote', ['t'], () => document.getElementById(NOTE)?.focus(), {
    foot: true,
    when: checking,
  }),
  command('practice', 'savePractice', ['ctrl+enter'], finish, { inField: true, foot: true, when: checking }),
  command('practice', 'practiceAnew', ['n'], () => script.value && beginPractice(script.value), {
    when: () => run.value !== null,
  }),
  command('practice', 'practiceBack', ['escape'], toList, { inField: true, foot: true }),
]

/** A command of this screen by its id. */
export const practiceCommand = (id: string): Command => commandIn([...listCommands, ...runCommands], id)
