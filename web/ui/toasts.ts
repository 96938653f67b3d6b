import { ref } from 'vue'

export interface Toast {
  id: number
  /** A key of the locale files and what is filled into it. */
  key: string
  values: Record<string, string | number>
  tone: 'plain' | 'good' | 'bad'
  /** Ids of the commands that may follow: shown as buttons with their keys. */
  commands: readonly string[]
}

const LASTING = 6_000
let count = 0

export const toasts = ref<Toast[]>([])

interface Saying {
  values?: Toast['values']
  tone?: Toast['tone']
  commands?: readonly string[]
}

/** Says something briefly; a new word replaces the last, so that they never pile up over the text. */
export function say(key: string, { values = {}, tone = 'plain', commands = [] }: Saying = {}): void {
  count += 1
  const id = count
  toasts.value = [{ id, key, values, tone, commands }]
  setTimeout(() => dismiss(id), LASTING)
}

export function dismiss(id: number): void {
  toasts.value = toasts.value.filter(one => one.id !== id)
}
