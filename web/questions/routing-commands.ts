import { command, commandIn, type Command } from '../ui/commands.ts'
import { goToList } from './place.ts'
import { edited, isPolicyEdited, maySetPolicy, maySetRouting, policy, routings } from './routing.ts'

/** The rows of the matrix as the keyboard knows them: the button in each. */
const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('.routing-matrix [data-row]')]
const at = () => rows().indexOf(document.activeElement as HTMLElement)

function move(step: number): void {
  const list = rows()
  list[Math.max(0, Math.min(at() + step, list.length - 1))]?.focus()
}

const moving = {
  repeats: true,
  keyboardOnly: true,
  when: () => at() >= 0 || document.activeElement === document.body,
}

/** Everything one can do with who answers for what, and with what is promised. */
export const routingCommands: readonly Command[] = [
  command('find', 'down', ['arrowdown', 'j'], () => move(1), {
    ...moving,
    shownKeys: ['↑', '↓'],
    foot: true,
  }),
  command('find', 'up', ['arrowup', 'k'], () => move(-1), { ...moving, shownKeys: [] }),
  command('answer', 'editRoute', ['e'], () => (edited.value = routings.value[Math.max(0, at())]), {
    foot: true,
    when: () => maySetRouting.value && routings.value.length > 0,
  }),
  command('answer', 'editQuestionPolicy', ['p'], () => (isPolicyEdited.value = true), {
    foot: true,
    when: () => maySetPolicy.value && policy.value !== undefined,
  }),
  command('find', 'toQuestions', ['escape'], goToList, { foot: true }),
]

/** A command of this page by its id. */
export const routingCommand = (id: string): Command => commandIn(routingCommands, id)
