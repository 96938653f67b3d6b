import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { FileQuery } from '#server/contract/script-use.ts'
import type { ScriptDraft } from '#server/contract/script.ts'
import { IdParams } from '#server/contract/shapes.ts'
import {
  AuthorList,
  CoAuthorParams,
  DraftText,
  MyRevisions,
  MyRevisionsQuery,
  NewEntryReply,
  NewRevisionReply,
  RevisionView,
  SavedText,
} from '#server/contract/writing.ts'
import type { Deps } from '#server/deps.ts'
import { write } from '#server/platform/db/db.ts'
import { iso } from '#server/platform/kernel/clock.ts'
import type { App } from '#server/platform/http/server.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import {
  authorsOf,
  beginEntry,
  beginRevision,
  revisionRow,
  revisionsBy,
  saveDraft,
  type RevisionRow,
} from '#server/entries/index.ts'
import { actorOf } from '#server/people/index.ts'
import { revisionOfScript, SCRIPT_FILE, sendScript, sheetOf } from '#server/scripts/index.ts'
import { addCoAuthor, removeCoAuthor } from './coauthors.ts'
import { requireEditable } from './commands.ts'
import { roundsOf } from './queries.ts'
import { contentShown, revisionState, revisionView } from './views.ts'

const Saved = Type.Object({ version: Type.Integer({ minimum: 1 }) })

/** Writing is here, not in entries: whether a text may still be saved is the reviews' to say. */
export function registerWriting(app: App, deps: Deps): void {
  registerBeginning(app, deps)
  registerOwn(app, deps)
  registerFiles(app, deps)
  registerDrafts(app, deps)
  registerCoAuthors(app, deps)
}

function registerBeginning(app: App, { db, clock }: Deps): void {
  app.post(
    '/api/entries',
    { schema: { body: DraftText, response: { 201: NewEntryReply } } },
    async (request, reply) => {
      reply.code(201)
      return write(db, tx => beginEntry(tx, clock(), actorOf(request), request.body))
    },
  )
  const schema = { params: IdParams, response: { 201: NewRevisionReply } }
  app.post('/api/entries/:id/revisions', { schema }, async (request, reply) => {
    reply.code(201)
    return { revisionId: write(db, tx => beginRevision(tx, clock(), actorOf(request), request.params.id)) }
  })
}

function registerOwn(app: App, { db, clock }: Deps): void {
  app.get(
    '/api/revisions',
    { schema: { querystring: MyRevisionsQuery, response: { 200: MyRevisions } } },
    request => {
      const { limit, offset } = request.query
      const rows = revisionsBy(db, actorOf(request).id)
      const revisions = rows.slice(offset, offset + limit).map(row => ({
        id: row.id,
        entryId: row.entryId,
        kind: row.kind,
        topic: row.topic,
        title: row.standardQuestion,
        state: revisionState(db, clock(), row.id),
        reviewId: roundsOf(db, row.id, 'publication')[0]?.id ?? null,
        updatedAt: iso(row.updatedAt),
      }))
      return { total: rows.length, revisions }
    },
  )
}

function registerFiles(app: App, { db, clock }: Deps): void {
  const schema = { params: IdParams, querystring: FileQuery, response: SCRIPT_FILE }
  app.get('/api/revisions/:id/file', { schema }, (request, reply) => {
    const { id } = request.params
    const sheet = sheetOf(db, clock(), id, contentShown(db, clock(), actorOf(request), id))
    return sendScript(reply, db, sheet, request.query.format)
  })
}

/** A script as it is saved over a revision: what a script does not say of itself stays as it was. */
const savedScript = ({ ownerDepartment, labels }: RevisionRow, draft: ScriptDraft) => ({
  ...revisionOfScript({ department: ownerDepartment }, draft),
  labels,
})

function registerDrafts(app: App, { db, clock }: Deps): void {
  app.get(
    '/api/revisions/:id',
    { schema: { params: IdParams, response: { 200: RevisionView } } },
    async (request, reply) => {
      const view = revisionView(db, clock(), actorOf(request), request.params.id)
      reply.header('etag', `"${view.version}"`)
      return view
    },
  )
  const schema = { params: IdParams, body: SavedText, response: { 200: Saved } }
  app.put('/api/revisions/:id', { schema }, async (request, reply) => {
    const { id } = request.params
    const actor = actorOf(request)
    const version = write(db, tx => {
      const isAuthor = authorsOf(tx, id).some(author => author.id === actor.id)
      if (!isAuthor) throw new Refusal('revision.not_found')
      requireEditable(tx, id)
      const text = 'steps' in request.body ? savedScript(revisionRow(tx, id), request.body) : request.body
      return saveDraft(tx, clock(), actor, id, versionAsked(request), text)
    })
    reply.header('etag', `"${version}"`)
    return { version }
  })
}

function registerCoAuthors(app: App, { db, clock }: Deps): void {
  const schema = { params: CoAuthorParams, response: { 200: AuthorList } }
  const address = '/api/revisions/:id/co-authors/:personId'
  app.put(address, { schema }, request => {
    const { id, personId } = request.params
    write(db, tx => addCoAuthor(tx, clock(), actorOf(request), id, personId))
    return { authors: authorsOf(db, id) }
  })
  app.delete(address, { schema }, request => {
    const { id, personId } = request.params
    write(db, tx => removeCoAuthor(tx, clock(), actorOf(request), id, personId))
    return { authors: authorsOf(db, id) }
  })
}

function versionAsked(request: FastifyRequest): number {
  const asked = /^"?(\d{1,9})"?$/u.exec(request.headers['if-match'] ?? '')?.[1]
  if (asked === undefined) throw new Refusal('revision.version_required')
  return Number(asked)
}
