import {
  REVISION_FIELDS,
  type EntryKind,
  type RevisionField,
  type VoteVerdict,
} from '#server/contract/lists.ts'
import { canonicalJson } from '#server/platform/kernel/chain.ts'
import type { FieldFault } from '#server/platform/kernel/refusal.ts'

/** Fields that decide what is told to a customer: once one changes, every department looks again. */
export const FIELDS_OF_WEIGHT: readonly RevisionField[] = [
  'standardQuestion',
  'say',
  'body',
  'basis',
  'scope',
  'kind',
  'category',
  'ownerDepartment',
  'validFrom',
  'validUntil',
]

/** The fields in which two contents differ. */
export const changed = (before: Content, after: Content): RevisionField[] =>
  REVISION_FIELDS.filter(field => canonicalJson(before[field]) !== canonicalJson(after[field]))

type Content = Record<RevisionField, unknown>

/** What of a vote decides. */
export interface Cast {
  department: string
  verdict: VoteVerdict
}

/**
 * Where a round stands: a single return ends it; it is approved once every required department has approved and the
 * approvals reach the minimum.
 */
export function standing(
  votes: readonly Cast[],
  required: readonly string[],
  minimum: number,
): 'in_review' | 'returned' | 'approved' {
  if (votes.some(vote => vote.verdict === 'return')) return 'returned'
  return votes.length >= minimum && missing(votes, required).length === 0 ? 'approved' : 'in_review'
}

/** Required departments that have not approved. */
export const missing = (votes: readonly Cast[], required: readonly string[]): string[] =>
  required.filter(
    department => !votes.some(vote => vote.department === department && vote.verdict === 'approve'),
  )

/** What a reviewer looks for, by kind (domain.md §1.4: 完整性, 权威性, 安全性, 时效性). The page words each key. */
export function checklistOf(kind: EntryKind): string[] {
  const always = ['complete', 'authoritative', 'safe', 'current', 'plain', 'scope', 'private']
  return kind === 'answer' ? always : [...always.slice(0, 4), 'basis', ...always.slice(4)]
}

type Submitted = {
  kind: EntryKind
  topic: string
  standardQuestion: string
  similarQuestions: readonly string[]
  say: string
  body: string
  basis: readonly unknown[]
  validFrom: number | null
  validUntil: number | null
}

/** Everything that keeps a revision from being submitted, all at once, each with its field. */
export function submissionFaults(text: Submitted, now: number): FieldFault[] {
  const faults: FieldFault[] = []
  const need = (path: string, message: string, fails: boolean) => fails && faults.push({ path, message })
  for (const path of ['topic', 'standardQuestion', 'say', 'body'] as const)
    need(path, 'required', text[path].trim() === '')
  need(
    'similarQuestions',
    'must not hold an empty wording',
    text.similarQuestions.some(one => one.trim() === ''),
  )
  need(
    'basis',
    'a rule, standard or process must cite its source',
    text.kind !== 'answer' && text.basis.length === 0,
  )
  need('validUntil', 'must be in the future', text.validUntil !== null && text.validUntil <= now)
  need(
    'validUntil',
    'must be after validFrom',
    text.validUntil !== null && text.validFrom !== null && text.validUntil <= text.validFrom,
  )
  return faults
}
