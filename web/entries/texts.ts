import { REVISION_FIELDS, type RevisionField } from '#server/contract/lists.ts'
import type { DraftText, RevisionView } from '#server/contract/writing.ts'
import type { TextKind } from '../drafts/texts.ts'
import { citationText } from '../reading/sources.ts'
import { dayFrom, lastDayBefore } from '../ui/days.ts'

/** A draft with every field there; days are instants, as the server has them. */
export type Draft = Required<DraftText>

const FIELDS: readonly string[] = REVISION_FIELDS

/** What an author writes of a revision, without what the service says about it. */
export function draftOf(view: RevisionView): Draft {
  const { tags = [], labels = [], validFrom = null, validUntil = null, verifyBy = null } = view
  return {
    kind: view.kind,
    category: view.category,
    topic: view.topic,
    ownerDepartment: view.ownerDepartment,
    standardQuestion: view.standardQuestion,
    similarQuestions: [...view.similarQuestions],
    say: view.say,
    body: view.body,
    basis: view.basis.map(({ sourceId, clause }) => ({ sourceId, ...(clause !== null && { clause }) })),
    scope: { ...view.scope },
    tags: [...tags],
    labels: [...labels],
    validFrom,
    validUntil,
    verifyBy,
  }
}

/** The field that a fault's path names, such as `body.say`, `say` or `body.basis.0.clause`; undefined for any other. */
export function fieldOfPath(path: string): RevisionField | undefined {
  const [first = '', second] = path.split('.')
  const name = first === 'body' && second !== undefined && FIELDS.includes(second) ? second : first
  return REVISION_FIELDS.find(field => field === name)
}

const LISTS = ['similarQuestions', 'basis', 'tags', 'labels']
const OR_NULL = ['validFrom', 'validUntil', 'verifyBy']

function isDraft(kept: unknown): kept is Draft {
  if (typeof kept !== 'object' || kept === null) return false
  return REVISION_FIELDS.every(field => {
    const value = (kept as Record<string, unknown>)[field]
    if (LISTS.includes(field)) return Array.isArray(value)
    if (field === 'scope') return typeof value === 'object' && value !== null
    return typeof value === 'string' || (value === null && OR_NULL.includes(field))
  })
}

/** Days in China, citations by title. */
function worded(draft: Draft, field: RevisionField): string {
  if (field === 'basis') return draft.basis.map(citationText).join('\n')
  if (field === 'scope') return Object.values(draft.scope).join(' ')
  if (field === 'validUntil') return lastDayBefore(draft.validUntil)
  if (field === 'validFrom' || field === 'verifyBy') return dayFrom(draft[field])
  const value = draft[field]
  return typeof value === 'string' ? value : value.join('\n')
}

/** The text of an entry as it is written, kept and merged field by field. */
export const entryText: TextKind<Draft, RevisionField> = {
  parts: REVISION_FIELDS,
  part: (draft, field) => draft[field],
  withPart: (into, from, field) => ({ ...into, [field]: from[field] }),
  worded,
  isText: isDraft,
  textOf: draftOf,
  saved: draft => draft,
}
