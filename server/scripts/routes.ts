import type { Deps } from '#server/deps.ts'
import { CheckReply, Method, NewCheck, ScriptView } from '#server/contract/script-views.ts'
import { ScriptDraft } from '#server/contract/script.ts'
import {
  Beginning,
  BeginningQuery,
  FileQuery,
  NewPractice,
  NewScriptImport,
  PracticeList,
  PracticeQuery,
  PracticeView,
} from '#server/contract/script-use.ts'
import { IdParams } from '#server/contract/shapes.ts'
import { NewEntryReply } from '#server/contract/writing.ts'
import { write } from '#server/platform/db/db.ts'
import type { App } from '#server/platform/http/server.ts'
import { beginEntry } from '#server/entries/index.ts'
import { actorOf } from '#server/people/index.ts'
import { beginningOf, type ReadQuestion } from './beginnings.ts'
import { checked } from './checking.ts'
import { revisionOfScript } from './drafts.ts'
import { SCRIPT_FILE, sendScript } from './files.ts'
import { methodInForce } from './method.ts'
import { keepPractice, practiceById, practiceList } from './practices.ts'
import { publishedScript } from './queries.ts'
import { importScript } from './script-import.ts'
import { publishedSheet } from './sheet.ts'

/** Scripts are begun, read and practised here; they are saved, reviewed and retired as every entry is. */
export function registerScripts(app: App, deps: Deps, readQuestion: ReadQuestion): void {
  registerBeginning(app, deps, readQuestion)
  registerReading(app, deps)
  registerPractice(app, deps)
}

function registerBeginning(app: App, { db, clock }: Deps, readQuestion: ReadQuestion): void {
  app.post(
    '/api/scripts',
    { schema: { body: ScriptDraft, response: { 201: NewEntryReply } } },
    async (request, reply) => {
      const actor = actorOf(request)
      reply.code(201)
      return write(db, tx => beginEntry(tx, clock(), actor, revisionOfScript(actor, request.body)))
    },
  )
  const file = { body: NewScriptImport, response: { 201: NewEntryReply } }
  app.post('/api/script-imports', { schema: file }, async (request, reply) => {
    reply.code(201)
    return write(db, tx => importScript(tx, clock(), actorOf(request), request.body.markdown))
  })
  const from = { querystring: BeginningQuery, response: { 200: Beginning } }
  app.get('/api/script-beginnings', { schema: from }, request => ({
    draft: beginningOf(db, clock(), actorOf(request), readQuestion, request.query),
  }))
}

function registerPractice(app: App, { db, clock }: Deps): void {
  const keep = { body: NewPractice, response: { 201: PracticeView } }
  app.post('/api/practices', { schema: keep }, async (request, reply) => {
    reply.code(201)
    const id = write(db, tx => keepPractice(tx, clock(), actorOf(request), request.body))
    return practiceById(db, clock(), id)
  })
  const list = { querystring: PracticeQuery, response: { 200: PracticeList } }
  app.get('/api/practices', { schema: list }, request =>
    practiceList(db, clock(), actorOf(request), request.query),
  )
}

function registerReading(app: App, { db, clock, scriptWords }: Deps): void {
  app.get('/api/method', { schema: { response: { 200: Method } } }, request =>
    methodInForce(db, clock(), actorOf(request)),
  )
  app.get('/api/scripts/:id', { schema: { params: IdParams, response: { 200: ScriptView } } }, request =>
    publishedScript(db, clock(), actorOf(request), request.params.id),
  )
  app.post('/api/scripts/check', { schema: { body: NewCheck, response: { 200: CheckReply } } }, request =>
    checked(db, clock(), actorOf(request), scriptWords, request.body),
  )
  const file = { params: IdParams, querystring: FileQuery, response: SCRIPT_FILE }
  app.get('/api/scripts/:id/file', { schema: file }, (request, reply) =>
    sendScript(
      reply,
      db,
      publishedSheet(db, clock(), actorOf(request), request.params.id),
      request.query.format,
    ),
  )
}
