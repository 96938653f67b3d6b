import {
  Comparison,
  ComparisonQuery,
  EntryHistory,
  NewComparison,
  NewPreview,
  Preview,
  TextComparison,
} from '#server/contract/writing.ts'
import { IdParams } from '#server/contract/shapes.ts'
import type { Deps } from '#server/deps.ts'
import type { App } from '#server/platform/http/server.ts'
import { renderMarkdown } from '#server/platform/markdown/render.ts'
import { requireWriter, resolveEntry } from '#server/entries/index.ts'
import { actorOf } from '#server/people/index.ts'
import { compareWords } from './diff.ts'
import { compareRevisions, entryHistory } from './history.ts'

/** What happened to an entry, what changed between its revisions, and how a text will look. */
export function registerHistory(app: App, { db, clock }: Deps): void {
  app.get(
    '/api/entries/:id/history',
    { schema: { params: IdParams, response: { 200: EntryHistory } } },
    request => entryHistory(db, clock(), actorOf(request), request.params.id),
  )
  const revisions = { querystring: ComparisonQuery, response: { 200: Comparison } }
  app.get('/api/comparisons', { schema: revisions }, request => {
    const { before, after } = request.query
    return compareRevisions(db, clock(), actorOf(request), before, after)
  })
  const texts = { body: NewComparison, response: { 200: TextComparison } }
  app.post('/api/comparisons', { schema: texts }, request => {
    requireWriter(actorOf(request))
    return { parts: compareWords(request.body.before, request.body.after) }
  })
  app.post('/api/previews', { schema: { body: NewPreview, response: { 200: Preview } } }, request => {
    requireWriter(actorOf(request))
    return { bodyHtml: renderMarkdown(request.body.body, ref => resolveEntry(db, clock(), ref)) }
  })
}
