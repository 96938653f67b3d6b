import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApp } from '#server/app.ts'
import { readConfig } from '#server/config.ts'
import { openVault } from '#server/keys.ts'
import { openDb, type Db } from '#server/platform/db/db.ts'
import type { EngineDocument, SearchEngine } from '#server/platform/engine/port.ts'
import { keyedHash } from '#server/platform/kernel/keys.ts'
import type { Lexicon } from '#server/platform/text/lexicon.ts'
import { readLexicons } from '#server/scripts/index.ts'
import { fillWhenEmpty } from '#server/prepare.ts'

/** The whole service on a port of its own, signed in as an agent. */
export interface Service {
  /** Fetches the answer to a query over HTTP. */
  search(text: string): Promise<void>
  close(): Promise<void>
}

/** Starts the service on a fresh database in memory with the starter content and, as entries, `more`. */
export async function startService(
  engine: SearchEngine,
  lexicon: Lexicon,
  more: readonly EngineDocument[] = [],
): Promise<Service> {
  const dataDir = mkdtempSync(join(tmpdir(), 'firstline-bench-'))
  const config = readConfig({ PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent' })
  const db = openDb(':memory:')
  fillWhenEmpty(db, Date.now(), config)
  const hash = keyedHash(join(dataDir, 'keys', 'numbers.key'))
  const vault = openVault(db, config)
  const scriptWords = readLexicons()
  const { app } = await buildApp({ db, engine, lexicon, scriptWords, clock: Date.now, config, hash, vault })
  await engine.apply({ put: addEntries(db, more), remove: [] })
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  const reply = await post(`${address}/api/session`, { persona: 'agent' })
  const cookie = reply.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  return {
    search: async text => {
      const answer = await fetch(`${address}/api/search?limit=10&q=${encodeURIComponent(text)}`, {
        headers: { cookie },
      })
      if (!answer.ok) throw new Error(`${text}: ${answer.status} ${await answer.text()}`)
      await answer.json()
    },
    close: async () => {
      await app.close()
      db.$client.close()
    },
  }
}

/**
 * Publishes documents as entries, for the search reads its texts from there; returns them with the entries' ids. Plain
 * SQL: through the commands 136,861 entries would take longer than everything that is measured.
 */
function addEntries({ $client: sql }: Db, documents: readonly EngineDocument[]): EngineDocument[] {
  const entry = sql.prepare('INSERT INTO entry (created_at) VALUES (0)')
  const revision = sql.prepare(
    `INSERT INTO revision (entry_id, number, kind, category, topic, owner_department, standard_question,
       similar_questions, say, body, scope, tags, labels, created_at)
     VALUES (?, 1, 'rule', '其它', '第三方', 'market', ?, '[]', '', ?, '{}', '[]', '[]', 0)`,
  )
  const publication = sql.prepare('INSERT INTO publication (entry_id, revision_id, at) VALUES (?, ?, 0)')
  const add = (document: EngineDocument) => {
    const { title = [], body = [] } = document.fields
    const entryId = entry.run().lastInsertRowid
    publication.run(entryId, revision.run(entryId, title[0], body[0]).lastInsertRowid)
    return { ...document, id: `entry:${entryId}` }
  }
  return sql.transaction(() => documents.map(add))()
}

function post(url: string, body: object): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: new URL(url).origin },
    body: JSON.stringify(body),
  })
}
