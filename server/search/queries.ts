import type { SearchHit, SearchQuery, SearchReply } from '#server/contract/search.ts'
import type { Deps } from '#server/deps.ts'
import type { Db } from '#server/platform/db/db.ts'
import { isoOrNull } from '#server/platform/kernel/clock.ts'
import { resolvedCounts } from '#server/calls/index.ts'
import { searchableEntries } from '#server/entries/index.ts'
import { activeNotices, noticesInForce } from '#server/notices/index.ts'
import { requireAnyRole, type Actor } from '#server/people/index.ts'
import { NOTICE_CATEGORY, NOTICE_TOPIC } from './documents.ts'
import type { Indexer } from './indexer.ts'
import { mostUsed } from './most-used.ts'

/**
 * Answers a query with what is approved and in force now. The engine gives ids; every text comes from SQLite through
 * the approved-only query, so a stale hit is dropped, never shown.
 */
export async function search(
  deps: Deps,
  indexer: Indexer,
  actor: Actor,
  query: SearchQuery,
): Promise<SearchReply> {
  requireAnyRole(actor)
  await indexer.follow()
  const { db, engine, clock } = deps
  const now = clock()
  const found = query.q.trim() === '' ? listed(db, now, query) : await asked(deps, query)
  return {
    query: query.q,
    confident: found.confident,
    total: found.total,
    hits: hitsOf(db, now, found.hits),
    notices: activeNotices(db, now, query.area),
    facets: { kind: found.facets.kind ?? {}, category: found.facets.category ?? {} },
    engine: engine.name,
    degraded: false,
  }
}

function listed(db: Db, now: number, query: SearchQuery) {
  const { ids, total, facets } = mostUsed(db, now, query)
  const hits = ids.slice(query.offset, query.offset + query.limit).map(id => ({ id, score: 0 }))
  return { hits, total, facets: facets as Record<string, Record<string, number>>, confident: true }
}

async function asked({ engine }: Deps, { q, kind, category, limit, offset }: SearchQuery) {
  const facets = { ...(kind && { kind: [kind] }), ...(category && { category: [category] }) }
  const result = await engine.search({ text: q, facets, limit, offset })
  return { ...result, confident: result.hits.length > 0 }
}

/** Engine hits with their texts; an id that is no longer in force gives nothing. */
function hitsOf(db: Db, now: number, hits: readonly { id: string; score: number }[]): SearchHit[] {
  const ids = (kind: string) =>
    hits.filter(hit => hit.id.startsWith(`${kind}:`)).map(hit => Number(hit.id.slice(kind.length + 1)))
  const texts = new Map([...entryTexts(db, now, ids('entry')), ...noticeTexts(db, now, ids('notice'))])
  return hits.flatMap(({ id, score }) => {
    const text = texts.get(id)
    return text ? [{ ...text, score, highlights: { title: [], snippet: [] } }] : []
  })
}

type HitText = Omit<SearchHit, 'score' | 'highlights'>

function entryTexts(db: Db, now: number, ids: readonly number[]): [string, HitText][] {
  const resolved = resolvedCounts(db, now, ids)
  return searchableEntries(db, now, ids).map(one => [
    `entry:${one.entryId}`,
    {
      kind: one.kind,
      id: one.entryId,
      topic: one.topic,
      category: one.category,
      say: one.say,
      labels: one.labels,
      title: one.standardQuestion,
      snippet: one.say,
      validUntil: isoOrNull(one.validUntil),
      scope: one.scope,
      resolvedCount: resolved.get(one.entryId) ?? 0,
    },
  ])
}

function noticeTexts(db: Db, now: number, ids: readonly number[]): [string, HitText][] {
  return noticesInForce(db, now, ids).map(one => [
    `notice:${one.id}`,
    {
      kind: 'notice',
      id: one.id,
      topic: NOTICE_TOPIC,
      category: NOTICE_CATEGORY,
      say: one.say,
      labels: [],
      title: one.title,
      snippet: one.say,
      validUntil: one.endsAt,
      scope: {},
      resolvedCount: 0,
    },
  ])
}
