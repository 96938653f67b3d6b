import { REVISION_FIELDS, type RevisionField } from '#server/contract/lists.ts'
import type { Scope } from '#server/contract/entry.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { sourcesByIds } from '#server/sources/index.ts'
import type { NewRevision } from '#server/entries/index.ts'

/** The fields of a revision as people compare them: one text a field, lists one item a line. */
export type FieldTexts = Record<RevisionField, string>

/** What a revision says, field by field; citations with their titles as they are now, times in China. */
export function fieldTexts(db: Reader, now: number, content: NewRevision): FieldTexts {
  const values = {
    ...content,
    basis: basisLines(db, now, content.basis),
    scope: scopeText(content.scope),
    validFrom: chinaTime(content.validFrom),
    validUntil: chinaTime(content.validUntil),
    verifyBy: chinaTime(content.verifyBy),
  }
  return Object.fromEntries(REVISION_FIELDS.map(field => [field, textOf(values[field])])) as FieldTexts
}

const textOf = (value: string | readonly string[]): string =>
  typeof value === 'string' ? value : value.join('\n')

/** Each part in its place, so that a province is not taken for the city of the same name. */
function scopeText({ company, province, city, customerClass }: Scope): string {
  const parts = [company, province, city, customerClass]
  return parts.some(Boolean) ? parts.map(part => part ?? '—').join(' / ') : ''
}

/** An instant to the second, as clocks in China show it; empty when there is none. */
function chinaTime(ms: number | null): string {
  if (ms === null) return ''
  return new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
}

function basisLines(db: Reader, now: number, cited: NewRevision['basis']): string[] {
  const sources = sourcesByIds(
    db,
    now,
    cited.map(one => one.sourceId),
  )
  return cited.map(({ sourceId, clause = '' }) => {
    const { title, number } = sources.get(sourceId)!
    return `${title} ${number} ${clause}`.trim()
  })
}
