import { ref } from 'vue'
import type { Command } from './commands.ts'

/** Whether a text field has the focus: then letters are text. */
export const typing = ref(false)
/** A person may turn single letters and figures off (WCAG 2.1.4). */
export const singleKeys = ref(true)

/** Keys that a Chinese keyboard layout gives where commands name the Latin sign. */
const SAME_KEY = new Map([
  ['、', '/'],
  ['·', '`'],
  ['【', '['],
  ['】', ']'],
])
/** Held back by an input method: the letter is only in the physical key. */
const HIDDEN_KEYS = new Set(['Process', 'Unidentified', 'Dead'])

/** The name of a pressed key: `c`, `shift+c`, `ctrl+k` (also for ⌘), `alt+1`, `?`, `arrowdown`. Caps Lock and width don't matter. */
export function keyOf(event: KeyboardEvent): string {
  const physical = /^(?:Key|Digit)(.)$/u.exec(event.code)?.[1]
  const raw = HIDDEN_KEYS.has(event.key) || event.altKey ? (physical ?? event.key) : event.key
  const folded = raw.normalize('NFKC')
  const base = (SAME_KEY.get(folded) ?? folded).toLowerCase()
  const shifted = event.shiftKey && (base.length > 1 || /\p{L}/u.test(base))
  const held = [
    event.ctrlKey || event.metaKey ? 'ctrl' : '',
    event.altKey ? 'alt' : '',
    shifted ? 'shift' : '',
  ]
  return [...held.filter(Boolean), base].join('+')
}

interface Surroundings {
  typing: boolean
  inDialog: boolean
  singleKeys: boolean
}

/** The command that a key means now, if any. */
export function commandFor(
  event: KeyboardEvent,
  list: readonly Command[],
  around: Surroundings,
): Command | undefined {
  const key = keyOf(event)
  if (!around.singleKeys && /^(?:shift\+)?[\p{L}\p{N}*]$/u.test(key)) return undefined
  return list.find(
    command =>
      command.keys.includes(key) &&
      (!around.typing || (command.inField === true && key.length > 1)) &&
      (!around.inDialog || command.inDialog === true) &&
      (!event.repeat || command.repeats === true) &&
      command.when(),
  )
}

/** Lets keys run commands. `list` is asked at every key. Returns what stops listening. */
export function listenForKeys(list: () => readonly Command[]): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.isComposing) return
    if (event.defaultPrevented) return
    const inDialog = document.querySelector('dialog[open]') !== null
    const field = isTextField(event.target)
    const command = commandFor(event, list(), { typing: field, inDialog, singleKeys: singleKeys.value })
    if (!command) return
    event.preventDefault()
    void command.run(event)
  }
  document.addEventListener('keydown', onKey)
  document.addEventListener('focusin', noteTyping)
  document.addEventListener('focusout', noteTypingLater)
  return () => {
    document.removeEventListener('keydown', onKey)
    document.removeEventListener('focusin', noteTyping)
    document.removeEventListener('focusout', noteTypingLater)
  }
}

const noteTyping = () => (typing.value = isTextField(document.activeElement))
const noteTypingLater = () => queueMicrotask(noteTyping)

const NO_TEXT = new Set(['button', 'checkbox', 'radio', 'submit', 'reset', 'range', 'color', 'file'])

/** Whether letters typed at this element are text: inputs, text areas, selects (they search by letter), editable text. */
export function isTextField(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !NO_TEXT.has(target.type)
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true
  return target instanceof HTMLElement && target.isContentEditable
}
