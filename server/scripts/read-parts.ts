import type { ScriptBranch, ScriptLine, StepField } from '#server/contract/script.ts'
import type { Fault } from '#server/platform/yaml/parse.ts'
import { ARROW, OPTIONAL, SPEAKER_NAMES, targetOf } from './body-marks.ts'

/** A line of the file that is not blank, with its number from 1. */
export interface Numbered {
  words: string
  line: number
}

const LINE = new RegExp(`^- (${Object.values(SPEAKER_NAMES).join('|')})(${OPTIONAL})?：(.*)$`, 'u')

/** Utterances, one a line. */
export const linesFrom = (content: readonly Numbered[], faults: Fault[]): ScriptLine[] =>
  content.flatMap(one => {
    const line = lineFrom(one.words)
    if (!line) faults.push({ line: one.line, reason: 'is no line: write “- 坐席：…” or “- 客户：…”' })
    return line ?? []
  })

function lineFrom(words: string): ScriptLine | undefined {
  const [, name, optional, text = ''] = LINE.exec(words) ?? []
  if (name === undefined) return undefined
  const speaker = name === SPEAKER_NAMES.agent ? 'agent' : 'customer'
  return { speaker, text, ...(optional && { optional: true }) }
}

/** Branches, each with the lines that are indented under it. */
export function branchesFrom(content: readonly Numbered[], faults: Fault[]): ScriptBranch[] {
  const branches: ScriptBranch[] = []
  for (const { words, line } of content) {
    const last = branches.at(-1)
    if (words.startsWith('  ') && last)
      last.lines.push(...linesFrom([{ words: words.slice(2), line }], faults))
    else branches.push(branchFrom(words, line, faults))
  }
  return branches
}

function branchFrom(words: string, line: number, faults: Fault[]): ScriptBranch {
  const arrow = words.lastIndexOf(` ${ARROW} `)
  const to = arrow < 0 ? undefined : targetOf(words.slice(arrow + 3))
  if (!words.startsWith('- ') || to === undefined)
    faults.push({ line, reason: `is no branch: write “- 客户的话 ${ARROW} 第 5 步” or “${ARROW} 结束通话”` })
  return { ifSays: words.slice(2, Math.max(2, arrow)), lines: [], to: to ?? 'end' }
}

/** A field by the marks of its lines: > for a text, - for a list, | for a table. */
export function fieldFrom(name: string, content: readonly Numbered[], faults: Fault[]): StepField {
  const mark = content[0]?.words[0] ?? '>'
  const odd = content.find(({ words }) => words[0] !== mark || !'>-|'.includes(mark))
  if (odd) faults.push({ line: odd.line, reason: 'a field is a text (>), a list (-) or a table (|)' })
  if (mark === '-') return { name, value: content.map(({ words }) => words.slice(2)) }
  if (mark === '|') return { name, value: rowsFrom(content, faults) }
  return { name, value: content.map(({ words }) => words.slice(2)).join('\n') }
}

function rowsFrom([head, rule, ...rows]: readonly Numbered[], faults: Fault[]): Record<string, string>[] {
  const columns = cellsOf(head!.words)
  if (!rule || cellsOf(rule.words).some(cell => !/^:?-+:?$/u.test(cell)))
    faults.push({ line: head!.line, reason: 'the second line of a table is | --- |' })
  return rows.map(({ words, line }) => {
    const cells = cellsOf(words)
    if (cells.length !== columns.length)
      faults.push({ line, reason: `has ${cells.length} cells, the table has ${columns.length} columns` })
    return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']))
  })
}

/** The cells of a table's line; a bar or backslash inside one has a backslash before it. */
function cellsOf(words: string): string[] {
  const cells: string[] = ['']
  for (const part of words.slice(1).match(/\\[\\|]|[\s\S]/gu) ?? []) {
    if (part === '|') cells.push('')
    else cells[cells.length - 1] += part.length > 1 ? part.slice(1) : part
  }
  return cells.slice(0, -1).map(cell => cell.trim())
}
