import { Type, type Static } from 'typebox'
import { Scope } from '#server/contract/entry.ts'
import {
  CATEGORIES,
  ENTRY_KINDS,
  LABELS,
  VIEW_LABELS,
  type EntryKind,
  type Label,
  type SourceStatus,
  type ViewLabel,
} from '#server/contract/lists.ts'
import { Slug, oneOf } from '#server/contract/shapes.ts'
import type { FieldFault } from '#server/platform/kernel/refusal.ts'

/** The outbox effect that makes the index follow an entry; the subject is the entry's id. */
export const INDEX_ENTRY = 'index.entry'

/** What is left in the outbox, with the entry's id, when another text of it came into force, or none is any more: scripts may quote it. */
export const CHECK_QUOTES = 'quotes.check'

/** The longest 口径 that may be read aloud, in characters. */
export const MAX_SAY = 200

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength })

/** What an author writes, wherever it comes from; times are instants in the API and days in a file, so they are added there. */
export const EntryText = {
  kind: oneOf(ENTRY_KINDS),
  category: oneOf(CATEGORIES),
  topic: text(40),
  ownerDepartment: Slug,
  standardQuestion: text(120),
  similarQuestions: Type.Array(text(120), { maxItems: 50, uniqueItems: true }),
  say: text(MAX_SAY),
  scope: Scope,
  tags: Type.Array(text(20), { maxItems: 20, uniqueItems: true }),
  labels: Type.Array(oneOf(LABELS), { maxItems: LABELS.length, uniqueItems: true }),
}
const EntryTextObject = Type.Object(EntryText)

/** A revision about to be written; times in ms, `basis` by source id. */
export type NewRevision = Static<typeof EntryTextObject> & {
  body: string
  basis: { sourceId: number; clause?: string }[]
  validFrom: number | null
  validUntil: number | null
  verifyBy: number | null
}

/** What the labels of an entry are derived from; times in ms. */
export interface Standing {
  own: readonly Label[]
  statuses: readonly SourceStatus[]
  /** Whether a cited source has been replaced by another. */
  superseded: boolean
  /** Whether an entry that a script quotes is no longer the one that was reviewed with it. */
  requoted: boolean
  /** When a fast-lane publication lapses; null for any other. */
  until: number | null
  verifyBy: number | null
  /** Whether as many reports of agents are open as the policy asks for a warning. */
  warned: boolean
}

/** Labels an agent must see at `now`, in the order of the list. */
export function labelsOf(
  { own, statuses, superseded, requoted, until, verifyBy, warned }: Standing,
  now: number,
): ViewLabel[] {
  const labels = new Set<ViewLabel>(own)
  if (statuses.includes('outdated')) labels.add('旧版')
  if (until !== null) labels.add('快审')
  if (superseded) labels.add('依据已更新')
  if (requoted) labels.add('引用已更新')
  if (verifyBy !== null && verifyBy <= now) labels.add('逾期未复核')
  if (warned) labels.add('有反馈')
  return VIEW_LABELS.filter(label => labels.has(label))
}

/** Days after which imported content must be verified again, by kind: what changes fastest comes first. */
export const VERIFY_AFTER_DAYS = {
  answer: 180,
  process: 270,
  standard: 365,
  rule: 365,
  script: 180,
  step: 365,
} as const

/** An answer may rest on the word of its department; a script rests on what it quotes, and a guide is the method itself. */
export const needsBasis = (kind: EntryKind): boolean =>
  kind === 'rule' || kind === 'standard' || kind === 'process'

/** Why a policy could never be met: a department without a seat, or more approvals than members. */
export function policyFaults(
  policy: { departments: readonly string[]; minimum: number },
  seats: readonly { personId: number; department: string }[],
): FieldFault[] {
  const faults: FieldFault[] = policy.departments
    .filter(department => !seats.some(seat => seat.department === department))
    .map(department => ({ path: 'body.departments', message: `${department} has no seat on the committee` }))
  const members = new Set(seats.map(seat => seat.personId)).size
  if (policy.minimum > members)
    faults.push({ path: 'body.minimum', message: `the committee has ${members} members` })
  return faults
}
