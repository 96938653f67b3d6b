import { REVISION_FIELDS, type RevisionField } from '#server/contract/lists.ts'
import type { Scope } from '#server/contract/entry.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { chinaDay, sourcesByIds } from '#server/sources/index.ts'
import { startOfDay, type NewRevision } from '#server/entries/index.ts'

/** The fields of a revision as people compare them: one text a field, lists one item a line. */
export type FieldTexts = Record<RevisionField, string>

/** What a revision says, field by field; citations with their titles as they are now, times in China. */
export function fieldTexts(db: Reader, now: number, content: NewRevision): FieldTexts {
  const values = {
    ...content,
    basis: basisLines(db, now, content.basis),
    scope: scopeText(content.scope),
    validFrom: chinaTime(content.validFrom),
    validUntil: chinaEnd(content.validUntil),
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

/** The end of a time: midnight is 24:00 of the day that ends, since readers take 00:00 for one day more. */
const chinaEnd = (ms: number | null): string =>
  ms !== null && startOfDay(chinaDay(ms)) === ms ? `${chinaDay(ms - 1)} 24:00:00` : chinaTime(ms)

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
