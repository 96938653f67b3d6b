import { CallArea, CallView, CurrentCall, NewCall, NewCopy, NewOutcome } from '#server/contract/call.ts'
import { EntryLinks, EntryQuery, EntryView } from '#server/contract/entry.ts'
import { NewScriptStep } from '#server/contract/script-use.ts'
import { IdParams, Nothing } from '#server/contract/shapes.ts'
import type { Deps } from '#server/deps.ts'
import { write } from '#server/platform/db/db.ts'
import type { App } from '#server/platform/http/server.ts'
import { publishedEntry } from '#server/entries/index.ts'
import { actorOf } from '#server/people/index.ts'
import { beginCall, closeCall, endCall, noteCopy, noteOpening, placeCall } from './commands.ts'
import { noteScriptStep } from './following.ts'
import { callById, currentCall, recentEntries } from './queries.ts'

export function registerCalls(app: App, deps: Deps): void {
  registerCallLife(app, deps)
  registerFollowing(app, deps)
  registerReading(app, deps)
}

const BEGIN = { body: NewCall, response: { 201: CallView } }
const ONE = { params: IdParams, response: { 200: CallView } }
const AREA = { params: IdParams, body: CallArea, response: { 200: CallView } }
const STEP = { params: IdParams, body: NewScriptStep, response: { 201: CallView } }
const OUTCOME = { params: IdParams, body: NewOutcome, response: { 200: CallView } }

function registerCallLife(app: App, { db, clock, hash }: Deps): void {
  app.post('/api/calls', { schema: BEGIN }, async (request, reply) => {
    const actor = actorOf(request)
    reply.code(201)
    return callById(
      db,
      actor,
      write(db, tx => beginCall(tx, clock(), actor, hash, request.body)),
    )
  })
  app.get('/api/calls/current', { schema: { response: { 200: CurrentCall } } }, request => ({
    call: currentCall(db, actorOf(request)),
  }))
  app.get('/api/calls/:id', { schema: ONE }, request => callById(db, actorOf(request), request.params.id))
  app.put('/api/calls/:id/outcome', { schema: OUTCOME }, request => {
    write(db, tx => closeCall(tx, clock(), actorOf(request), request.params.id, request.body))
    return callById(db, actorOf(request), request.params.id)
  })
  app.put('/api/calls/:id/area', { schema: AREA }, request => {
    write(db, tx => placeCall(tx, clock(), actorOf(request), request.params.id, request.body.area))
    return callById(db, actorOf(request), request.params.id)
  })
  app.put('/api/calls/:id/end', { schema: ONE }, request => {
    write(db, tx => endCall(tx, clock(), actorOf(request), request.params.id))
    return callById(db, actorOf(request), request.params.id)
  })
}

function registerFollowing(app: App, { db, clock }: Deps): void {
  app.post('/api/calls/:id/script-steps', { schema: STEP }, async (request, reply) => {
    const { params, body } = request
    write(db, tx => noteScriptStep(tx, clock(), actorOf(request), params.id, body))
    reply.code(201)
    return callById(db, actorOf(request), params.id)
  })
}

/** Reading an entry is here, not in entries: `call` counts the reading to a call. */
function registerReading(app: App, { db, clock }: Deps): void {
  app.get(
    '/api/entries/:id',
    { schema: { params: IdParams, querystring: EntryQuery, response: { 200: EntryView } } },
    request => {
      const { call, how = 'link', rank } = request.query
      const actor = actorOf(request)
      const view = publishedEntry(db, clock(), actor, request.params.id)
      if (call !== undefined) write(db, tx => noteOpening(tx, clock(), actor, call, view.id, how, rank))
      return view
    },
  )
  app.post(
    '/api/calls/:id/copies',
    { schema: { params: IdParams, body: NewCopy, response: { 204: Nothing } } },
    async (request, reply) => {
      write(db, tx => noteCopy(tx, clock(), actorOf(request), request.params.id, request.body))
      reply.code(204)
      return null
    },
  )
  app.get('/api/recent-entries', { schema: { response: { 200: EntryLinks } } }, request => ({
    entries: recentEntries(db, clock(), actorOf(request)),
  }))
}
