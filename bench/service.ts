import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApp } from '#server/app.ts'
import { readConfig } from '#server/config.ts'
import { draftEntry, publishRevision } from '#server/entries/index.ts'
import { openDb, write, type Db } from '#server/platform/db/db.ts'
import type { EngineDocument, SearchEngine } from '#server/platform/engine/port.ts'
import { keyedHash } from '#server/platform/kernel/keys.ts'
import type { Lexicon } from '#server/platform/text/lexicon.ts'
import { fillWhenEmpty } from '#server/prepare.ts'

/** The whole service on a port of its own, signed in as an agent. */
export interface Service {
  /** Fetches the answer to a query over HTTP. */
  search(text: string): Promise<void>
  close(): Promise<void>
}

const BATCH = 2_000

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
  const { app } = await buildApp({ db, engine, lexicon, clock: Date.now, config, hash })
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

/** Publishes documents as entries, for the search reads its texts from there; returns them with the entries' ids. */
function addEntries(db: Db, documents: readonly EngineDocument[]): EngineDocument[] {
  const added: EngineDocument[] = []
  for (let at = 0; at < documents.length; at += BATCH) {
    write(db, tx => {
      for (const document of documents.slice(at, at + BATCH)) {
        const { entryId, revisionId } = draftEntry(tx, Date.now(), { personId: null }, toRevision(document))
        publishRevision(tx, Date.now(), revisionId, [])
        added.push({ ...document, id: `entry:${entryId}` })
      }
    })
  }
  // The index is given them at once below; what waits for it would do the same one by one.
  db.$client.exec('DELETE FROM outbox')
  return added
}

function toRevision({ fields }: EngineDocument): Parameters<typeof draftEntry>[3] {
  return {
    kind: 'rule',
    category: '其它',
    topic: '第三方',
    ownerDepartment: 'market',
    standardQuestion: fields.title?.[0] ?? '',
    similarQuestions: [],
    say: '',
    body: fields.body?.[0] ?? '',
    basis: [],
    scope: {},
    tags: [],
    labels: [],
    validFrom: null,
    validUntil: null,
    verifyBy: null,
  }
}

function post(url: string, body: object): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: new URL(url).origin },
    body: JSON.stringify(body),
  })
}
