import { Type, type Static } from 'typebox'
import { Scope } from '#server/contract/entry.ts'
import { CATEGORIES, ENTRY_KINDS, LABELS, type Label, type SourceStatus } from '#server/contract/lists.ts'
import { Slug, oneOf } from '#server/contract/shapes.ts'

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

/** Labels an agent must see: the author's own, and 旧版 once a cited source has been replaced or has run out. */
export function labelsOf(own: readonly Label[], statuses: readonly SourceStatus[]): Label[] {
  const labels = new Set(own)
  if (statuses.includes('outdated')) labels.add('旧版')
  return LABELS.filter(label => labels.has(label))
}

/** Days after which imported content must be verified again, by kind: what changes fastest comes first. */
export const VERIFY_AFTER_DAYS = { answer: 180, process: 270, standard: 365, rule: 365 } as const
