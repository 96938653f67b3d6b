import { IdParams } from '#server/contract/shapes.ts'
import { SourceList, SourceQuery, SourceView } from '#server/contract/source.ts'
import { NewSource } from '#server/contract/upkeep.ts'
import type { Deps } from '#server/deps.ts'
import { write } from '#server/platform/db/db.ts'
import type { App } from '#server/platform/http/server.ts'
import { actorOf } from '#server/people/index.ts'
import { addSource } from './commands.ts'
import { sourceById, sourceList } from './queries.ts'

export function registerSources(app: App, { db, clock }: Deps): void {
  app.get('/api/sources', { schema: { querystring: SourceQuery, response: { 200: SourceList } } }, request =>
    sourceList(db, clock(), actorOf(request), request.query),
  )
  app.get('/api/sources/:id', { schema: { params: IdParams, response: { 200: SourceView } } }, request =>
    sourceById(db, clock(), actorOf(request), request.params.id),
  )
  const added = { body: NewSource, response: { 201: SourceView } }
  app.post('/api/sources', { schema: added }, async (request, reply) => {
    const actor = actorOf(request)
    const id = write(db, tx => addSource(tx, clock(), actor, request.body))
    reply.code(201)
    return sourceById(db, clock(), actor, id)
  })
}
