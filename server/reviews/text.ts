import { REVISION_FIELDS, type RevisionField } from '#server/contract/lists.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { chinaDay, sourcesByIds } from '#server/sources/index.ts'
import { citationsOf, type RevisionRow } from '#server/entries/index.ts'

/** The fields of a revision as people compare them: one text a field, lists one item a line. */
export type FieldTexts = Partial<Record<RevisionField, string>>

/** What a revision says, field by field; citations with their titles as they are now, days in China. */
export function fieldTexts(db: Reader, now: number, row: RevisionRow): FieldTexts {
  const values: Record<RevisionField, unknown> = { ...row, basis: basisLines(db, now, row.id) }
  return Object.fromEntries(REVISION_FIELDS.map(field => [field, textOf(field, values[field])]))
}

function textOf(field: RevisionField, value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.join('\n')
  if (typeof value === 'number') return field.startsWith('v') ? chinaDay(value) : String(value)
  return typeof value === 'object' ? Object.values(value).join(' ') : String(value)
}

function basisLines(db: Reader, now: number, revisionId: number): string[] {
  const cited = citationsOf(db, revisionId)
  const sources = sourcesByIds(
    db,
    now,
    cited.map(one => one.sourceId),
  )
  return cited.map(({ sourceId, clause = '' }) => `${sources.get(sourceId)?.title} ${clause}`.trim())
}
