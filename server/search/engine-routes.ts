import { EngineView, SetAsideList, SetAsideQuery } from '#server/contract/engine.ts'
import { IdParams, Nothing } from '#server/contract/shapes.ts'
import type { Deps } from '#server/deps.ts'
import { write } from '#server/platform/db/db.ts'
import type { App } from '#server/platform/http/server.ts'
import { actorOf } from '#server/people/index.ts'
import { engineView, sendAgain, setAsideList } from './engine-status.ts'
import type { Indexer } from './indexer.ts'

/** What keepers of the service see of the engine, and may do about it. */
export function registerEngine(app: App, deps: Deps, indexer: Indexer): void {
  app.get('/api/engine', { schema: { response: { 200: EngineView } } }, request =>
    engineView(deps, actorOf(request)),
  )
  const list = { querystring: SetAsideQuery, response: { 200: SetAsideList } }
  app.get('/api/engine/set-aside', { schema: list }, request =>
    setAsideList(deps, actorOf(request), request.query),
  )
  const again = { params: IdParams, response: { 204: Nothing } }
  app.post('/api/engine/set-aside/:id/attempts', { schema: again }, async (request, reply) => {
    write(deps.db, tx => sendAgain(tx, deps.clock(), actorOf(request), request.params.id))
    indexer.onLeft()
    reply.code(204)
    return null
  })
}
