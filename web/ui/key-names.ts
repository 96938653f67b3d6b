import type { Command } from './commands.ts'

const NAMES = new Map([
  ['arrowdown', '↓'],
  ['arrowup', '↑'],
  ['arrowleft', '←'],
  ['arrowright', '→'],
  [' ', 'Space'],
  ['enter', 'Enter'],
  ['escape', 'Esc'],
  ['ctrl', 'Ctrl'],
  ['alt', 'Alt'],
  ['shift', 'Shift'],
])

/** The caps to show for a command, such as ['Ctrl', 'K']. */
export const capsOf = ({ keys, shownKeys }: Command): readonly string[] =>
  shownKeys ?? capsOfKey(keys[0] ?? '')

/** The caps of one key name of `keyOf`. */
export const capsOfKey = (key: string): readonly string[] =>
  key === '' ? [] : key.split('+').map(part => NAMES.get(part) ?? part.toUpperCase())
