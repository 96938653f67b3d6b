import {
  DelegationList,
  MemberList,
  NewDelegation,
  NewStandIn,
  ReviewCounts,
} from '#server/contract/review.ts'
import { IdParams, Nothing } from '#server/contract/shapes.ts'
import type { Deps } from '#server/deps.ts'
import { write } from '#server/platform/db/db.ts'
import type { App } from '#server/platform/http/server.ts'
import { actorOf, requireRole, seatsAt } from '#server/people/index.ts'
import { reviewCounts } from './counts.ts'
import { delegate, delegationList, giveStandIn } from './seats.ts'

/** The committee itself: who sits on it, who stands in for whom, and how much waits for each department. */
export function registerCommittee(app: App, { db, clock }: Deps): void {
  app.get('/api/members', { schema: { response: { 200: MemberList } } }, request => {
    requireRole(actorOf(request), 'expert', 'reviewer', 'chair', 'supervisor', 'admin')
    return { members: seatsAt(db, clock()) }
  })
  app.get('/api/delegations', { schema: { response: { 200: DelegationList } } }, request =>
    delegationList(db, clock(), actorOf(request)),
  )
  const delegation = { body: NewDelegation, response: { 201: DelegationList } }
  app.post('/api/delegations', { schema: delegation }, async (request, reply) => {
    const actor = actorOf(request)
    write(db, tx => delegate(tx, clock(), actor, request.body))
    reply.code(201)
    return delegationList(db, clock(), actor)
  })
  const given = { params: IdParams, body: NewStandIn, response: { 204: Nothing } }
  app.post('/api/reviews/:id/stand-ins', { schema: given }, async (request, reply) => {
    write(db, tx => giveStandIn(tx, clock(), actorOf(request), request.params.id, request.body))
    reply.code(204)
    return null
  })
  app.get('/api/review-counts', { schema: { response: { 200: ReviewCounts } } }, request =>
    reviewCounts(db, clock(), actorOf(request)),
  )
}
