import { nextTick } from 'vue'
import { command, commandIn, type Command } from '../ui/commands.ts'
import { release, take, unmerge } from './acts.ts'
import { isReady, sendAnswer, writeInFull } from './answering.ts'
import { dialog, type Shown } from './dialogs.ts'
import { words } from './drafts.ts'
import { goToList, goToQuestion, goToRouting, openId } from './place.ts'
import { may, question } from './question.ts'
import { LIST, choose, chosenQuestion, dropFilters, filters, isFiltered, questions } from './queue.ts'

/** The ids of the places that the keyboard goes between. */
export const READING = 'question-reading'
export const SAY_BOX = 'question-say'
export const ENTRY_BOX = 'question-entry'
export const ANSWER = 'question-answer'
export const FILTERS = { state: 'filter-state', department: 'filter-department', category: 'filter-category' }

export const focusOn = (id: string): void => document.getElementById(id)?.focus({ preventScroll: true })
const show = (name: Exclude<Shown['name'], 'merge'>) => () => (dialog.value = { name })

/** Enter and the arrows belong to whatever has the focus; they move the list while nothing else wants them. */
const isOnList = () =>
  [null, document.body, document.getElementById(LIST)].includes(document.activeElement as never)
const canMove = () => questions.value.length > 0 && isOnList()

/** Chooses the next question, and opens it when one is open. */
function move(step: number): void {
  choose(step)
  if (openId.value !== null && chosenQuestion.value) goToQuestion(chosenQuestion.value.id)
}

async function open(): Promise<void> {
  if (chosenQuestion.value) goToQuestion(chosenQuestion.value.id)
  await nextTick()
  focusOn(READING)
}

/** From a box or the question back to the list. */
async function back(): Promise<void> {
  const isWriting = document.getElementById(ANSWER)?.contains(document.activeElement) === true
  if (isWriting) return focusOn(READING)
  goToList()
  await nextTick()
  focusOn(LIST)
}

/** Turns to one way of answering, with the cursor where it is written. */
async function answer(mode: 'new' | 'existing'): Promise<void> {
  words.mode = mode
  await nextTick()
  const box = document.getElementById(mode === 'new' ? SAY_BOX : ENTRY_BOX)
  box?.focus()
  box?.scrollIntoView?.({ block: 'nearest' })
}

function merge(event?: KeyboardEvent): void {
  const into = question.value?.candidates[Number(event?.key.normalize('NFKC')) - 1]
  if (into) dialog.value = { name: 'merge', into }
}

const review = () => question.value?.answer?.reviewId ?? undefined
const mayAnswer = () => may('answer')
const inAnswer = () => mayAnswer() && isReady.value

const moving = { repeats: true, keyboardOnly: true, when: canMove }

const finding: Command[] = [
  command('find', 'down', ['arrowdown'], () => move(1), {
    ...moving,
    shownKeys: ['↑', '↓'],
    foot: true,
  }),
  command('find', 'up', ['arrowup'], () => move(-1), {
    ...moving,
    shownKeys: [],
  }),
  command('find', 'open', ['enter'], open, { keyboardOnly: true, foot: true, when: canMove }),
  command('find', 'nextQuestion', ['j'], () => move(1), {
    repeats: true,
    when: () => questions.value.length > 1,
  }),
  command('find', 'lastQuestion', ['k'], () => move(-1), {
    repeats: true,
    when: () => questions.value.length > 1,
  }),
  command('find', 'backToQuestions', ['escape'], back, { inField: true, foot: true, keyboardOnly: true }),
  command('find', 'filterState', ['s'], () => focusOn(FILTERS.state)),
  command('find', 'filterDepartment', ['g'], () => focusOn(FILTERS.department)),
  command('find', 'filterCategory', ['c'], () => focusOn(FILTERS.category)),
  command('find', 'filterMine', ['o'], () => (filters.mine = !filters.mine), { foot: true }),
  command('find', 'dropFilters', ['shift+c'], dropFilters, { when: () => isFiltered.value }),
  command('page', 'questionRouting', ['w'], goToRouting),
]

const acting: Command[] = [
  command('answer', 'takeQuestion', ['t'], take, { when: () => may('taking'), foot: true }),
  command('answer', 'releaseQuestion', ['shift+t'], release, { when: () => may('releasing'), foot: true }),
  command('answer', 'answerQuestion', ['a'], () => answer('new'), { when: mayAnswer, foot: true }),
  command('answer', 'pointToEntry', ['e'], () => answer('existing'), { when: mayAnswer, foot: true }),
  command('answer', 'writeInFull', ['d'], writeInFull, { when: mayAnswer, foot: true }),
  command('answer', 'sendAnswer', ['ctrl+enter'], sendAnswer, { when: inAnswer, inField: true, foot: true }),
  command('answer', 'routeQuestion', ['r'], show('routing'), { when: () => may('routing') }),
  command('answer', 'askForFacts', ['f'], show('return'), { when: () => may('return') }),
  command('answer', 'refuseQuestion', ['x'], show('refusal'), { when: () => may('refusal') }),
  command('answer', 'addFacts', ['b'], show('facts'), { when: () => may('facts'), foot: true }),
  command('answer', 'mergeQuestion', ['1', '2', '3', '4', '5'], merge, {
    shownKeys: ['1–5'],
    keyboardOnly: true,
    foot: true,
    when: () => may('merge') && (question.value?.candidates.length ?? 0) > 0,
  }),
  command('answer', 'unmergeQuestion', ['u'], () => question.value && unmerge(question.value.id), {
    when: () => may('unmerge'),
    foot: true,
  }),
  command('answer', 'answerReview', ['v'], () => location.assign(`/reviews/${review()}`), {
    when: () => review() !== undefined,
    foot: true,
  }),
]

/** Everything one can do with the questions. */
export const questionCommands: readonly Command[] = [...acting, ...finding]

/** A command of this screen by its id. */
export const questionCommand = (id: string): Command => commandIn(questionCommands, id)
