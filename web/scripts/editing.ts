import {
  MAX_LINE,
  MAX_LINES,
  type ScriptBranch,
  type ScriptLine,
  type ScriptStep,
} from '#server/contract/script.ts'
import { emptyStep, type Script } from './texts.ts'

/** Where a line stands: in a step, or in a branch of it (from 0). */
export interface Block {
  step: number
  branch?: number | undefined
}
/** One line; `line` counts from 0. */
export interface Spot extends Block {
  line: number
}
/** A script after a change, and where the caret goes on: a line and a place in its text, in UTF-16 units. */
export interface Edited {
  script: Script
  spot: Spot
  caret: number
}

export const stepOf = (script: Script, step: number): ScriptStep => script.steps[step - 1] ?? emptyStep(step)

export const withStep = (script: Script, step: number, change: (now: ScriptStep) => ScriptStep): Script => ({
  ...script,
  steps: script.steps.map(one => (one.step === step ? change(one) : one)),
})

/** The lines of a block. */
export const linesAt = (script: Script, { step, branch }: Block): readonly ScriptLine[] => {
  const found = stepOf(script, step)
  return branch === undefined ? found.lines : (found.branches[branch]?.lines ?? [])
}

export const lineAt = (script: Script, spot: Spot): ScriptLine | undefined => linesAt(script, spot)[spot.line]

export const withLines = (script: Script, { step, branch }: Block, lines: readonly ScriptLine[]): Script =>
  withStep(script, step, now =>
    branch === undefined
      ? { ...now, lines: [...lines] }
      : { ...now, branches: replaced(now.branches, branch, one => ({ ...one, lines: [...lines] })) },
  )

const replaced = <T>(list: readonly T[], at: number, change: (one: T) => T): T[] =>
  list.map((one, index) => (index === at ? change(one) : one))

export const withLine = (script: Script, spot: Spot, change: (line: ScriptLine) => ScriptLine): Script =>
  withLines(script, spot, replaced(linesAt(script, spot), spot.line, change))

export const withText = (script: Script, spot: Spot, text: string): Script =>
  withLine(script, spot, line => ({ ...line, text }))

/** What cannot be done stays as it is. */
const unchanged = (script: Script, spot: Spot): Edited => ({
  script,
  spot,
  caret: lineAt(script, spot)?.text.length ?? 0,
})

/** Cuts a line at the caret; what follows becomes the next line, of the same speaker. At the end of a line the agent's next one begins. */
export function splitLine(script: Script, spot: Spot, caret: number): Edited {
  const lines = linesAt(script, spot)
  const line = lines[spot.line]
  if (!line || lines.length >= MAX_LINES) return unchanged(script, spot)
  const first = { ...line, text: line.text.slice(0, caret).trimEnd() }
  const after = line.text.slice(caret).trimStart()
  const second: ScriptLine = after === '' ? { speaker: 'agent', text: '' } : { ...line, text: after }
  const now = [...lines.slice(0, spot.line), first, second, ...lines.slice(spot.line + 1)]
  return { script: withLines(script, spot, now), spot: { ...spot, line: spot.line + 1 }, caret: 0 }
}

/** Joins a line to the one before it, where both together fit; an empty line goes. The first has none before it: empty, it goes. */
export function joinLine(script: Script, spot: Spot): Edited {
  const lines = linesAt(script, spot)
  const [before, line] = [lines[spot.line - 1], lines[spot.line]]
  if (!line) return unchanged(script, spot)
  const rest = lines.filter((_one, index) => index !== spot.line)
  if (!before)
    return line.text === ''
      ? { script: withLines(script, spot, rest), spot, caret: 0 }
      : { ...unchanged(script, spot), caret: 0 }
  const text = before.text + line.text
  if (text.length > MAX_LINE) return { ...unchanged(script, spot), caret: 0 }
  const at = { ...spot, line: spot.line - 1 }
  const now = replaced(rest, at.line, one => ({ ...one, text }))
  return { script: withLines(script, spot, now), spot: at, caret: before.text.length }
}

