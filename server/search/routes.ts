import { SearchQuery, SearchReply } from '#server/contract/search.ts'
import type { Deps } from '#server/deps.ts'
import { write } from '#server/platform/db/db.ts'
import type { App } from '#server/platform/http/server.ts'
import { noteSearch } from '#server/calls/index.ts'
import { actorOf, type Actor } from '#server/people/index.ts'
import type { Indexer } from './indexer.ts'
import { createSearch } from './queries.ts'

/** How many of the results shown are noted with a call's search. */
const NOTED = 10

export function registerSearch(app: App, deps: Deps, indexer: Indexer): void {
  const search = createSearch(deps, indexer)
  app.get(
    '/api/search',
    { schema: { querystring: SearchQuery, response: { 200: SearchReply } } },
    async request => {
      const actor = actorOf(request)
      const began = performance.now()
      const reply = await search(actor, request.query)
      noteWithCall(deps, actor, request.query, reply, performance.now() - began)
      return reply
    },
  )
}

/** Counts a search to its call; an empty query is not a search. */
function noteWithCall(
  { db, clock }: Deps,
  actor: Actor,
  { call, q }: SearchQuery,
  reply: SearchReply,
  tookMs: number,
): void {
  if (call === undefined || q.trim() === '') return
  const shown = reply.hits
    .slice(0, NOTED)
    .map(({ kind, id }) => `${kind === 'notice' || kind === 'script' ? kind : 'entry'}:${id}`)
  const seen = { query: q.slice(0, 500), total: reply.total, confident: reply.confident, shown, tookMs }
  write(db, tx => noteSearch(tx, clock(), actor, call, seen))
}
