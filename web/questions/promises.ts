import type { QuestionPolicy } from '#server/contract/routing.ts'
import type { PolicyField } from './policy-faults.ts'

type Flat = Exclude<PolicyField, `answerHours.${string}`>

/** A number of what is promised, by its name. */
export function numberOf(policy: QuestionPolicy, field: PolicyField): number {
  const urgency = urgencyIn(field)
  return urgency ? policy.answerHours[urgency] : policy[field as Flat]
}

/** Sets a number of what is promised. */
export function setNumber(policy: QuestionPolicy, field: PolicyField, value: number): void {
  const urgency = urgencyIn(field)
  if (urgency) policy.answerHours[urgency] = value
  else policy[field as Flat] = value
}

const urgencyIn = (field: PolicyField): keyof QuestionPolicy['answerHours'] | undefined =>
  field.startsWith('answerHours.')
    ? (field.slice('answerHours.'.length) as keyof QuestionPolicy['answerHours'])
    : undefined
