import { computed, shallowRef } from 'vue'

export const COMMAND_GROUPS = [
  'find',
  'answer',
  'call',
  'script',
  'practice',
  'callback',
  'review',
  'entry',
  'insight',
  'system',
  'page',
] as const

/** One thing a person can do. Buttons, the foot, the key sheet and the palette are all made from this. */
export interface Command {
  id: string
  /** Key of the locale files. */
  label: string
  group: (typeof COMMAND_GROUPS)[number]
  /** As `keyOf` names them, such as `c`, `shift+c`, `ctrl+k`, `arrowdown`. The first is the one shown. */
  keys: readonly string[]
  /** How the keys are shown when the first alone would mislead, such as 1–9. */
  shownKeys?: readonly string[]
  /** Whether it can be done now. */
  when: () => boolean
  run: (event?: KeyboardEvent) => unknown
  /** Acts also while a text field has the focus. */
  inField?: boolean
  /** Acts also while a dialog is open. */
  inDialog?: boolean
  /** Acts again while its key is held down. */
  repeats?: boolean
  /** Shown at the foot while it can be done, in the order of the registry; `typing`: only while a text is typed. */
  foot?: boolean | 'typing'
  /** Its keys may be another command's too: `when` of the two keeps them apart. */
  sharesKeys?: boolean
  /** Not in the palette: it needs the keyboard, as moving through a list does. */
  keyboardOnly?: boolean
}

/** A command worded by `command.<id>`, possible at any time unless `more` says when. */
export const command = (
  group: Command['group'],
  id: string,
  keys: readonly string[],
  run: Command['run'],
  more: Partial<Command> = {},
): Command => ({ group, id, keys, run, label: `command.${id}`, when: () => true, ...more })

/** The command of a list with this id; throws when there is none. */
export function commandIn(list: readonly Command[], id: string): Command {
  const found = list.find(one => one.id === id)
  if (!found) throw new Error(`no command ${id}`)
  return found
}

const registered = shallowRef<readonly (readonly Command[])[]>([])

/** Everything that can be done on this page, whether now or not. */
export const commands = computed(() => registered.value.flat())

/** Adds commands; returns what takes them away again. Throws when an id or a key is already taken. */
export function register(added: readonly Command[]): () => void {
  const clash = clashOf([...commands.value, ...added])
  if (clash !== undefined) throw new Error(`two commands with the same id or key: ${clash}`)
  registered.value = [...registered.value, added]
  return () => {
    registered.value = registered.value.filter(list => list !== added)
  }
}

function clashOf(list: readonly Command[]): string | undefined {
  const keysOf = (one: Command) => (one.sharesKeys === true ? [] : one.keys.map(key => `key ${key}`))
  const names = list.flatMap(one => [`id ${one.id}`, ...keysOf(one)])
  return names.find((name, index) => names.indexOf(name) !== index)
}
