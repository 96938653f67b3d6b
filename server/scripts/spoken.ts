import { linesOf } from './lines.ts'
import { readBody } from './read-body.ts'

const MARKS = /\[\[[^\]]*\]\]|\{[^}]*\}/gu

/** What the customer says in a script, and what they may say instead: by it an agent recognises the case. */
export function customerWords(body: string): string {
  const script = readBody(body)
  if (Array.isArray(script)) return ''
  const said = linesOf(script).filter(line => line.speaker === 'customer')
  const may = script.steps.flatMap(step => step.branches.map(branch => branch.ifSays))
  return [...said.map(line => line.text), ...may].join('\n').replace(MARKS, '')
}
