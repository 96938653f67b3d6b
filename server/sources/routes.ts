import { IdParams } from '#server/contract/shapes.ts'
import { SourceList, SourceQuery, SourceView } from '#server/contract/source.ts'
import type { Deps } from '#server/deps.ts'
import type { App } from '#server/platform/http/server.ts'
import { actorOf } from '#server/people/index.ts'
import { sourceById, sourceList } from './queries.ts'

export function registerSources(app: App, { db, clock }: Deps): void {
  app.get('/api/sources', { schema: { querystring: SourceQuery, response: { 200: SourceList } } }, request =>
    sourceList(db, clock(), actorOf(request), request.query),
  )
  app.get('/api/sources/:id', { schema: { params: IdParams, response: { 200: SourceView } } }, request =>
    sourceById(db, clock(), actorOf(request), request.params.id),
  )
}
