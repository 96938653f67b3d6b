import {
  URGENCIES,
  type Category,
  type QuestionState,
  type QuestionStepKind,
  type Role,
  type Urgency,
} from '#server/contract/lists.ts'
import type { QuestionPolicy, Routing } from '#server/contract/routing.ts'
import type { QuestionView } from '#server/contract/question.ts'

/** What a step tells that decides where a question stands; times in ms. */
export interface StepFacts {
  kind: QuestionStepKind
  personId: number | null
  department: string | null
  otherId: number | null
  dueAt: number | null
  urgency: Urgency | null
  at: number
}

/** Where the steps of a question have led; the same names as its columns. */
export interface Place {
  urgency: Urgency
  state: QuestionState
  leadId: number | null
  department: string
  takerId: number | null
  dueAt: number
  escalation: number
  endedAt: number | null
}

/** Where a question stands that has just been asked: its step says for whom, how urgent and until when. */
const asked = ({ urgency, department, dueAt, at }: StepFacts): Place => ({
  urgency: urgency ?? 'normal',
  state: 'routed',
  leadId: null,
  department: department ?? '',
  takerId: null,
  dueAt: dueAt ?? at,
  escalation: 0,
  endedAt: null,
})

const free = { takerId: null, escalation: 0 }
const atWork = ({ takerId }: Place) => ({
  state: takerId === null ? ('routed' as const) : ('taken' as const),
})

/** What each step changes; the department, the urgency and the time it is due are taken over from any step that has them. */
const CHANGES: Record<QuestionStepKind, (before: Place, step: StepFacts) => Partial<Place>> = {
  raised: () => ({}),
  merged: (_, { otherId }) => ({ ...free, state: 'merged', leadId: otherId }),
  unmerged: () => ({ ...free, state: 'routed', leadId: null }),
  routed: () => ({ ...free, state: 'routed' }),
  taken: (_, { personId }) => ({ state: 'taken', takerId: personId }),
  released: () => ({ state: 'routed', takerId: null }),
  returned: () => ({ state: 'returned' }),
  supplemented: atWork,
  answered: () => ({ state: 'answered' }),
  submitted: () => ({ state: 'in_review' }),
  answer_returned: atWork,
  published: () => ({ state: 'published' }),
  refused: () => ({ state: 'refused' }),
  hastened: () => ({}),
  escalated: ({ escalation }) => ({ escalation: escalation + 1 }),
  called_back: () => ({}),
  closed: (_, { at }) => ({ state: 'closed', endedAt: at }),
}

/** Where a question stands after one more step; the first one is always `raised`. */
export function placeAfter(before: Place | undefined, step: StepFacts): Place {
  const from = before ?? asked(step)
  return {
    ...from,
    ...CHANGES[step.kind](from, step),
    department: step.department ?? from.department,
    urgency: step.urgency ?? from.urgency,
    dueAt: step.dueAt ?? from.dueAt,
  }
}

/** The states in which another asking may still join a question. */
export const OPEN: readonly QuestionState[] = ['routed', 'taken', 'returned', 'answered', 'in_review']
/** The states in which somebody has to write its answer. */
export const AT_WORK: readonly QuestionState[] = ['routed', 'taken', 'returned']
/** The states in which it can be late: nobody is waited for but those who answer. */
export const CAN_BE_LATE: readonly QuestionState[] = ['routed', 'taken']

/** Whether the answer is late; while more facts are waited for, or the committee decides, it is not. */
export const isOverdue = ({ state, dueAt }: Pick<Place, 'state' | 'dueAt'>, now: number): boolean =>
  CAN_BE_LATE.includes(state) && dueAt <= now

const HOUR = 3_600_000

/** When an answer is promised that was asked for at `at` (ms): the hours of its category, else of its urgency. */
export function dueFrom(policy: QuestionPolicy, at: number, urgency: Urgency, category: Category): number {
  const own = policy.exceptions.find(one => one.category === category && one.urgency === urgency)
  return at + (own?.hours ?? policy.answerHours[urgency]) * HOUR
}

/** How often a question should have been escalated at `now`: to its department's chair, then to the supervisor. */
export function escalationDue({ state, dueAt }: Place, policy: QuestionPolicy, now: number): 0 | 1 | 2 {
  if (!isOverdue({ state, dueAt }, now)) return 0
  return dueAt + policy.supervisorAfterHours * HOUR <= now ? 2 : 1
}

/** The more urgent one. */
export const moreUrgent = (one: Urgency, other: Urgency): Urgency =>
  URGENCIES.indexOf(one) < URGENCIES.indexOf(other) ? one : other

/** What decides over someone's rights on a question. */
export interface Party {
  id: number
  department: string
  roles: readonly Role[]
}

const has = ({ roles }: Party, ...some: Role[]): boolean => some.some(role => roles.includes(role))

/** Whether someone sees a question whole: its departments do, and who watches over all of them. */
export const seesWhole = (party: Party, departments: readonly string[]): boolean =>
  has(party, 'chair', 'supervisor') ||
  (has(party, 'expert', 'reviewer') && departments.includes(party.department))

type Act = QuestionView['may'][number]
type Standing = Pick<Place, 'state' | 'takerId'> & { departments: readonly string[]; isAsker: boolean }

/** What someone may do with a question now. `departments` are the leading and the supporting ones. */
export function actsOf(party: Party, { state, takerId, departments, isAsker }: Standing): Act[] {
  const answers = has(party, 'expert', 'reviewer', 'chair') && seesWhole(party, departments)
  const steers = answers || has(party, 'supervisor')
  const isFree = takerId === null || takerId === party.id
  const mayTurn = steers && (isFree || has(party, 'chair', 'supervisor'))
  const isAtWork = AT_WORK.includes(state)
  const may: Record<Act, boolean> = {
    merge: mayTurn && isAtWork,
    unmerge: state === 'merged' && (steers || isAsker),
    routing: mayTurn && isAtWork,
    taking: answers && isAtWork && takerId === null,
    releasing: state === 'taken' && ((answers && takerId === party.id) || has(party, 'chair', 'supervisor')),
    return: answers && isFree && CAN_BE_LATE.includes(state),
    facts: isAsker && state === 'returned',
    refusal: mayTurn && isAtWork,
    answer: answers && isFree && isAtWork,
  }
  return (Object.keys(may) as Act[]).filter(act => may[act])
}

/** Which department leads and which support where the supervisor has set nothing (domain.md §3.3 on the five departments). */
export const ROUTINGS: Record<Category, Omit<Routing, 'category'>> = {
  供电安全: { lead: 'safety', supporting: ['operations', 'service'] },
  供电可靠: { lead: 'operations', supporting: ['planning'] },
  电网建设: { lead: 'planning', supporting: [] },
  供电服务: { lead: 'market', supporting: ['service'] },
  信息沟通: { lead: 'operations', supporting: ['service'] },
  第三方机构: { lead: 'market', supporting: ['operations'] },
  其它: { lead: 'service', supporting: [] },
}

/** What is promised where the supervisor has set nothing. */
export const POLICY: QuestionPolicy = {
  answerHours: { safety: 2, urgent: 24, normal: 72 },
  exceptions: [],
  supervisorAfterHours: 24,
  callbackTries: 3,
  retryHours: 4,
  keepDays: 30,
  repeatDays: 7,
}
