import { SearchQuery, SearchReply } from '#server/contract/search.ts'
import { IdParams } from '#server/contract/shapes.ts'
import { Neighbours } from '#server/contract/writing.ts'
import type { Deps } from '#server/deps.ts'
import { write } from '#server/platform/db/db.ts'
import type { App } from '#server/platform/http/server.ts'
import { noteSearch } from '#server/calls/index.ts'
import { actorOf, type Actor } from '#server/people/index.ts'
import { registerEngine } from './engine-routes.ts'
import type { Indexer } from './indexer.ts'
import { neighboursOf } from './neighbours.ts'
import { createSearch } from './queries.ts'

/** How many of the results shown are noted with a call's search. */
const NOTED = 10

export function registerSearch(app: App, deps: Deps, indexer: Indexer): void {
  registerNeighbours(app, deps, indexer)
  registerEngine(app, deps, indexer)
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

/** What a draft stands near to: for its authors and the committee, before it is submitted. */
function registerNeighbours(app: App, deps: Deps, indexer: Indexer): void {
  const schema = { params: IdParams, response: { 200: Neighbours } }
  app.get('/api/revisions/:id/neighbours', { schema }, async request => {
    await indexer.follow()
    return neighboursOf(deps, actorOf(request), request.params.id)
  })
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
