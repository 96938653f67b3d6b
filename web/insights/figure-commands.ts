import { watch } from 'vue'
import { command, type Command } from '../ui/commands.ts'
import { CATEGORY, DEPARTMENT, PERIOD, sharedCommands } from './commands.ts'

/** The numbers of the page as the keyboard knows them: buttons in rows. */
const lines = (): HTMLElement[][] =>
  [...document.querySelectorAll<HTMLElement>('.figures [data-line]')].map(line => [
    ...line.querySelectorAll<HTMLElement>('[data-cell]'),
  ])
/** What is behind a number, one below the other. */
const behind = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('.behind [data-behind]')]

const focused = () => document.activeElement as HTMLElement | null
const isOnCell = () => focused()?.dataset.cell !== undefined
const isBehind = () => focused()?.dataset.behind !== undefined
const isAside = () => focused()?.closest('.behind') != null || isOnFilter()
const isNowhere = () => focused() === null || focused() === document.body
const isOnFilter = () => [PERIOD, CATEGORY, DEPARTMENT].includes(focused()?.id ?? '')

/** The last number that had the focus: where one comes back to. */
let last: HTMLElement | undefined

function enter(cell: HTMLElement | undefined): void {
  last = cell ?? last
  cell?.focus()
}

/** Goes so many rows down and columns to the right, and no further than there are any. */
function move(down: number, right: number): void {
  const list = behind()
  if (isBehind()) return list[within(list.indexOf(focused()!) + down, list)]?.focus()
  const all = lines().filter(line => line.length > 0)
  const row = all.findIndex(line => line.includes(focused()!))
  if (row < 0) return enter(all[0]?.[0])
  const column = all[row]!.indexOf(focused()!) + right
  const line = all[within(row + down, all)]!
  enter(line[within(column, line)])
}

const within = (index: number, list: readonly unknown[]) => Math.max(0, Math.min(index, list.length - 1))

/** Shows what is behind the number, and goes there once it is read. */
function lookBehind(): void {
  last = focused() ?? last
  focused()?.click()
}

function back(): void {
  enter(last?.isConnected ? last : lines().flat()[0])
}

/** Gives the focus to the first number once there are any, unless one went elsewhere meanwhile. Returns what stops it. */
export const enterOnce = (isThere: () => boolean): (() => void) =>
  watch(isThere, there => there && isNowhere() && lines().flat()[0]?.focus({ preventScroll: true }), {
    immediate: true,
    flush: 'post',
  })

/** Gives the focus to the first of what is behind a number, unless one went elsewhere meanwhile. */
export function enterBehind(): void {
  if (isOnCell()) behind()[0]?.focus()
}

const moving = { repeats: true, keyboardOnly: true }

/** How one goes between the numbers, behind them, and back. */
const moves: readonly Command[] = [
  command('insight', 'figureDown', ['arrowdown', 'j'], () => move(1, 0), {
    ...moving,
    shownKeys: ['↑', '↓', '←', '→'],
    foot: true,
    when: () => isOnCell() || isBehind() || isNowhere(),
  }),
  command('insight', 'up', ['arrowup', 'k'], () => move(-1, 0), {
    ...moving,
    shownKeys: [],
    when: () => isOnCell() || isBehind(),
  }),
  command('insight', 'figureRight', ['arrowright'], () => move(0, 1), {
    ...moving,
    shownKeys: [],
    when: isOnCell,
  }),
  command('insight', 'figureLeft', ['arrowleft'], () => move(0, -1), {
    ...moving,
    shownKeys: [],
    when: isOnCell,
  }),
  command('insight', 'lookBehind', ['enter'], lookBehind, {
    keyboardOnly: true,
    foot: true,
    when: isOnCell,
  }),
  command('insight', 'backToFigures', ['escape'], back, {
    inField: true,
    keyboardOnly: true,
    foot: true,
    when: isAside,
  }),
]

/** What can be done with the numbers of a page. `more`: what that page has beside. */
export const figureCommands = (filters: readonly string[], more: readonly Command[] = []): Command[] => [
  ...moves,
  ...more,
  ...sharedCommands(filters),
]