/** Moves a line among its neighbours; at the ends it stays. */
export function moveLine(script: Script, spot: Spot, by: 1 | -1, caret: number): Edited {
  const lines = [...linesAt(script, spot)]
  const to = spot.line + by
  const [line, other] = [lines[spot.line], lines[to]]
  if (!line || !other) return { script, spot, caret }
  lines[spot.line] = other
  lines[to] = line
  return { script: withLines(script, spot, lines), spot: { ...spot, line: to }, caret }
}

/** Sets words into a line in place of what is selected; what would be too long is not set in. */
export function insertAt(
  script: Script,
  spot: Spot,
  [from, to]: readonly [number, number],
  words: string,
): Edited {
  const line = lineAt(script, spot)
  if (!line || line.text.length - (to - from) + words.length > MAX_LINE) return unchanged(script, spot)
  const text = line.text.slice(0, from) + words + line.text.slice(to)
  return { script: withText(script, spot, text), spot, caret: from + words.length }
}

/** Sets a text of several lines in: each becomes a line of the same speaker. What does not fit is not set in at all. */
export function pasteLines(
  script: Script,
  spot: Spot,
  [from, to]: readonly [number, number],
  text: string,
): Edited {
  const line = lineAt(script, spot)
  if (!line) return unchanged(script, spot)
  const pasted = text
    .split(/\r\n?|\n/u)
    .map(one => one.trim())
    .filter(one => one !== '')
  const words = [...pasted]
  words[0] = line.text.slice(0, from) + (words[0] ?? '')
  const last = words.length - 1
  const caret = (words[last] ?? '').length
  words[last] = (words[last] ?? '') + line.text.slice(to)
  const lines = linesAt(script, spot)
  const room = MAX_LINES - lines.length + 1
  if (words.length > room || words.some(one => one.length > MAX_LINE)) return unchanged(script, spot)
  const now = words.map(one => ({ ...line, text: one }))
  const all = [...lines.slice(0, spot.line), ...now, ...lines.slice(spot.line + 1)]
  return { script: withLines(script, spot, all), spot: { ...spot, line: spot.line + last }, caret }
}

/** One more line of the agent in a block: before the line `before`, or at its end. */
export function addLine(script: Script, block: Block, before?: number): Edited {
  const lines = linesAt(script, block)
  const spot = { step: block.step, branch: block.branch, line: before ?? lines.length }
  if (lines.length >= MAX_LINES) return unchanged(script, { ...spot, line: lines.length - 1 })
  const now = [
    ...lines.slice(0, spot.line),
    { speaker: 'agent', text: '' } as const,
    ...lines.slice(spot.line),
  ]
  return { script: withLines(script, block, now), spot, caret: 0 }
}

export const withBranch = (
  script: Script,
  step: number,
  at: number,
  change: (branch: ScriptBranch) => ScriptBranch | undefined,
): Script =>
  withStep(script, step, now => ({
    ...now,
    branches: now.branches.flatMap((branch, index) => (index === at ? (change(branch) ?? []) : branch)),
  }))

/** One more branch at the end of a step; it leads to the next step until its author says where. */
export const addBranch = (script: Script, step: number): Script =>
  withStep(script, step, now => ({
    ...now,
    branches: [...now.branches, { ifSays: '', lines: [], to: step < 9 ? step + 1 : 'end' }],
  }))

/** Moves a branch among its neighbours, with all that is answered there; at the ends it stays. */
export const moveBranch = (script: Script, step: number, at: number, by: 1 | -1): Script => {
  const branches = [...stepOf(script, step).branches]
  const [branch, other] = [branches[at], branches[at + by]]
  if (!branch || !other) return script
  branches[at] = other
  branches[at + by] = branch
  return withStep(script, step, now => ({ ...now, branches }))
}

/** Speaker the other way round. */
export const turnSpeaker = (script: Script, spot: Spot): Script =>
  withLine(script, spot, line => ({ ...line, speaker: line.speaker === 'agent' ? 'customer' : 'agent' }))

/** A line that must be said may be left out, and the other way round. */
export const turnOptional = (script: Script, spot: Spot): Script =>
  withLine(script, spot, ({ speaker, text, optional }) => ({
    speaker,
    text,
    ...(!optional && { optional: true }),
  }))
