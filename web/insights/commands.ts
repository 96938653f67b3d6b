import { command, type Command } from '../ui/commands.ts'
import { PAGES, goToPage, page, seesAll, type InsightPage } from './place.ts'
import { choosing, download, offered } from './tables.ts'
import { asTable } from './view.ts'

/** The ids of what the keyboard goes to: the filters of every page. */
export const PERIOD = 'insights-period'
export const CATEGORY = 'insights-category'
export const DEPARTMENT = 'insights-department'

export const focusOn = (id: string): void => document.getElementById(id)?.focus()

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9']
const digitOf = (event?: KeyboardEvent): number => Number(event?.key.normalize('NFKC'))
const pageOf = (event?: KeyboardEvent): InsightPage | undefined => PAGES[digitOf(event) - 1]

/** Having a table of the page as a file: first which, then its figure. */
const downloads: readonly Command[] = [
  command('insight', 'insightDownload', ['x'], () => (choosing.value = true), {
    foot: true,
    when: () => offered.value.length > 0,
  }),
  command('insight', 'downloadTable', DIGITS, event => download(digitOf(event) - 1), {
    inDialog: true,
    sharesKeys: true,
    keyboardOnly: true,
    shownKeys: [],
    when: () => choosing.value,
  }),
]

/** What can be done on each page of this screen. `filters`: the ids of the filters it has beside the period. */
export const sharedCommands = (filters: readonly string[]): Command[] => [
  command(
    'insight',
    'insightPages',
    PAGES.map((_one, index) => String(index + 1)),
    event => goToPage(pageOf(event) ?? 'gaps'),
    {
      shownKeys: [`1–${PAGES.length}`],
      keyboardOnly: true,
      foot: true,
    },
  ),
  command('insight', 'insightPeriod', ['p'], () => focusOn(PERIOD), { foot: true }),
  ...(filters.includes(CATEGORY)
    ? [command('insight', 'insightCategory', ['c'], () => focusOn(CATEGORY), { foot: true })]
    : []),
  command('insight', 'insightDepartment', ['d'], () => focusOn(DEPARTMENT), {
    foot: true,
    when: () => seesAll.value && page.value !== 'scripts',
  }),
  command('insight', 'insightTables', ['t'], () => (asTable.value = !asTable.value), { foot: true }),
  ...downloads,
]
