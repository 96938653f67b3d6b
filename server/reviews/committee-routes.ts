import {
  DelegationList,
  MemberList,
  NewDelegation,
  NewStandIn,
  ReviewCounts,
} from '#server/contract/review.ts'
import { ExpertList, ExpertQuery } from '#server/contract/person.ts'
import { IdParams, Nothing } from '#server/contract/shapes.ts'
import type { Deps } from '#server/deps.ts'
import { write } from '#server/platform/db/db.ts'
import type { App } from '#server/platform/http/server.ts'
import { actorOf, peopleCalled, requireRole, seatsAt } from '#server/people/index.ts'
import { reviewCounts } from './counts.ts'
import { delegate, delegationList, endDelegation } from './delegations.ts'
import { giveStandIn } from './seats.ts'

/** The committee itself: who sits on it, who stands in for whom, and how much waits for each department. */
export function registerCommittee(app: App, deps: Deps): void {
  registerMembers(app, deps)
  registerDelegations(app, deps)
}

function registerMembers(app: App, { db, clock }: Deps): void {
  app.get('/api/members', { schema: { response: { 200: MemberList } } }, request => {
    requireRole(actorOf(request), 'expert', 'reviewer', 'chair', 'supervisor', 'admin')
    return { members: seatsAt(db, clock()) }
  })
  const experts = { querystring: ExpertQuery, response: { 200: ExpertList } }
  app.get('/api/experts', { schema: experts }, request => {
    requireRole(actorOf(request), 'expert', 'reviewer', 'chair', 'supervisor')
    const { q = '', limit } = request.query
    return { experts: peopleCalled(db, 'expert', q.trim(), limit) }
  })
  app.get('/api/review-counts', { schema: { response: { 200: ReviewCounts } } }, request =>
    reviewCounts(db, clock(), actorOf(request)),
  )
}

function registerDelegations(app: App, { db, clock }: Deps): void {
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
  const ended = { params: IdParams, response: { 200: DelegationList } }
  app.put('/api/delegations/:id/ending', { schema: ended }, request => {
    const actor = actorOf(request)
    write(db, tx => endDelegation(tx, clock(), actor, request.params.id))
    return delegationList(db, clock(), actor)
  })
  const given = { params: IdParams, body: NewStandIn, response: { 204: Nothing } }
  app.post('/api/reviews/:id/stand-ins', { schema: given }, async (request, reply) => {
    write(db, tx => giveStandIn(tx, clock(), actorOf(request), request.params.id, request.body))
    reply.code(204)
    return null
  })
}
