import { computed } from 'vue'
import { faultWording } from '../reading/fault-wording.ts'
import { isEmptyStep, scriptText, type HeadPart, type Script, type ScriptPart } from './texts.ts'
import { faults, script } from './writing.ts'

/** Where in a step something was refused. */
export interface FaultPlace {
  step: number
  branch?: number
  line?: number
  field?: string
}
/** What a save or submission was refused for: at a place in a step, in a part above the steps, or somewhere else. */
export interface ScriptFault {
  place: FaultPlace | undefined
  part: HeadPart | undefined
  key: string
  count: string
  message: string
}

/** The names that the stored revision has for parts of a script. */
const RENAMED = new Map<string, HeadPart>([
  ['standardQuestion', 'title'],
  ['say', 'scenario'],
])
const isHead = (part: ScriptPart): part is HeadPart => !/^step\d$/u.test(part)

/** The part above the steps that a fault's path names; undefined for any other. */
export function partOfPath(path: string): HeadPart | undefined {
  const name = path.replace(/^body\./u, '').split('.')[0] ?? ''
  return RENAMED.get(name) ?? scriptText.parts.filter(isHead).find(one => one === name)
}

/**
 * The place that a fault's path names: a submission names a step by its number, `steps.5.lines.2`, a save by its place among the
 * steps that were sent, `body.steps.0.lines.2`.
 */
export function placeOfPath(path: string, now: Pick<Script, 'steps'>): FaultPlace | undefined {
  const [, sent, at] = /^(body\.)?steps\.(\d)(?:\.|$)/u.exec(path) ?? []
  if (at === undefined) return undefined
  const step = sent === undefined ? Number(at) : now.steps.filter(one => !isEmptyStep(one))[Number(at)]?.step
  if (step === undefined) return undefined
  const branch = /\.branches\.(\d+)/u.exec(path)?.[1]
  const line = /\.lines\.(\d+)/u.exec(path)?.[1]
  const field = /\.fields\.(.+)$/u.exec(path)?.[1]
  return {
    step,
    ...(branch !== undefined && { branch: Number(branch) }),
    ...(line !== undefined && { line: Number(line) }),
    ...(field !== undefined && { field }),
  }
}

export const scriptFaults = computed<ScriptFault[]>(() =>
  faults.value.map(({ path, message }) => ({
    place: script.value && placeOfPath(path, script.value),
    part: partOfPath(path),
    message: message.replace(/^(?:error|warning) \S+: /u, ''),
    ...faultWording(message),
  })),
)
export const headFaults = computed(() => scriptFaults.value.filter(one => one.part !== undefined))
