import type { Role } from '#server/contract/lists.ts'

/** One step of a history; each number picks among what there is. */
export interface Step {
  kind: string
  who: number
  what: number
  how: number
}

export const pick = <T>(list: readonly T[], number: number): T | undefined => list[number % list.length]

export const ASKERS: [Role, string][] = [
  ['agent', 'service'],
  ['supervisor', 'service'],
]
export const WORKERS: [Role, string][] = [
  ['expert', 'service'],
  ['expert', 'service'],
  ['expert', 'market'],
  ['reviewer', 'service'],
  ['chair', 'service'],
  ['supervisor', 'service'],
]
export const REVIEWERS: [Role, string][] = ['service', 'market', 'planning'].map(department => [
  'reviewer',
  department,
])
export const TEXTS = [
  '光伏阴天补贴',
  '换表重签合同',
  '电杆占地找谁',
  '电线断线冒火',
  '上门收费标准',
  '发票抬头改名',
]
/** Tables whose next row kills the process, so that a command dies in its middle. */
export const DEADLY = [
  'question',
  'question_step',
  'question_answer',
  'callback',
  'callback_try',
  'audit',
  'outbox',
  'review',
  'publication',
]

export const ANY_BUT_SIGNING_IN = "when new.action not like 'session.%'"
