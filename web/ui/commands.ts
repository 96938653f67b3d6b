import { computed, shallowRef } from 'vue'

export const COMMAND_GROUPS = ['find', 'answer', 'call', 'page'] as const

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
  /** Shown at the foot while it can be done, in the order of the registry. */
  foot?: boolean
  /** Not in the palette: it needs the keyboard, as moving through a list does. */
  keyboardOnly?: boolean
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
  const names = list.flatMap(command => [`id ${command.id}`, ...command.keys.map(key => `key ${key}`)])
  return names.find((name, index) => names.indexOf(name) !== index)
}
