import { Nothing, IdParams } from '#server/contract/shapes.ts'
import {
  FastLaneReply,
  NewComment,
  NewDepartment,
  NewFastLane,
  NewRetirement,
  NewVote,
  NewWithdrawal,
  ReviewList,
  ReviewOpened,
  ReviewQuery,
  ReviewView,
  VoteReply,
} from '#server/contract/review.ts'
import type { Deps } from '#server/deps.ts'
import { write } from '#server/platform/db/db.ts'
import { iso } from '#server/platform/kernel/clock.ts'
import type { App } from '#server/platform/http/server.ts'
import { actorOf } from '#server/people/index.ts'
import { askForRetirement, callIn, commentOn, noteAttempt, submitForReview } from './commands.ts'
import { registerCommittee } from './committee-routes.ts'
import { registerHistory } from './history-routes.ts'
import { reviewList, reviewView } from './views.ts'
import { castVote, publishFast } from './voting.ts'
import { withdrawReview } from './withdrawing.ts'
import { registerWriting } from './writing-routes.ts'

const opened = { response: { 201: ReviewOpened } }

export function registerReviews(app: App, deps: Deps): void {
  registerWriting(app, deps)
  registerOpening(app, deps)
  registerWithdrawing(app, deps)
  registerReviewing(app, deps)
  registerDeciding(app, deps)
  registerCommittee(app, deps)
  registerHistory(app, deps)
}

function registerOpening(app: App, { db, clock, scriptWords }: Deps): void {
  app.post(
    '/api/revisions/:id/submission',
    { schema: { params: IdParams, ...opened } },
    async (request, reply) => {
      const { id } = request.params
      write(db, tx => noteAttempt(tx, clock(), actorOf(request), id, scriptWords))
      const reviewId = write(db, tx => submitForReview(tx, clock(), actorOf(request), id, scriptWords))
      reply.code(201)
      return { reviewId }
    },
  )
  const retirement = { params: IdParams, body: NewRetirement, ...opened }
  app.post('/api/entries/:id/retirement', { schema: retirement }, async (request, reply) => {
    const { params, body } = request
    const reviewId = write(db, tx => askForRetirement(tx, clock(), actorOf(request), params.id, body.reason))
    reply.code(201)
    return { reviewId }
  })
}

function registerWithdrawing(app: App, { db, clock }: Deps): void {
  const withdrawal = { params: IdParams, body: NewWithdrawal, response: { 201: VoteReply } }
  app.post('/api/reviews/:id/withdrawal', { schema: withdrawal }, async (request, reply) => {
    const reason = request.body?.reason?.trim() || null
    write(db, tx => withdrawReview(tx, clock(), actorOf(request), request.params.id, reason))
    reply.code(201)
    return { state: 'withdrawn' as const }
  })
}

function registerReviewing(app: App, { db, clock }: Deps): void {
  app.get('/api/reviews', { schema: { querystring: ReviewQuery, response: { 200: ReviewList } } }, request =>
    reviewList(db, clock(), actorOf(request), request.query),
  )
  app.get('/api/reviews/:id', { schema: { params: IdParams, response: { 200: ReviewView } } }, request =>
    reviewView(db, clock(), actorOf(request), request.params.id),
  )
  const comment = { params: IdParams, body: NewComment, response: { 204: Nothing } }
  app.post('/api/reviews/:id/comments', { schema: comment }, async (request, reply) => {
    write(db, tx => commentOn(tx, clock(), actorOf(request), request.params.id, request.body))
    reply.code(204)
    return null
  })
  const department = { params: IdParams, body: NewDepartment, response: { 204: Nothing } }
  app.post('/api/reviews/:id/departments', { schema: department }, async (request, reply) => {
    write(db, tx => callIn(tx, clock(), actorOf(request), request.params.id, request.body.department))
    reply.code(204)
    return null
  })
}

function registerDeciding(app: App, { db, clock }: Deps): void {
  const cast = { params: IdParams, body: NewVote, response: { 201: VoteReply } }
  app.post('/api/reviews/:id/votes', { schema: cast }, async (request, reply) => {
    const { params, body } = request
    const state = write(db, tx => castVote(tx, clock(), actorOf(request), params.id, body))
    reply.code(201)
    return { state }
  })
  const fast = { params: IdParams, body: NewFastLane, response: { 201: FastLaneReply } }
  app.post('/api/reviews/:id/fast-lane', { schema: fast }, async (request, reply) => {
    const { params, body } = request
    const until = write(db, tx => publishFast(tx, clock(), actorOf(request), params.id, body))
    reply.code(201)
    return { until: iso(until) }
  })
}
