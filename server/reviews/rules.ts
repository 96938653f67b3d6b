import {
  REVISION_FIELDS,
  type EntryKind,
  type RevisionField,
  type VoteVerdict,
} from '#server/contract/lists.ts'
import { canonicalJson } from '#server/platform/kernel/chain.ts'
import { needsBasis } from '#server/entries/index.ts'
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
  if (kind === 'script') return [...always, 'spoken', 'quotes']
  return needsBasis(kind) ? [...always.slice(0, 4), 'basis', ...always.slice(4)] : always
}

type Submitted = {
  kind: EntryKind
  topic: string
  standardQuestion: string
  similarQuestions: readonly string[]
  say: string
  body: string
  tags: readonly string[]
  scope: Readonly<Record<string, string>>
  basis: readonly { clause?: string }[]
  validFrom: number | null
  validUntil: number | null
}

/** The widest table an agent can read beside a call, in columns. */
export const MAX_COLUMNS = 20

/** Control characters but for line ends and tabs, and marks that turn the direction of text. */
const CONTROL = /[^\P{Cc}\n\r\t]|[\u202A-\u202E\u2066-\u2069]/u

/** Columns of the widest table of a Markdown text; 0 without a table. */
export function widestTable(markdown: string): number {
  const rules = markdown.split('\n').filter(line => line.includes('|') && /^[\s>|:-]*-[\s|:-]*$/u.test(line))
  const widths = rules.map(line => line.split('|').filter(cell => cell.includes('-')).length)
  return Math.max(0, ...widths)
}

const controlFaults = (texts: readonly (readonly [string, string])[]): FieldFault[] =>
  texts
    .filter(([, text]) => CONTROL.test(text))
    .map(([path]) => ({ path, message: 'must not hold control characters' }))

/** Why words to the committee are no words; `path` is their field. */
export function wordFaults(path: string, words: string): FieldFault[] {
  if (words.trim() === '') return [{ path, message: 'required' }]
  return controlFaults([[path, words]])
}

/** Each text of a revision with the path of its field. */
function textsOf(text: Submitted): [string, string][] {
  const { topic, standardQuestion, say, body, similarQuestions, tags, scope, basis } = text
  return [
    ...Object.entries({ topic, standardQuestion, say, body }),
    ...similarQuestions.map((one, index): [string, string] => [`similarQuestions.${index}`, one]),
    ...tags.map((one, index): [string, string] => [`tags.${index}`, one]),
    ...Object.entries(scope).map(([part, one]): [string, string] => [`scope.${part}`, one]),
    ...basis.map(({ clause = '' }, index): [string, string] => [`basis.${index}.clause`, clause]),
  ]
}

/** Everything that keeps a revision from being submitted, all at once, each with its field. */
export function submissionFaults(text: Submitted, now: number): FieldFault[] {
  const faults: FieldFault[] = controlFaults(textsOf(text))
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
    needsBasis(text.kind) && text.basis.length === 0,
  )
  const columns = widestTable(text.body)
  need('body', `a table may have ${MAX_COLUMNS} columns at most, not ${columns}`, columns > MAX_COLUMNS)
  need('validUntil', 'must be in the future', text.validUntil !== null && text.validUntil <= now)
  need(
    'validUntil',
    'must be after validFrom',
    text.validUntil !== null && text.validFrom !== null && text.validUntil <= text.validFrom,
  )
  return faults
}
