import Database from 'better-sqlite3'
import type { EngineDocument } from '#server/platform/engine/port.ts'
import { fold } from '#server/platform/text/fold.ts'
import { findRuns } from '#server/platform/text/runs.ts'

/** SQLite FTS5 over the same folded grams and words, for comparison. */
export interface Fts5 {
  search(text: string): string[]
  bytes: number
  close(): void
}

/** Indexes documents in memory; the tokens are made here, so FTS5 only splits at blanks. */
export function buildFts5(documents: readonly EngineDocument[]): Fts5 {
  const db = new Database(':memory:')
  db.exec(
    `CREATE VIRTUAL TABLE document USING fts5(id UNINDEXED, title, body, tokenize = 'unicode61 remove_diacritics 0')`,
  )
  const insert = db.prepare('INSERT INTO document VALUES (?, ?, ?)')
  db.transaction(() => {
    for (const { id, fields } of documents) {
      const { title = [], body = [], ...others } = fields
      insert.run(id, toTokens(title), toTokens([...body, ...Object.values(others).flat()]))
    }
  })()
  const find = db.prepare<[string], { id: string }>(
    'SELECT id FROM document WHERE document MATCH ? ORDER BY bm25(document, 0, 2, 1) LIMIT 50',
  )
  const pages = db.pragma('page_count', { simple: true }) as number
  const size = db.pragma('page_size', { simple: true }) as number
  return {
    search: text => {
      const tokens = [...new Set(toTokens([text]).split(' ').filter(Boolean))]
      return tokens.length === 0
        ? []
        : find.all(tokens.map(token => `"${token}"`).join(' OR ')).map(row => row.id)
    },
    bytes: pages * size,
    close: () => db.close(),
  }
}

function toTokens(texts: readonly string[]): string {
  return texts.flatMap(text => tokensOf(fold(text).text)).join(' ')
}

function tokensOf(text: string): string[] {
  return findRuns(text).flatMap(({ kind, start, end }) => {
    const run = text.slice(start, end)
    if (kind === 'alphanumeric' || run.length === 1) return [run]
    return Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2))
  })
}
