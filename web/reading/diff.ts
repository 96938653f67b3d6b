import type { DiffPart, FieldDiff } from '#server/contract/diff.ts'

/** One line of a compared text. */
export interface DiffLine {
  parts: DiffPart[]
  changed: boolean
}
/** Lines in their order; unchanged ones far from any change are put aside together. */
export type DiffRow = { kind: 'line'; line: DiffLine } | { kind: 'gap'; lines: DiffLine[] }

/** So many unchanged lines stay in sight on each side of a change. */
const CONTEXT = 1
/** Fewer than this many lines are not worth putting aside. */
const SHORTEST_GAP = 3

/** A field's comparison line by line; lines without a word are left out. */
export function linesOf(parts: readonly DiffPart[]): DiffLine[] {
  const lines: DiffPart[][] = [[]]
  for (const { op, text } of parts) {
    text.split('\n').forEach((piece, index) => {
      if (index > 0) lines.push([])
      if (piece !== '') lines.at(-1)?.push({ op, text: piece })
    })
  }
  return lines
    .filter(line => line.some(part => part.text.trim() !== ''))
    .map(line => ({ parts: line, changed: line.some(part => part.op !== 'same') }))
}

/** What is shown of a comparison: changed lines and their neighbours, the rest put aside. */
export function rowsOf(parts: readonly DiffPart[]): DiffRow[] {
  const lines = linesOf(parts)
  const near = (at: number) =>
    lines.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some(one => one.changed)
  const rows: DiffRow[] = []
  let aside: DiffLine[] = []
  const flush = () => {
    if (aside.length < SHORTEST_GAP) rows.push(...aside.map(line => ({ kind: 'line' as const, line })))
    else rows.push({ kind: 'gap', lines: aside })
    aside = []
  }
  lines.forEach((line, at) => {
    if (!near(at)) return void aside.push(line)
    flush()
    rows.push({ kind: 'line', line })
  })
  flush()
  return rows
}

/** How many characters came and went in all fields. */
export function extentOf(diff: readonly FieldDiff[]): { added: number; removed: number } {
  const count = (op: DiffPart['op']) =>
    diff
      .flatMap(one => one.parts)
      .filter(part => part.op === op)
      .reduce((sum, part) => sum + part.text.length, 0)
  return { added: count('added'), removed: count('removed') }
}

/** Whether there was nothing before: every part came. */
export const isAllNew = (diff: readonly FieldDiff[]): boolean =>
  diff.length > 0 && diff.every(one => one.parts.every(part => part.op === 'added'))

/** A field as it was and as it is, for fields that are one value and not a text. */
export const valuesOf = (parts: readonly DiffPart[]): { before: string; after: string } => {
  const without = (op: DiffPart['op']) =>
    parts
      .filter(part => part.op !== op)
      .map(part => part.text)
      .join('')
  return { before: without('added'), after: without('removed') }
}
