import type { FastifyRequest } from 'fastify'
import { AnswerDraft, AnswerReply, NewAnswer } from '#server/contract/answering.ts'
import {
  MoreFacts,
  NewMerge,
  NewQuestion,
  NewRouting,
  QuestionDraft,
  QuestionList,
  QuestionMoved,
  QuestionOutlook,
  QuestionQuery,
  QuestionRaised,
  QuestionView,
  Reason,
} from '#server/contract/question.ts'
import { IdParams } from '#server/contract/shapes.ts'
import type { Deps } from '#server/deps.ts'
import { write, type Tx } from '#server/platform/db/db.ts'
import { MINUTE, iso } from '#server/platform/kernel/clock.ts'
import type { App } from '#server/platform/http/server.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { entryLinks } from '#server/entries/index.ts'
import { actorOf, type Actor } from '#server/people/index.ts'
import { answerQuestion, draftAnswer } from './answering.ts'
import { Follower } from './follower.ts'
import { guess, type Nearest } from './guess.ts'
import { questionList } from './lists.ts'
import { mergeQuestion, unmergeQuestion } from './merging.ts'
import { NearQuestions } from './near.ts'
import { outlookOf } from './outlook.ts'
import { raiseQuestion, raisedUnder } from './raising.ts'
import { registerRouting } from './routing-routes.ts'
import { leadOf, questionRow, type QuestionRow } from './steps.ts'
import { questionView } from './views.ts'
import {
  refuseQuestion,
  releaseQuestion,
  returnQuestion,
  routeQuestion,
  supplementQuestion,
  takeQuestion,
} from './working.ts'

/** What the routes need beside the service's own parts. */
interface Parts {
  near: NearQuestions
  nearest: Nearest
  follower: Follower
}

/** `nearest` knows the approved entries near a text. */
export function registerQuestions(app: App, deps: Deps, nearest: Nearest): void {
  const parts = { near: new NearQuestions(deps), nearest, follower: new Follower(deps, app.log) }
  registerRaising(app, deps, parts)
  registerReading(app, deps, parts)
  registerMoves(app, deps, parts)
  registerReturns(app, deps, parts)
  registerAnswering(app, deps, parts)
  registerRouting(app, deps)
  keepFollowing(app, parts)
}

function registerRaising(app: App, deps: Deps, { near, nearest }: Parts): void {
  const { db, clock } = deps
  const raise = { body: NewQuestion, response: { 201: QuestionRaised } }
  app.post('/api/questions', { schema: raise }, async (request, reply) => {
    const { body } = request
    const actor = actorOf(request)
    const key = keyOf(request)
    const guessed = raisedUnder(db, actor, key) ?? (await guess(db, clock(), nearest, body.text))
    const { id } = write(db, tx => raiseQuestion(tx, clock(), actor, deps, body, guessed, key))
    const row = questionRow(db, id)
    const { urgency, department, dueAt } = leadOf(db, row)
    const candidates = await near.near(row.text, row.leadId ?? id)
    reply.code(201)
    return { id, mergedInto: row.leadId, candidates, routedTo: department, urgency, dueAt: iso(dueAt) }
  })
  const outlook = { body: QuestionDraft, response: { 200: QuestionOutlook } }
  app.post('/api/question-outlooks', { schema: outlook }, request =>
    outlookOf({ db, clock, near, nearest }, actorOf(request), request.body),
  )
}

function registerReading(app: App, { db, clock }: Deps, { near, nearest, follower }: Parts): void {
  const list = { querystring: QuestionQuery, response: { 200: QuestionList } }
  app.get('/api/questions', { schema: list }, request => {
    follower.follow()
    return questionList(db, clock(), actorOf(request), request.query)
  })
  const one = { params: IdParams, response: { 200: QuestionView } }
  app.get('/api/questions/:id', { schema: one }, async request => {
    follower.follow()
    const actor = actorOf(request)
    const { isWhole, ...view } = questionView(db, clock(), actor, request.params.id)
    const { ids } = await nearest(view.text)
    const candidates = isWhole ? await near.near(view.text, view.mergedInto ?? view.id) : []
    return { ...view, near: entryLinks(db, clock(), actor, ids), candidates }
  })
}

type Move<Body> = (tx: Tx, now: number, actor: Actor, id: number, body: Body) => QuestionRow

