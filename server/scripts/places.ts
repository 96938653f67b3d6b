import type { Finding } from '#server/contract/script-views.ts'
import { BRANCHES, LINES } from './body-marks.ts'

/** What a step's section of a file holds, by the numbers of their lines. */
interface StepLines {
  heading: number
  fields: Map<string, number>
  lines: number[]
  branches: { line: number; lines: number[] }[]
}

/** In which line (from 1) of a script's Markdown a finding is: its line, its branch, its field, or the heading of its step. */
export function lineOfFinding(
  markdown: string,
): (finding: Pick<Finding, 'step' | 'branch' | 'line' | 'field'>) => number {
  const steps = stepLines(markdown)
  return ({ step, branch, line, field }) => {
    const found = steps.get(step)
    const under = branch === undefined ? found : found?.branches[branch]
    const spoken = line === undefined ? undefined : under?.lines[line]
    const begun = branch === undefined ? found?.fields.get(field ?? '') : found?.branches[branch]?.line
    return spoken ?? begun ?? found?.heading ?? 1
  }
}

function stepLines(markdown: string): Map<number, StepLines> {
  const steps = new Map<number, StepLines>()
  let step: StepLines | undefined
  let part = ''
  for (const [index, text] of markdown.split(/\r\n?|\n/u).entries()) {
    const heading = index + 1
    const number = /^## 第 ?(\d{1,2}) ?步/u.exec(text)?.[1]
    const name = /^### (.+)$/u.exec(text)?.[1]?.trim()
    if (number !== undefined) {
      step = { heading, fields: new Map(), lines: [], branches: [] }
      steps.set(Number(number), step)
    }
    if (name !== undefined || number !== undefined) part = name ?? ''
    if (name !== undefined) step?.fields.set(name, heading)
    else if (step) countIn(step, part, text, heading)
  }
  return steps
}

function countIn(step: StepLines, part: string, text: string, line: number): void {
  if (part === LINES && text.startsWith('- ')) step.lines.push(line)
  if (part !== BRANCHES) return
  if (text.startsWith('  - ')) step.branches.at(-1)?.lines.push(line)
  else if (text.startsWith('- ')) step.branches.push({ line, lines: [] })
}
