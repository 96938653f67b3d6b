import { MAX_QUOTES, type ScriptStep, type ScriptText } from '#server/contract/script.ts'
import { MAX_BODY } from '#server/contract/writing.ts'
import type { FieldFault } from '#server/platform/kernel/refusal.ts'
import { BRANCHES, LINES } from './body-marks.ts'
import { quotesOf } from './quotes.ts'
import { writeBody } from './write-body.ts'

/** Why a script is more than is reviewed at once, or looked up while somebody types. */
export function sizeFaults(text: ScriptText): FieldFault[] {
  const isLong = writeBody(text).length > MAX_BODY
  const isFull = quotesOf(text).length > MAX_QUOTES
  return [
    ...(isLong ? [fault(`a script may have ${MAX_BODY} characters at most`)] : []),
    ...(isFull ? [fault(`a script may have ${MAX_QUOTES} different quotes at most`)] : []),
  ]
}

/** Why a script cannot be kept: its Markdown would be read back as something else, or as nothing. */
export const draftFaults = (text: ScriptText): FieldFault[] => [
  ...twice(text.steps.map(one => one.step)).map(step => fault(`step ${step} is there twice`)),
  ...text.steps.flatMap(fieldFaults),
  ...sizeFaults(text),
]

function fieldFaults({ step, fields }: ScriptStep): FieldFault[] {
  const names = fields.map(field => field.name)
  const odd = names.filter(name => name === '' || name === LINES || name === BRANCHES)
  return [
    ...odd.map(name => fault(`step ${step}: a field may not be named “${name}”`)),
    ...twice(names).map(name => fault(`step ${step}: the field ${name} is there twice`)),
  ]
}

const fault = (message: string): FieldFault => ({ path: 'body.steps', message })

const twice = <T>(all: readonly T[]): T[] => all.filter((one, index) => all.indexOf(one) !== index)
