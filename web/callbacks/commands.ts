import { ref } from 'vue'
import { command, commandIn, type Command } from '../ui/commands.ts'
import { LIST, LISTS, callbacks, choose, chosen, isAll, isSupervisor, list } from './callbacks.ts'
import { RESULTS, chooseResult, mayCall, number, result, saveResult, showNumber } from './calling.ts'

/** The dialog that stands over the page. */
export const dialog = ref<'handOver' | 'export'>()
export const closeDialog = (): void => void (dialog.value = undefined)

/** The id of the field for a word on the call. */
export const NOTE = 'callback-note'

/** Enter and the arrows belong to whatever has the focus; they act while nothing else wants them. */
const isOnList = () =>
  [null, document.body, document.getElementById(LIST)].includes(document.activeElement as never)
const canMove = () => callbacks.value.length > 0 && isOnList()
const moving = { repeats: true, keyboardOnly: true, when: canMove }

const turnList = (step: number) => {
  const at = LISTS.findIndex(one => one === list.value)
  list.value = LISTS[(at + step + LISTS.length) % LISTS.length] ?? 'due'
}

/** Beside the desk and not in place of the list: a call may be going on. */
function openEntry(): void {
  const id = chosen.value?.entryId
  if (id != null) window.open(`/desk?entry=${id}`, '_blank', 'noopener')
}

/** Everything one can do with call-backs. */
export const callbackCommands: readonly Command[] = [
  command('callback', 'nextCallback', ['arrowdown', 'j'], () => choose(1), {
    ...moving,
    shownKeys: ['↑', '↓'],
    foot: true,
  }),
  command('callback', 'lastCallback', ['arrowup', 'k'], () => choose(-1), { ...moving, shownKeys: [] }),
  command('callback', 'saveResult', ['ctrl+enter'], saveResult, {
    inField: true,
    foot: true,
    shownKeys: ['Enter'],
    when: () => result.value !== undefined,
  }),
  command('callback', 'showNumber', ['n'], showNumber, {
    foot: true,
    when: () => mayCall() && number.value === undefined,
  }),
  command('callback', 'goOn', ['enter'], () => (result.value ? saveResult() : showNumber()), {
    keyboardOnly: true,
    shownKeys: ['Enter'],
    when: () => isOnList() && (result.value !== undefined || (mayCall() && number.value === undefined)),
  }),
  command(
    'callback',
    'callbackResult',
    RESULTS.map((_one, index) => String(index + 1)),
    event => chooseResult(Number(event?.key.normalize('NFKC'))),
    {
      shownKeys: [`1–${RESULTS.length}`],
      keyboardOnly: true,
      foot: true,
      when: () => chosen.value?.isMine === true && chosen.value.state !== 'done',
    },
  ),
  command('callback', 'callbackEntry', ['o'], openEntry, { when: () => chosen.value?.entryId != null }),
  command('callback', 'callbackLists', ['l'], () => turnList(1), { foot: true }),
  command('callback', 'everyone', ['a'], () => (isAll.value = !isAll.value), {
    foot: true,
    when: () => isSupervisor.value,
  }),
  command('callback', 'handOver', ['h'], () => (dialog.value = 'handOver'), {
    when: () => isSupervisor.value && chosen.value !== undefined && chosen.value.state !== 'done',
  }),
  command('callback', 'exportCallbacks', ['x'], () => (dialog.value = 'export')),
]

/** A command of this screen by its id. */
export const callbackCommand = (id: string): Command => commandIn(callbackCommands, id)
