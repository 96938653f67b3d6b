import { Type } from 'typebox'
import {
  AgentList,
  CallbackExportQuery,
  CallbackList,
  CallbackMoved,
  CallbackNumber,
  CallbackOutcome,
  CallbackQuery,
  CallbackView,
  NewHolder,
} from '#server/contract/answering.ts'
import { IdParams } from '#server/contract/shapes.ts'
import type { Deps } from '#server/deps.ts'
import { write } from '#server/platform/db/db.ts'
import type { App } from '#server/platform/http/server.ts'
import { HOUR, MINUTE } from '#server/platform/kernel/clock.ts'
import { actorOf } from '#server/people/index.ts'
import { handOver, lookUpNumber, noteTry } from './callback-commands.ts'
import { exportCallbacks } from './callback-export.ts'
import { purgeNumbers } from './callback-purge.ts'
import { callbackById, callbackHolders, callbackList } from './callback-queries.ts'

export function registerCallbacks(app: App, deps: Deps): void {
  registerLists(app, deps)
  registerCalling(app, deps)
  registerExport(app, deps)
  keepPurging(app, deps)
}

function registerLists(app: App, { db, clock }: Deps): void {
  const list = { querystring: CallbackQuery, response: { 200: CallbackList } }
  app.get('/api/callbacks', { schema: list }, request =>
    callbackList(db, clock(), actorOf(request), request.query),
  )
  app.get('/api/callback-holders', { schema: { response: { 200: AgentList } } }, request =>
    callbackHolders(db, actorOf(request)),
  )
}

function registerCalling(app: App, { db, clock, vault }: Deps): void {
  const outcome = { params: IdParams, body: CallbackOutcome, response: { 200: CallbackMoved } }
  app.put('/api/questions/:id/callback', { schema: outcome }, request => {
    const { params, body } = request
    return { state: write(db, tx => noteTry(tx, clock(), actorOf(request), params.id, body)) }
  })
  const number = { params: IdParams, response: { 200: CallbackNumber } }
  app.get('/api/callbacks/:id/number', { schema: number, exposeHeadRoute: false }, request =>
    write(db, tx => lookUpNumber(tx, clock(), actorOf(request), vault, request.params.id)),
  )
  const holder = { params: IdParams, body: NewHolder, response: { 200: CallbackView } }
  app.put('/api/callbacks/:id/holder', { schema: holder }, request => {
    const [actor, { id }] = [actorOf(request), request.params]
    write(db, tx => handOver(tx, clock(), actor, id, request.body.personId))
    return callbackById(db, clock(), actor, id)
  })
}

function registerExport(app: App, { db, clock, vault }: Deps): void {
  const content = { 'text/csv': { schema: Type.Unsafe<string>(Type.String()) } }
  const schema = { querystring: CallbackExportQuery, response: { 200: { content } } }
  app.get('/api/callbacks/export', { schema, exposeHeadRoute: false }, async (request, reply) => {
    const { all = false } = request.query
    const csv = write(db, tx => exportCallbacks(tx, clock(), actorOf(request), vault, all))
    void reply.header('content-disposition', 'attachment; filename="callbacks.csv"')
    return reply.type('text/csv; charset=utf-8').send(csv)
  })
}

/** Once an hour, and soon after each start, so that a service that never runs long deletes too. */
function keepPurging(app: App, { db, clock }: Deps): void {
  const timers: NodeJS.Timeout[] = []
  const purge = () =>
    void purgeNumbers(db, clock()).catch((error: unknown) => {
      if (timers.length > 0) app.log.error(error)
    })
  app.addHook('onReady', async () => {
    timers.push(setTimeout(purge, MINUTE).unref(), setInterval(purge, HOUR).unref())
  })
  app.addHook('preClose', async () => {
    for (const timer of timers.splice(0)) clearInterval(timer)
  })
}
