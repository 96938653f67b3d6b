import { asc, eq, inArray, like, or, sql } from 'drizzle-orm'
import type { SourceList, SourceQuery, SourceView } from '#server/contract/source.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { requireAnyRole, type Actor } from '#server/people/index.ts'
import { chinaDay, statusOn } from './rules.ts'
import { source } from './tables.ts'

type Row = typeof source.$inferSelect

/** The register, by title; `q` matches title, number or issuer. Everyone signed in may read it: it holds no drafts. */
export function sourceList(db: Reader, now: number, actor: Actor, query: SourceQuery): SourceList {
  requireAnyRole(actor)
  const rows = db
    .select()
    .from(source)
    .where(matching(query.q))
    .orderBy(asc(source.title), asc(source.id))
    .all()
  const views = rows
    .map(row => viewOf(db, now, row))
    .filter(view => !query.status || view.status === query.status)
  return { total: views.length, sources: views.slice(query.offset, query.offset + query.limit) }
}

/** One source; refuses `source.not_found`. */
export function sourceById(db: Reader, now: number, actor: Actor, id: number): SourceView {
  requireAnyRole(actor)
  const row = db.select().from(source).where(eq(source.id, id)).get()
  if (!row) throw new Refusal('source.not_found')
  return viewOf(db, now, row)
}

/** Sources by id, as of `now`: for features that cite them. */
export function sourcesByIds(db: Reader, now: number, ids: readonly number[]): Map<number, SourceView> {
  const rows = db
    .select()
    .from(source)
    .where(inArray(source.id, [...ids]))
    .all()
  return new Map(rows.map(row => [row.id, viewOf(db, now, row)]))
}

/** The ids of sources by their register key. */
export function sourceIdsByKey(db: Reader): Map<string, number> {
  return new Map(
    db
      .select({ key: source.key, id: source.id })
      .from(source)
      .all()
      .map(row => [row.key, row.id]),
  )
}

function matching(q: string | undefined) {
  if (!q) return undefined
  const pattern = `%${q.replace(/[\\%_]/gu, '\\$&')}%`
  const contains = (column: typeof source.title) => sql`${like(column, pattern)} escape '\\'`
  return or(
    ...[source.title, source.number, source.issuer].map(column => contains(column as typeof source.title)),
  )
}

function viewOf(db: Reader, now: number, row: Row): SourceView {
  const { id, title, number } = source
  const next =
    row.supersededBy === null
      ? undefined
      : db.select({ id, title, number }).from(source).where(eq(id, row.supersededBy)).get()
  return { ...row, supersededBy: next ?? null, status: statusOn(row, chinaDay(now)) }
}
