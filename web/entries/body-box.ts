import { command, type Command } from '../ui/commands.ts'
import { bold, list, quote, table, type Selected } from './markdown.ts'
import { controlId } from './sections.ts'
import { mayEdit, text } from './writing.ts'
import { sourceOf } from '../reading/sources.ts'

const box = (): HTMLTextAreaElement | null => {
  const element = document.getElementById(controlId('body'))
  return element instanceof HTMLTextAreaElement ? element : null
}

/** Changes the body as if it had been typed, so that the browser's undo takes it back. */
export function edit(change: (at: Selected) => Selected): void {
  const area = box()
  if (!area || !mayEdit.value) return
  area.focus()
  const before = { text: area.value, start: area.selectionStart, end: area.selectionEnd }
  const now = change(before)
  const [from, to, put] = changedPart(before.text, now.text)
  area.setSelectionRange(from, to)
  // Deprecated, but still the only way that keeps undo; where it is gone the text is set instead.
  const typed =
    put === '' ? document.execCommand?.('delete') : document.execCommand?.('insertText', false, put)
  if (!typed || area.value !== now.text) {
    area.value = now.text
    area.dispatchEvent(new Event('input', { bubbles: true }))
  }
  area.setSelectionRange(now.start, now.end)
}

/** The part [from, to) of `before` that has to become the third value to make `now`. */
function changedPart(before: string, now: string): [number, number, string] {
  let from = 0
  while (from < before.length && from < now.length && before[from] === now[from]) from += 1
  let tail = 0
  const most = Math.min(before.length, now.length) - from
  while (tail < most && before.at(-1 - tail) === now.at(-1 - tail)) tail += 1
  return [from, before.length - tail, now.slice(from, now.length - tail)]
}

/** The document that a new quotation is from: the one cited last. */
function quoted(): string {
  const last = text.value?.basis.at(-1)
  const source = last && sourceOf(last.sourceId)
  return source ? `《${source.title}》（${source.number}）${last.clause ?? ''}` : '《》'
}

const inBody = () => mayEdit.value && document.activeElement === box()
const toolOf = (id: string, key: string, run: () => void): Command =>
  command('entry', id, [key], run, { inField: true, when: inBody })

/** What a person can do with the body; `words` gives the wording of what is set in. */
export const bodyTools = (words: (key: string) => string, openLinks: () => void): readonly Command[] => [
  toolOf('bold', 'ctrl+b', () => edit(bold)),
  toolOf('list', 'alt+l', () => edit(list)),
  toolOf('table', 'alt+t', () =>
    edit(at => table(at, [words('write.table.first'), words('write.table.second')])),
  ),
  toolOf('entryLink', 'alt+j', openLinks),
  toolOf('quote', 'alt+q', () => edit(at => quote(at, quoted(), words('write.quote')))),
]
