import { Type } from 'typebox'
import { EntryLinks } from '#server/contract/entry.ts'
import { EntryQueries } from '#server/contract/writing.ts'
import { Id, IdParams, Nothing } from '#server/contract/shapes.ts'
import {
  NewFeedback,
  ReportList,
  ReportQuery,
  Superseded,
  Supersession,
  TaskEnding,
  TaskList,
  TaskQuery,
  VerificationList,
  VerificationQuery,
  Verified,
} from '#server/contract/upkeep.ts'
import type { Deps } from '#server/deps.ts'
import { write } from '#server/platform/db/db.ts'
import type { App } from '#server/platform/http/server.ts'
import { MINUTE, iso } from '#server/platform/kernel/clock.ts'
import { queriesSettledBy } from '#server/calls/index.ts'
import { requireWriter } from '#server/entries/index.ts'
import { actorOf } from '#server/people/index.ts'
import { QuoteFollower } from './quote-follower.ts'
import { reportList } from './reports.ts'
import { citingEntries, replaceSource } from './supersession.ts'
import { endTask, giveFeedback, taskList } from './tasks.ts'
import { verificationList, verifyEntry } from './verifications.ts'

export function registerUpkeep(app: App, deps: Deps): void {
  registerTasks(app, deps)
  registerVerifications(app, deps)
  registerSupersession(app, deps)
  registerQueries(app, deps)
  keepFollowing(app, new QuoteFollower(deps, app.log))
}

/** Before anything is answered, what was committed is taken over: a label is seen by the next request. */
function keepFollowing(app: App, follower: QuoteFollower): void {
  let timer: NodeJS.Timeout | undefined
  app.addHook('onRequest', async () => follower.follow())
  app.addHook('onReady', async () => {
    timer = setInterval(() => follower.follow(), MINUTE).unref()
  })
  app.addHook('preClose', async () => clearInterval(timer))
}

function registerQueries(app: App, { db }: Deps): void {
  const queries = { params: IdParams, response: { 200: EntryQueries } }
  app.get('/api/entries/:id/queries', { schema: queries }, request => {
    requireWriter(actorOf(request))
    return { queries: queriesSettledBy(db, request.params.id) }
  })
}

function registerTasks(app: App, { db, clock }: Deps): void {
  const feedback = { params: IdParams, body: NewFeedback, response: { 201: Type.Object({ taskId: Id }) } }
  app.post('/api/entries/:id/feedback', { schema: feedback }, async (request, reply) => {
    reply.code(201)
    const { params, body } = request
    return { taskId: write(db, tx => giveFeedback(tx, clock(), actorOf(request), params.id, body)) }
  })
  const reports = { querystring: ReportQuery, response: { 200: ReportList } }
  app.get('/api/feedback', { schema: reports }, request =>
    reportList(db, clock(), actorOf(request), request.query),
  )
  app.get('/api/tasks', { schema: { querystring: TaskQuery, response: { 200: TaskList } } }, request =>
    taskList(db, clock(), actorOf(request), request.query),
  )
  const ending = { params: IdParams, body: TaskEnding, response: { 204: Nothing } }
  app.put('/api/tasks/:id/ending', { schema: ending }, async (request, reply) => {
    write(db, tx => endTask(tx, clock(), actorOf(request), request.params.id, request.body.words))
    reply.code(204)
    return null
  })
}

function registerVerifications(app: App, { db, clock }: Deps): void {
  const list = { querystring: VerificationQuery, response: { 200: VerificationList } }
  app.get('/api/verifications', { schema: list }, request =>
    verificationList(db, clock(), actorOf(request), request.query),
  )
  const verify = { params: IdParams, response: { 201: Verified } }
  app.post('/api/entries/:id/verifications', { schema: verify }, async (request, reply) => {
    reply.code(201)
    return { verifyBy: iso(write(db, tx => verifyEntry(tx, clock(), actorOf(request), request.params.id))) }
  })
}

function registerSupersession(app: App, { db, clock }: Deps): void {
  const citations = { params: IdParams, response: { 200: EntryLinks } }
  app.get('/api/sources/:id/citations', { schema: citations }, request => ({
    entries: citingEntries(db, clock(), actorOf(request), request.params.id),
  }))
  const successor = { params: IdParams, body: Supersession, response: { 200: Superseded } }
  app.put('/api/sources/:id/successor', { schema: successor }, request => ({
    entries: write(db, tx =>
      replaceSource(tx, clock(), actorOf(request), request.params.id, request.body.by),
    ),
  }))
}
