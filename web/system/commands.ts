import { nextTick } from 'vue'
import { complain } from '../api/index.ts'
import { command, type Command } from '../ui/commands.ts'
import { sendAgain, sending, setAside } from './system.ts'

/** The rows as the keyboard knows them: the title in each. */
const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('.set-aside [data-row]')]
const rowOf = (element: Element | null) => element?.closest('tr')?.querySelector<HTMLElement>('[data-row]')
const at = () => rows().findIndex(row => row === rowOf(document.activeElement))

function move(step: number): void {
  const list = rows()
  list[Math.max(0, Math.min(at() + step, list.length - 1))]?.focus()
}

/** Has the document of a row sent once more; the focus stays in the list when its row goes. */
export async function sendRow(id: number): Promise<void> {
  const place = setAside.value.findIndex(one => one.id === id)
  await complain(() => sendAgain(id))
  await nextTick()
  if (!document.activeElement || document.activeElement === document.body) {
    const left = rows()
    const next = left[Math.min(place, left.length - 1)] ?? document.getElementById(HEADING)
    next?.focus()
  }
}

function sendChosen(): void {
  const one = setAside.value[at()]
  if (one) void sendRow(one.id)
}

/** The id of the heading over the list. */
export const HEADING = 'set-aside-heading'

const isOnPage = () => at() >= 0 || document.activeElement === document.body
const moving = { repeats: true, keyboardOnly: true, when: () => setAside.value.length > 0 && isOnPage() }

/** Everything one can do on this screen. */
export const systemCommands: readonly Command[] = [
  command('system', 'down', ['arrowdown', 'j'], () => move(1), {
    ...moving,
    shownKeys: ['↑', '↓'],
    foot: true,
  }),
  command('system', 'up', ['arrowup', 'k'], () => move(-1), { ...moving, shownKeys: [] }),
  command('system', 'sendAgain', ['t'], sendChosen, {
    foot: true,
    keyboardOnly: true,
    when: () => at() >= 0 && sending.value === undefined,
  }),
]
