import type { Role } from '#server/contract/lists.ts'

export const DEPARTMENTS = ['market', 'operations', 'safety', 'planning', 'service'] as const

export const pick = <T>(list: readonly T[], number: number): T | undefined => list[number % list.length]

export const PEOPLE: [Role, string][] = [
  ['expert', 'market'],
  ['expert', 'safety'],
  ['chair', 'service'],
  ...DEPARTMENTS.map((department): [Role, string] => ['reviewer', department]),
]

/** Where the reviewers begin among the people, in the order of the departments. */
export const FIRST_REVIEWER = 3

/** One step of a history; each number picks among what there is. */
export interface Step {
  kind: string
  who: number
  what: number
  how: number
}
