import { ApiProblem } from '../api/index.ts'

/** The most each number may be; those with a dot are hours by urgency. */
export const MOST = {
  'answerHours.safety': 2160,
  'answerHours.urgent': 2160,
  'answerHours.normal': 2160,
  supervisorAfterHours: 2160,
  callbackTries: 10,
  retryHours: 2160,
  keepDays: 365,
  repeatDays: 90,
} as const
export type PolicyField = keyof typeof MOST
export const FIELDS = Object.keys(MOST) as PolicyField[]
/** The most hours an exception may have. */
export const MOST_HOURS = 2160
export const MOST_EXCEPTIONS = 50

/** A field that was refused, such as `keepDays` or `exceptions.2`, and why: a key of the locale files with its number. */
export interface PolicyFault {
  field: string
  key: string
  count: number
}

/** What a refusal says of the fields of what is promised, each once. */
export function policyFaults(error: unknown): PolicyFault[] {
  if (!(error instanceof ApiProblem)) return []
  const faults = error.fields.map(({ path, message }) => faultOf(path.replace(/^body\./u, ''), message))
  return faults.filter((one, index) => faults.findIndex(other => other.field === one.field) === index)
}

function faultOf(path: string, message: string): PolicyFault {
  const row = /^exceptions\.\d+/u.exec(path)?.[0]
  if (row !== undefined) {
    const isTwice = message.includes('there already')
    return { field: row, key: isTwice ? 'promise.fault.twice' : 'promise.fault.number', count: MOST_HOURS }
  }
  const known = FIELDS.find(one => one === path)
  if (known) return { field: known, key: 'promise.fault.number', count: MOST[known] }
  return { field: path, key: 'promise.fault.other', count: 0 }
}
