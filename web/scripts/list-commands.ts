import { command, type Command } from '../ui/commands.ts'
import { beginRevision } from './beginning.ts'
import { chosen, open } from './lists.ts'
import { NEW, go, place } from './place.ts'

/** The ids of the places that the keyboard goes between. */
export const ROWS = 'scripts-list'
export const BOX = 'scripts-box'

const goTo = (id: string) => document.getElementById(id)?.focus({ preventScroll: true })

/** Whether ↓ and Enter mean the list: outside text, or in the box above it. */
const inListOrBox = () => {
  const on = document.activeElement
  return on === null || on === document.body || on.id === ROWS || on.id === BOX
}

function move(by: number): void {
  chosen.move(by)
  goTo(ROWS)
}

const isList = () => place.value.page === 'list'
const moving = { inField: true, repeats: true, keyboardOnly: true, when: () => isList() && inListOrBox() }
const chosenScript = () => (chosen.row.value?.of === 'script' ? chosen.row.value.id : undefined)

/** What can be done with the list of scripts. */
export const listCommands: readonly Command[] = [
  command('find', 'findScript', ['/'], () => goTo(BOX), { foot: true }),
  command('find', 'down', ['arrowdown'], () => move(1), { ...moving, shownKeys: ['↑', '↓'], foot: true }),
  command('find', 'up', ['arrowup'], () => move(-1), { ...moving, shownKeys: [] }),
  command('find', 'open', ['enter'], () => chosen.row.value && open(chosen.row.value), {
    inField: true,
    foot: true,
    keyboardOnly: true,
    when: () => inListOrBox() && chosen.row.value !== undefined,
  }),
  command('find', 'backToList', ['escape'], () => goTo(ROWS), {
    inField: true,
    keyboardOnly: true,
    when: inListOrBox,
  }),
  command('entry', 'newScript', ['n'], () => go(NEW), { foot: true }),
  command('entry', 'reviseScript', ['o'], () => chosenScript() && beginRevision(chosenScript()!), {
    foot: true,
    when: () => chosenScript() !== undefined,
  }),
]
