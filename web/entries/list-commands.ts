import { me } from '../api/index.ts'
import { command, type Command } from '../ui/commands.ts'
import { beginEntry, beginRevision, openMine, verify } from './actions.ts'
import { dialog } from './dialogs.ts'
import {
  choice,
  chosenEntry,
  chosenMine,
  chosenSource,
  chosenTask,
  chosenVerification,
  entryWords,
  showAt,
  shownList,
} from './lists.ts'
import { TABS, addressOf, go, historyAddress } from './place.ts'

/** The ids of the places that the keyboard goes between. */
export const LIST = 'entries-list'
export const BOX = 'entries-box'
export const SOURCE_BOX = 'sources-box'

const goTo = (id: string) => document.getElementById(id)?.focus({ preventScroll: true })
const hasEntry = () => chosenEntry.value !== undefined
const onEntry = (run: (id: number) => unknown) => () =>
  chosenEntry.value !== undefined && run(chosenEntry.value)

/** Only the committee replaces one source by another. */
const isCommittee = () => me.value?.roles.some(role => role === 'reviewer' || role === 'chair') === true

/** Whether ↓ and Enter mean the list: outside text, or in a box above it. */
const inListOrBox = () => {
  const focused = document.activeElement
  return focused === null || focused === document.body || [LIST, BOX, SOURCE_BOX].includes(focused.id)
}

function move(step: number): void {
  choice.value.move(step)
  goTo(LIST)
}

function open(): void {
  if (shownList.value === 'mine') return openMine()
  if (chosenEntry.value !== undefined) go(historyAddress(chosenEntry.value))
}

function back(): void {
  entryWords.value = ''
  goTo(LIST)
}

const moving = { inField: true, repeats: true, keyboardOnly: true, when: inListOrBox }
const tabOf = (event?: KeyboardEvent) => TABS[Number(/\d/u.exec(event?.code ?? '')?.[0] ?? event?.key) - 1]

function turnTo(event?: KeyboardEvent): void {
  const tab = tabOf(event)
  if (tab) showAt(addressOf(tab))
}

/** What can be done with the lists. */
export const listCommands: readonly Command[] = [
  command('find', 'findEntry', ['/'], () => goTo(BOX), { foot: true }),
  command('find', 'findSource', ['f'], () => goTo(SOURCE_BOX), {
    foot: true,
    when: () => shownList.value === 'sources',
  }),
  command('find', 'down', ['arrowdown'], () => move(1), { ...moving, shownKeys: ['↑', '↓'], foot: true }),
  command('find', 'up', ['arrowup'], () => move(-1), { ...moving, shownKeys: [] }),
  command('find', 'open', ['enter'], open, {
    inField: true,
    foot: true,
    keyboardOnly: true,
    when: () => inListOrBox() && choice.value.row.value !== undefined && shownList.value !== 'sources',
  }),
  command('find', 'tabs', ['1', '2', '3', '4'], turnTo, {
    shownKeys: ['1–4'],
    keyboardOnly: true,
    foot: true,
  }),
  command('find', 'backToList', ['escape'], back, {
    inField: true,
    keyboardOnly: true,
    when: () => inListOrBox(),
  }),
  command('entry', 'newEntry', ['n'], beginEntry, { foot: true }),
  command('entry', 'verify', ['v'], verify, {
    foot: true,
    when: () => shownList.value === 'verifications' && chosenVerification.row.value !== undefined,
  }),
  command('entry', 'revise', ['o'], onEntry(beginRevision), { foot: true, when: hasEntry }),
  command(
    'entry',
    'history',
    ['h'],
    onEntry(id => go(historyAddress(id))),
    { foot: true, when: hasEntry },
  ),
  command('review', 'withdraw', ['w'], () => (dialog.value = 'withdraw'), {
    foot: true,
    when: () => shownList.value === 'mine' && chosenMine.row.value?.state === 'in_review',
  }),
  command('entry', 'endTask', ['e'], () => (dialog.value = 'endTask'), {
    foot: true,
    when: () => shownList.value === 'tasks' && chosenTask.row.value !== undefined,
  }),
  command('entry', 'addSource', ['a'], () => (dialog.value = 'addSource'), {
    foot: true,
    when: () => shownList.value === 'sources',
  }),
  command('entry', 'supersede', ['s'], () => (dialog.value = 'supersede'), {
    foot: true,
    when: () =>
      shownList.value === 'sources' &&
      isCommittee() &&
      chosenSource.row.value !== undefined &&
      chosenSource.row.value.supersededBy === null,
  }),
]
