import type { Db } from '#server/platform/db/db.ts'
import { openingCounts } from '#server/calls/index.ts'
import { publishedRevisions } from '#server/entries/index.ts'
import { noticesInForce } from '#server/notices/index.ts'
import { NOTICE_CATEGORY, entryDocumentId, noticeDocumentId } from './documents.ts'

type MostUsed = { ids: string[]; total: number; facets: Record<string, Record<string, number>> }
type Filter = { kind?: string; category?: string }

/** The tag of entries that are asked for every day: they stand first until calls have shown what is. */
const COMMON = '常用'
const NOTICE = { kind: 'notice', category: NOTICE_CATEGORY }

/**
 * What an empty query lists: entries in force, the most opened of the last 30 days first, then those tagged 常用, then
 * the newest. Notices are counted, and listed alone where they are asked for: the next to end first.
 */
export function mostUsed(db: Db, now: number, filter: Filter): MostUsed {
  const notices = noticesInForce(db, now).filter(() => fits(NOTICE, { category: filter.category }))
  const openings = new Map(openingCounts(db, now).map(row => [row.entryId, row.openings]))
  const all = publishedRevisions(db, now).filter(one => one.kind !== 'step' || filter.kind === 'step')
  const found = all
    .filter(one => fits(one, filter))
    .toSorted(
      (a, b) =>
        (openings.get(b.entryId) ?? 0) - (openings.get(a.entryId) ?? 0) ||
        Number(b.tags.includes(COMMON)) - Number(a.tags.includes(COMMON)) ||
        b.publishedAt - a.publishedAt ||
        a.entryId - b.entryId,
    )
  const asked =
    filter.kind === NOTICE.kind
      ? notices.map(one => noticeDocumentId(one.id))
      : found.map(one => entryDocumentId(one.entryId))
  const kinds = all.filter(one => fits(one, { category: filter.category })).map(one => one.kind)
  return {
    ids: asked,
    total: asked.length,
    facets: {
      kind: counts([...kinds, ...notices.map(() => NOTICE.kind)]),
      category: counts(all.filter(one => fits(one, { kind: filter.kind })).map(one => one.category)),
    },
  }
}

const fits = (one: { kind: string; category: string }, { kind, category }: Filter): boolean =>
  (kind === undefined || one.kind === kind) && (category === undefined || one.category === category)

function counts(values: readonly string[]): Record<string, number> {
  const found: Record<string, number> = Object.create(null)
  for (const value of values) found[value] = (found[value] ?? 0) + 1
  return { ...found }
}
