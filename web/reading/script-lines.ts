import { SCRIPT_VARIABLES, type Speaker } from '#server/contract/script-lists.ts'
import type { ScriptLine, ScriptStep, StepField, StepTarget } from '#server/contract/script.ts'

/** A line cut into what is said as it stands, what comes from the call, and what is quoted. */
export type Piece = { kind: 'text' | 'variable' | 'unknown' | 'quote'; text: string }

const MARKS = /(\{[^{}\n]{1,40}\}|\[\[[^[\]\n]{1,80}\]\])/u

/** The pieces of a line; joined with their marks they are the line. */
export const inlinePieces = (line: string): Piece[] =>
  line
    .split(MARKS)
    .filter(part => part !== '')
    .map(part => {
      if (MARKS.test(part) && part.startsWith('{')) return variableOf(part.slice(1, -1))
      if (MARKS.test(part)) return { kind: 'quote', text: part.slice(2, -2) }
      return { kind: 'text', text: part }
    })

const variableOf = (name: string): Piece => ({
  kind: (SCRIPT_VARIABLES as readonly string[]).includes(name) ? 'variable' : 'unknown',
  text: name,
})

/** What is quoted in lines, each once. */
export const quotedIn = (lines: readonly ScriptLine[]): string[] => [
  ...new Set(
    lines.flatMap(({ text }) => inlinePieces(text).flatMap(one => (one.kind === 'quote' ? one.text : []))),
  ),
]

/** Every line of a step: its own, and those of its branches. */
export const allLines = ({ lines, branches }: Pick<ScriptStep, 'lines' | 'branches'>): ScriptLine[] => [
  ...lines,
  ...branches.flatMap(branch => branch.lines),
]

const SPEAKERS: Record<Speaker, string> = { agent: '坐席', customer: '客户' }
/** Words as the service stores them: on one line, without spaces at its ends. */
export const oneLine = (words: string): string => words.replace(/\s+/gu, ' ').trim()
const lineText = ({ speaker, text, optional }: ScriptLine): string =>
  `${SPEAKERS[speaker]}${optional ? '（可选）' : ''}：${oneLine(text)}`
const targetText = (to: StepTarget): string => (to === 'end' ? '结束通话' : `第 ${to} 步`)

/** A step in words, one thing a line, as scripts are written to files: to be compared by people. */
export const stepText = ({ fields, lines, branches, next }: ScriptStep): string =>
  [
    ...fields.map(fieldText),
    ...lines.map(lineText),
    ...branches.flatMap(one => [
      `若客户说：${oneLine(one.ifSays)} → ${targetText(one.to)}`,
      ...one.lines.map(line => `  ${lineText(line)}`),
    ]),
    ...(next === undefined ? [] : [`→ ${targetText(next)}`]),
  ].join('\n')

const fieldText = ({ name, value }: StepField): string =>
  [name, ...(typeof value === 'string' ? [value] : value.map(itemText))].join('\n  ')
const itemText = (item: string | Record<string, string>): string =>
  typeof item === 'string' ? oneLine(item) : Object.values(item).map(oneLine).join(' | ')
