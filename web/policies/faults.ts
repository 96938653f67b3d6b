import type { Policy } from '#server/contract/policy.ts'
import { ApiProblem, members } from '../api/index.ts'
import { seatless } from './policies.ts'

/** The numbers of a rule and the most each may be. */
export const NUMBERS = [
  ['minimum', 20],
  ['daysToDecide', 90],
  ['verifyDays', 3650],
  ['feedbackWarning', 100],
  ['feedbackDays', 90],
] as const

/** A field that was refused, and why: a key of the locale files, with what is filled in beside the field's own name. */
export interface PolicyFault {
  field: string
  key: string
  values: { count?: number; slugs?: readonly string[] }
}

/** What a refusal says of the fields of a rule, each field once, by the paths that the server names. */
export function policyFaults(error: unknown, policy: Policy): PolicyFault[] {
  if (!(error instanceof ApiProblem)) return []
  const fields = error.fields.map(one => one.path.replace(/^body\./u, '').split('.')[0] ?? '')
  return [...new Set(fields)].map(field => ({ field, ...reasonOf(error, field, policy) }))
}

function reasonOf({ code }: ApiProblem, field: string, policy: Policy): Pick<PolicyFault, 'key' | 'values'> {
  const slugs = seatless(policy.departments)
  if (field === 'departments' && slugs.length > 0)
    return { key: 'policies.fault.departments', values: { slugs } }
  if (field === 'minimum' && code === 'policy.unreachable')
    return { key: 'policies.fault.minimum', values: { count: peopleOnCommittee() } }
  const most = NUMBERS.find(([name]) => name === field)?.[1]
  if (most !== undefined) return { key: 'policies.fault.number', values: { count: most } }
  return { key: 'policies.fault.other', values: {} }
}

/** Who has two seats has one vote. */
const peopleOnCommittee = (): number => new Set(members.value.map(one => one.personId)).size
