import { stringify } from 'yaml'
import type { ScriptBranch, ScriptLine, ScriptStep, ScriptText, StepField } from '#server/contract/script.ts'
import { ARROW, BRANCHES, LINES, OPTIONAL, SPEAKER_NAMES, targetText } from './body-marks.ts'

/**
 * A script as Markdown: front matter, then a section for each step with its fields, its lines and its branches. What is empty is
 * left out. `readBody` gives back what was written, and written again it is the same byte for byte.
 */
export const writeBody = (text: ScriptText): string =>
  [frontMatter(headOf(text)), writeSteps(text.steps)].filter(Boolean).join('\n')

/** YAML between two lines of ---, in the order of the keys, none of them folded. */
export const frontMatter = (head: Record<string, unknown>): string =>
  `---\n${stringify(head, { lineWidth: 0 })}---\n`

/** What the front matter of a script holds; empty values are left out. */
export function headOf({
  class: scriptClass,
  scenario,
  channel,
  profile,
  reasons,
}: Omit<ScriptText, 'steps'>) {
  const known = Object.fromEntries(Object.entries(profile).filter(([, value]) => value !== ''))
  return {
    class: scriptClass,
    ...(scenario !== '' && { scenario }),
    ...(channel !== '' && { channel }),
    ...(Object.keys(known).length > 0 && { profile: known }),
    ...(reasons.length > 0 && { reasons }),
  }
}

/** The sections of the steps, in their order. */
export const writeSteps = (steps: readonly ScriptStep[]): string => steps.map(stepText).join('\n')

function stepText({ step, fields, lines, branches, next }: ScriptStep): string {
  const parts = [
    `## 第 ${step} 步\n`,
    ...fields.map(fieldText).filter(Boolean),
    ...(lines.length > 0 ? [`### ${LINES}\n\n${lines.map(line => lineText(line)).join('')}`] : []),
    ...(branches.length > 0 ? [`### ${BRANCHES}\n\n${branches.map(branchText).join('')}`] : []),
    ...(next === undefined ? [] : [`${ARROW} ${targetText(next)}\n`]),
  ]
  return parts.join('\n')
}

function fieldText({ name, value }: StepField): string {
  const text = typeof value === 'string' ? quoted(value) : listed(value)
  return text === '' ? '' : `### ${name}\n\n${text}`
}

const quoted = (text: string): string =>
  text === ''
    ? ''
    : text
        .split('\n')
        .map(line => (line === '' ? '>\n' : `> ${line}\n`))
        .join('')

function listed(items: string[] | Record<string, string>[]): string {
  if (items.every(item => typeof item === 'string')) return items.map(item => `- ${item}\n`).join('')
  const rows = items as Record<string, string>[]
  const columns = [...new Set(rows.flatMap(row => Object.keys(row)))]
  const head = rowText(columns) + rowText(columns.map(() => '---'))
  return head + rows.map(row => rowText(columns.map(column => row[column] ?? ''))).join('')
}

const rowText = (cells: readonly string[]): string =>
  `| ${cells.map(cell => cell.replace(/[\\|]/gu, '\\$&')).join(' | ')} |\n`

const lineText = ({ speaker, text, optional }: ScriptLine, indent = ''): string =>
  `${indent}- ${SPEAKER_NAMES[speaker]}${optional ? OPTIONAL : ''}：${text}\n`

const branchText = ({ ifSays, lines, to }: ScriptBranch): string =>
  `- ${ifSays} ${ARROW} ${targetText(to)}\n${lines.map(line => lineText(line, '  ')).join('')}`