const moved = { params: IdParams, response: { 200: QuestionMoved } }

/** What a move answers: where the question stands then. */
function movesOf({ db, clock }: Deps, { follower }: Parts) {
  return <Body>(request: FastifyRequest, move: Move<Body>) => {
    const { id } = request.params as { id: number }
    follower.follow()
    write(db, tx => move(tx, clock(), actorOf(request), id, request.body as Body))
    return { state: questionRow(db, id).state }
  }
}

function registerMoves(app: App, deps: Deps, parts: Parts): void {
  const moving = movesOf(deps, parts)
  const merge = { ...moved, body: NewMerge }
  app.put('/api/questions/:id/merge', { schema: merge }, request =>
    moving<NewMerge>(request, (tx, now, actor, id, { intoId }) => mergeQuestion(tx, now, actor, id, intoId)),
  )
  app.delete('/api/questions/:id/merge', { schema: moved }, request => moving(request, unmergeQuestion))
  app.post('/api/questions/:id/routing', { schema: { ...moved, body: NewRouting } }, request =>
    moving<NewRouting>(request, routeQuestion),
  )
  app.put('/api/questions/:id/taking', { schema: moved }, request => moving(request, takeQuestion))
  app.delete('/api/questions/:id/taking', { schema: moved }, request => moving(request, releaseQuestion))
}

function registerReturns(app: App, deps: Deps, parts: Parts): void {
  const moving = movesOf(deps, parts)
  app.post('/api/questions/:id/return', { schema: { ...moved, body: Reason } }, request =>
    moving<Reason>(request, (tx, now, actor, id, { reason }) => returnQuestion(tx, now, actor, id, reason)),
  )
  app.post('/api/questions/:id/facts', { schema: { ...moved, body: MoreFacts } }, request =>
    moving<MoreFacts>(request, supplementQuestion),
  )
  app.post('/api/questions/:id/refusal', { schema: { ...moved, body: Reason } }, request =>
    moving<Reason>(request, (tx, now, actor, id, { reason }) => refuseQuestion(tx, now, actor, id, reason)),
  )
}

function registerAnswering(app: App, { db, clock, scriptWords }: Deps, { nearest, follower }: Parts): void {
  /** What an answer is most likely about; nothing of it is told to who may not see the question. */
  const topicOf = async (id: number) => (await guess(db, clock(), nearest, questionRow(db, id).text)).topic
  const draft = { params: IdParams, response: { 201: AnswerDraft } }
  app.post('/api/questions/:id/draft', { schema: draft }, async (request, reply) => {
    const { id } = request.params
    const actor = actorOf(request)
    const topic = await topicOf(id)
    reply.code(201)
    return write(db, tx => draftAnswer(tx, clock(), actor, id, topic))
  })
  const answer = { params: IdParams, body: NewAnswer, response: { 201: AnswerReply } }
  app.post('/api/questions/:id/answer', { schema: answer }, async (request, reply) => {
    const { id } = request.params
    const actor = actorOf(request)
    const topic = await topicOf(id)
    follower.follow()
    reply.code(201)
    return write(db, tx => answerQuestion(tx, clock(), actor, id, request.body, topic, scriptWords))
  })
}

/** The Idempotency-Key of a request, if it has one; refuses one that cannot be a key. */
function keyOf({ headers }: FastifyRequest): string | undefined {
  const key = headers['idempotency-key']
  if (key === undefined || (typeof key === 'string' && /^[\x21-\x7e]{8,80}$/u.test(key))) return key
  throw new Refusal('request.invalid', [
    { path: 'headers.idempotency-key', message: 'must be 8 to 80 visible ASCII characters' },
  ])
}

/** What the committee decided is followed after the answer to its request was sent, so it holds nobody up. */
function keepFollowing(app: App, { near, follower }: Parts): void {
  let timer: NodeJS.Timeout | undefined
  app.addHook('onReady', async () => {
    timer = setInterval(() => follower.look(), MINUTE).unref()
    // whoever asks what is near waits for it; after a fault they try again, and are told
    void near.follow().catch(() => undefined)
  })
  app.addHook('onResponse', async request => {
    if (request.method !== 'GET') setImmediate(() => timer && follower.follow())
  })
  app.addHook('preClose', async () => {
    clearInterval(timer)
    timer = undefined
  })
  app.addHook('onClose', () => near.close())
}
