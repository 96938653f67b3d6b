import { EntryLinks } from '#server/contract/entry.ts'
import { Policy, PolicyList } from '#server/contract/policy.ts'
import { IdParams, Nothing } from '#server/contract/shapes.ts'
import type { Deps } from '#server/deps.ts'
import { write } from '#server/platform/db/db.ts'
import type { App } from '#server/platform/http/server.ts'
import { actorOf, requireRole } from '#server/people/index.ts'
import { markFavourite, unmarkFavourite } from './favourites.ts'
import { policies, setPolicy } from './policy.ts'
import { favouriteEntries } from './queries.ts'

/** Favourites and policies. Reading an entry is a route of calls, which counts the reading to its call. */
export function registerEntries(app: App, deps: Deps): void {
  registerFavourites(app, deps)
  registerPolicies(app, deps)
}

function registerFavourites(app: App, { db, clock }: Deps): void {
  app.get('/api/favourite-entries', { schema: { response: { 200: EntryLinks } } }, request => ({
    entries: favouriteEntries(db, clock(), actorOf(request)),
  }))
  app.put('/api/favourite-entries/:id', { schema: MARK }, async (request, reply) => {
    write(db, tx => markFavourite(tx, clock(), actorOf(request), request.params.id))
    reply.code(204)
    return null
  })
  app.delete('/api/favourite-entries/:id', { schema: MARK }, async (request, reply) => {
    write(db, tx => unmarkFavourite(tx, clock(), actorOf(request), request.params.id))
    reply.code(204)
    return null
  })
}

const MARK = { params: IdParams, response: { 204: Nothing } } as const

function registerPolicies(app: App, { db, clock }: Deps): void {
  app.get('/api/policies', { schema: { response: { 200: PolicyList } } }, request => {
    requireRole(actorOf(request), 'expert', 'reviewer', 'chair', 'supervisor')
    return { policies: policies(db) }
  })
  app.put('/api/policies', { schema: { body: Policy, response: { 200: PolicyList } } }, request => {
    write(db, tx => setPolicy(tx, clock(), actorOf(request), request.body))
    return { policies: policies(db) }
  })
}
