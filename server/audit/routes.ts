import { Readable } from 'node:stream'
import { Type, type TSchema } from 'typebox'
import { AuditQuery, AuditRows, type AuditRow } from '#server/contract/audit.ts'
import type { Deps } from '#server/deps.ts'
import { write } from '#server/platform/db/db.ts'
import type { App } from '#server/platform/http/server.ts'
import { actorOf } from '#server/people/index.ts'
import { beginExport } from './commands.ts'
import { csvHead, csvRow } from './csv.ts'
import { auditRows } from './queries.ts'

/** What the stream says once it is read whole. */
const streamed = (schema: TSchema) => Type.Unsafe<Readable>(schema)

/** The trail may be long, so it is sent as it is read. */
export function registerAudit(app: App, { db, clock }: Deps): void {
  const content = {
    'application/json': { schema: streamed(AuditRows) },
    'text/csv': { schema: streamed(Type.String()) },
  }
  const schema = { querystring: AuditQuery, response: { 200: { content } } }
  app.get('/api/audit', { schema }, async (request, reply) => {
    const { query } = request
    const last = write(db, tx => beginExport(tx, clock(), actorOf(request), query))
    const rows = auditRows(db, query, last)
    void reply.header('cache-control', 'no-store')
    if (query.format === 'json') return reply.type('application/json').send(Readable.from(asJson(rows)))
    void reply.header('content-disposition', 'attachment; filename="audit.csv"')
    return reply.type('text/csv; charset=utf-8').send(Readable.from(asCsv(rows)))
  })
}

function* asJson(rows: Iterable<AuditRow>): Generator<string> {
  let before = '{"rows":[\n'
  for (const row of rows) {
    yield before + JSON.stringify(row)
    before = ',\n'
  }
  yield before.startsWith('{') ? `${before}]}\n` : '\n]}\n'
}

function* asCsv(rows: Iterable<AuditRow>): Generator<string> {
  yield csvHead()
  for (const row of rows) yield csvRow(row)
}
