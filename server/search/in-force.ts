import type { Db } from '#server/platform/db/db.ts'
import type { EngineDocument } from '#server/platform/engine/port.ts'
import { searchableEntries } from '#server/entries/index.ts'
import { noticesInForce } from '#server/notices/index.ts'
import { entryDocument, entryDocumentId, isSearched, noticeDocument, noticeDocumentId } from './documents.ts'

/** Every document that a search may find at `now`, or those of some entries and notices. */
export const documentsInForce = (...given: Parameters<typeof eachInForce>): EngineDocument[] => [
  ...eachInForce(...given),
]

/** The same, each made when it is asked for: making many takes seconds. */
export function* eachInForce(
  db: Db,
  now: number,
  entryIds?: number[],
  noticeIds?: number[],
): Generator<EngineDocument, void> {
  for (const entry of searchableEntries(db, now, entryIds)) if (isSearched(entry)) yield entryDocument(entry)
  for (const notice of noticesInForce(db, now, noticeIds)) yield noticeDocument(notice)
}

/** Those of the documents, by their ids, that a search may find at `now`, each made when it is asked for. */
export const eachOf = (db: Db, now: number, ids: readonly string[]): Iterable<EngineDocument> =>
  eachInForce(db, now, entryIdsOf(ids), noticeIdsOf(ids))

export const entryIdsOf = (ids: readonly string[]): number[] =>
  numbersOf(ids, entryDocumentId(0).slice(0, -1))
export const noticeIdsOf = (ids: readonly string[]): number[] =>
  numbersOf(ids, noticeDocumentId(0).slice(0, -1))

const numbersOf = (ids: readonly string[], prefix: string): number[] =>
  ids.filter(id => id.startsWith(prefix)).map(id => Number(id.slice(prefix.length)))
