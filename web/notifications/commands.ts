import { command, type Command } from '../ui/commands.ts'
import { digest, turnDay } from './digest.ts'
import { readAll, unread } from './notifications.ts'
import { FACES, face, isOpen } from './panel.ts'

/** Opens the panel from anywhere, also with the cursor in a text. */
export const openNotifications = command(
  'page',
  'notifications',
  ['alt+i'],
  () => {
    face.value = 'list'
    isOpen.value = true
  },
  { inField: true, foot: true },
)

/** The focusable rows of the panel. */
export const ROW = '.notification a, .notification .gone'

function move(step: number): void {
  const rows = [...document.querySelectorAll<HTMLElement>(ROW)]
  const at = rows.indexOf(document.activeElement as HTMLElement)
  rows[Math.min(Math.max(at + step, 0), rows.length - 1)]?.focus()
}

const inPanel = { inDialog: true, keyboardOnly: true }
const onDay = () => face.value === 'digest'
const turnTo = (event?: KeyboardEvent) => {
  const chosen = FACES[Number(event?.key) - 1]
  if (chosen) face.value = chosen
}

/** What can be done in the open panel; its keys mean nothing elsewhere, so the page's own commands may have the same. */
export const panelCommands: readonly Command[] = [
  command('page', 'notificationFaces', ['1', '2'], turnTo, inPanel),
  command('page', 'notificationDown', ['arrowdown', 'j'], () => move(1), { ...inPanel, repeats: true }),
  command('page', 'notificationUp', ['arrowup', 'k'], () => move(-1), { ...inPanel, repeats: true }),
  command('page', 'notificationsRead', ['a'], readAll, {
    ...inPanel,
    when: () => face.value === 'list' && unread.value > 0,
  }),
  command('page', 'dayBefore', ['['], () => turnDay('earlier'), {
    ...inPanel,
    when: () => onDay() && digest.value?.earlier != null,
  }),
  command('page', 'dayAfter', [']'], () => turnDay('later'), {
    ...inPanel,
    when: () => onDay() && digest.value?.later != null,
  }),
]
