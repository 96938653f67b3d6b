import { command, commandIn, type Command } from '../ui/commands.ts'
import { addPolicy, edit, maySet, policies } from './policies.ts'

/** The rows of the table as the keyboard knows them: the button in each. */
const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('.policies [data-row]')]
const at = () => rows().indexOf(document.activeElement as HTMLElement)

function move(step: number): void {
  const list = rows()
  list[Math.max(0, Math.min(at() + step, list.length - 1))]?.focus()
}

function editRow(): void {
  const policy = policies.value[Math.max(0, at())]
  if (policy) edit(policy)
}

/** Arrows belong to whatever else has the focus. */
const mayMove = () => at() >= 0 || document.activeElement === document.body
const moving = { repeats: true, keyboardOnly: true, when: mayMove }

/** Everything one can do with the rules of review. */
export const policyCommands: readonly Command[] = [
  command('review', 'down', ['arrowdown', 'j'], () => move(1), {
    ...moving,
    shownKeys: ['↑', '↓'],
    foot: true,
  }),
  command('review', 'up', ['arrowup', 'k'], () => move(-1), { ...moving, shownKeys: [] }),
  command('review', 'editPolicy', ['e'], editRow, { foot: true, when: () => maySet.value }),
  command('review', 'addPolicy', ['n'], () => addPolicy(), { foot: true, when: () => maySet.value }),
]

/** A command of this screen by its id. */
export const policyCommand = (id: string): Command => commandIn(policyCommands, id)
