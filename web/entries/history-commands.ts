import { command, type Command } from '../ui/commands.ts'
import { beginRevision } from './actions.ts'
import { dialog } from './dialogs.ts'
import { chosen, compareWithChosen, history } from './history.ts'
import { addressOf, go, writingAddress } from './place.ts'

/** The id of the list of revisions. */
export const HISTORY = 'history-list'

const WRITABLE: readonly string[] = ['draft', 'returned', 'in_review']
const isInForce = () => history.value?.revisions.some(one => one.state === 'in_force') === true

/** What can be done with the history of an entry. */
export const historyCommands = (id: number): readonly Command[] => [
  command('find', 'down', ['arrowdown'], () => chosen.move(1), {
    repeats: true,
    keyboardOnly: true,
    foot: true,
    shownKeys: ['↑', '↓'],
  }),
  command('find', 'up', ['arrowup'], () => chosen.move(-1), {
    repeats: true,
    keyboardOnly: true,
    shownKeys: [],
  }),
  command('entry', 'compareWith', ['b'], compareWithChosen, {
    foot: true,
    when: () => (history.value?.revisions.length ?? 0) > 1,
  }),
  command('find', 'open', ['enter'], () => chosen.row.value && go(writingAddress(chosen.row.value.id)), {
    foot: true,
    keyboardOnly: true,
    when: () => WRITABLE.includes(chosen.row.value?.state ?? ''),
  }),
  command('entry', 'revise', ['o'], () => beginRevision(id), {
    foot: true,
    when: () => history.value !== undefined,
  }),
  command('entry', 'retire', ['x'], () => (dialog.value = 'retire'), { foot: true, when: isInForce }),
  command('entry', 'toEntries', ['escape'], () => go(addressOf('mine')), { foot: true }),
]
