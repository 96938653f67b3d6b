import { REVISION_FIELDS, type RevisionField } from '#server/contract/lists.ts'
import type { DraftText, RevisionView } from '#server/contract/writing.ts'

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

/** Whether two texts say the same in one field. */
export const sameField = (a: Draft, b: Draft, field: RevisionField): boolean =>
  a[field] === b[field] || canonical(a[field]) === canonical(b[field])

/** Fields in which two texts differ, in the order in which they are written. */
export const fieldsBetween = (a: Draft, b: Draft): RevisionField[] =>
  REVISION_FIELDS.filter(field => !sameField(a, b, field))

export const sameText = (a: Draft, b: Draft): boolean => a === b || fieldsBetween(a, b).length === 0

/** One field of `from` put into `into`. */
export const withField = (into: Draft, from: Draft, field: RevisionField): Draft => ({
  ...into,
  [field]: from[field],
})

/** The field that a fault's path names, such as `body.say`, `say` or `body.basis.0.clause`; undefined for any other. */
export function fieldOfPath(path: string): RevisionField | undefined {
  const [first = '', second] = path.split('.')
  const name = first === 'body' && second !== undefined && FIELDS.includes(second) ? second : first
  return REVISION_FIELDS.find(field => field === name)
}

/** JSON that does not depend on the order of keys, with what is undefined left out. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? inOrder(inner) : inner,
  )

function inOrder(value: object): object {
  const entries = Object.entries(value)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries)
}
