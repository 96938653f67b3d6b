import { computed } from 'vue'
import { faultWording } from '../reading/fault-wording.ts'
import { scriptText, type HeadPart, type ScriptPart } from './texts.ts'
import { faults } from './writing.ts'

/** What a save or submission was refused for: in a part above the steps, in a step, or somewhere else. */
export interface ScriptFault {
  part: ScriptPart | undefined
  key: string
  count: string
  message: string
}

/** The names that the stored revision has for parts of a script. */
const RENAMED = new Map<string, ScriptPart>([
  ['standardQuestion', 'title'],
  ['say', 'scenario'],
])

/** The part that a fault's path names, such as `similarQuestions`, `body.steps.4.lines.0` or `step5.lines`. */
export function partOfPath(path: string): ScriptPart | undefined {
  const [, counted, numbered] = /(?:^|\.)steps?\.?(?:\.(\d)|(\d))/u.exec(path) ?? []
  if (counted !== undefined) return scriptText.parts.find(one => one === `step${Number(counted) + 1}`)
  if (numbered !== undefined) return scriptText.parts.find(one => one === `step${numbered}`)
  const names = path.split('.')
  const name = names[0] === 'body' && names[1] !== undefined ? names[1] : (names[0] ?? '')
  return RENAMED.get(name) ?? scriptText.parts.find(one => one === name)
}

export const scriptFaults = computed<ScriptFault[]>(() =>
  faults.value.map(({ path, message }) => ({ part: partOfPath(path), message, ...faultWording(message) })),
)
export const headFaults = computed(() =>
  scriptFaults.value.filter((one): one is ScriptFault & { part: HeadPart } => one.part !== undefined && stepOfPart(one.part) === undefined),
)
/** The number of the step that a part is; undefined for what stands above the steps. */
export const stepOfPart = (part: ScriptPart): number | undefined =>
  part.startsWith('step') ? Number(part.slice(4)) : undefined
