import { existsSync, readFileSync } from 'node:fs'
import { searchableEntries } from '#server/entries/index.ts'
import { openDb, write } from '#server/platform/db/db.ts'
import type { EngineDocument } from '#server/platform/engine/port.ts'
import { entryDocument, isSearched } from '#server/search/documents.ts'
import { CONTENT, importContent } from '#server/starter.ts'

/** One query as put by an agent or a caller, with the topic of its answer; `__none__` has none. */
export interface HotlineQuery {
  text: string
  topic: string
  kind: string
}

/** The starter entries and call scripts as the service makes documents of them. */
export function readContent(): EngineDocument[] {
  const db = openDb(':memory:')
  const { faults } = write(db, tx => importContent(tx, Date.now(), CONTENT))
  for (const fault of faults) console.log(`left out: ${fault}`)
  return searchableEntries(db, Date.now()).filter(isSearched).map(entryDocument)
}

/** The queries made for the starter content, or undefined when they are not there. */
export function readHotlineQueries(): HotlineQuery[] | undefined {
  const file = new URL('../../shared/data/hotline/queries.dev.tsv', import.meta.url)
  if (!existsSync(file)) return undefined
  const [, ...lines] = readFileSync(file, 'utf8').trim().split('\n')
  return lines.map(line => {
    const [text = '', topic = '', kind = ''] = line.split('\t')
    return { text, topic, kind }
  })
}
