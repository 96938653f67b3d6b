import type { SearchHit, SearchQuery, SearchReply } from '#server/contract/search.ts'
import type { Deps } from '#server/deps.ts'
import { plainText } from '#server/platform/markdown/render.ts'
import { analyseQuery } from '#server/platform/text/query.ts'
import { activeNotices } from '#server/notices/index.ts'
import { requireAnyRole, type Actor } from '#server/people/index.ts'
import { worthOf } from './documents.ts'
import { readFound, type Found } from './found.ts'
import { createHighlighter, type Highlighter } from './highlight.ts'
import type { Indexer } from './indexer.ts'
import { mostUsed } from './most-used.ts'
import { createRank, type Rank } from './ranking.ts'
import { pickSnippet } from './snippet.ts'

/** How many of the engine's hits are read again and ranked; those behind stay in the engine's order. */
const RANKED = 50
/** How many bodies are kept as plain text, by revision. */
const KEPT_TEXTS = 5_000

export type Search = (actor: Actor, query: SearchQuery) => Promise<SearchReply>

/**
 * Makes the search. It answers with what is approved and in force now: the engine gives ids; every text comes from
 * SQLite through the approved-only query, so a stale hit is dropped, never shown.
 */
export function createSearch(deps: Deps, indexer: Indexer): Search {
  const { db, clock, engine, lexicon } = deps
  const rank = createRank(lexicon)
  const plain = keptTexts()
  return async (actor, query) => {
    requireAnyRole(actor)
    await indexer.follow()
    const now = clock()
    const found = query.q.trim() === '' ? listed(deps, now, query) : await asked(deps, now, query, rank)
    const highlighter = createHighlighter(analyseQuery(query.q, lexicon))
    const page = found.hits.slice(query.offset, query.offset + query.limit)
    return {
      query: query.q,
      confident: found.confident,
      total: found.total,
      hits: page.map(({ hit, score }) => shownHit(hit, score, highlighter, plain)),
      notices: activeNotices(db, now, query.area),
      facets: { kind: found.facets.kind ?? {}, category: found.facets.category ?? {} },
      engine: found.answeredBy ?? engine.name,
      degraded: found.degraded ?? engine.health?.degraded ?? false,
    }
  }
}

interface Answer {
  hits: { hit: Found; score: number }[]
  total: number
  facets: Record<string, Record<string, number>>
  confident: boolean
  answeredBy?: string | undefined
  degraded?: boolean | undefined
}

function listed({ db }: Deps, now: number, query: SearchQuery): Answer {
  const { ids, total, facets } = mostUsed(db, now, query)
  const page = ids.slice(0, query.offset + query.limit)
  const found = readFound(db, now, page)
  const hits = page.flatMap(id => found.get(id) ?? []).map(hit => ({ hit, score: 0 }))
  return { hits, total, facets, confident: true }
}

/** What a query finds: ranked, with the texts as they are in force. */
export async function asked(
  { db, engine }: Deps,
  now: number,
  query: SearchQuery,
  rank: Rank,
): Promise<Answer> {
  const { q, kind, category, offset } = query
  const filter = { ...(kind && { kind: [kind] }), ...(category && { category: [category] }) }
  const limit = Math.max(RANKED, offset + query.limit)
  const { hits, total, facets, ...by } = await engine.search({ text: q, facets: filter, limit, offset: 0 })
  const found = readFound(
    db,
    now,
    hits.map(hit => hit.id),
  )
  const known = hits.filter(hit => found.has(hit.id))
  engine.disown?.(hits.filter(hit => !found.has(hit.id)).map(hit => hit.id))
  const first = known.slice(0, RANKED).map(({ id, score }) => {
    const { fields, shown } = found.get(id)!
    return { id, score, fields, worth: worthOf(shown.kind) }
  })
  const { ranked, confident } = rank(q, first)
  const behind = known.slice(RANKED).map(({ id }) => ({ id, score: 0 }))
  const all = [...ranked, ...behind].map(({ id, score }) => ({ hit: found.get(id)!, score }))
  return { hits: all, total, facets, confident, ...by }
}

function shownHit(
  { shown, body }: Found,
  score: number,
  highlighter: Highlighter,
  plain: PlainText,
): SearchHit {
  const inSay = body === undefined || highlighter.rangesIn(shown.say).length > 0
  const snippet = pickSnippet(inSay ? [shown.say] : [plain(body.key, body.markdown), shown.say], highlighter)
  const highlights = { title: highlighter.rangesIn(shown.title), snippet: snippet.highlights }
  return { ...shown, score, snippet: snippet.text, highlights }
}

type PlainText = (key: number, markdown: string) => string

/** Remembers bodies made plain, by revision, whose text never changes; the oldest give way. */
function keptTexts(): PlainText {
  const kept = new Map<number, string>()
  return (key, markdown) => {
    const text = kept.get(key) ?? plainText(markdown)
    kept.set(key, text)
    if (kept.size > KEPT_TEXTS) kept.delete(kept.keys().next().value!)
    return text
  }
}
