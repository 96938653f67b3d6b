import type { Db } from '#server/platform/db/db.ts'
import type { EngineDocument } from '#server/platform/engine/port.ts'
import { searchableEntries } from '#server/entries/index.ts'
import { noticesInForce } from '#server/notices/index.ts'
import { entryDocument, entryDocumentId, isSearched, noticeDocument, noticeDocumentId } from './documents.ts'

/** Every document that a search may find at `now`, or those of some entries and notices. */
export const documentsInForce = (
  db: Db,
  now: number,
  entryIds?: number[],
  noticeIds?: number[],
): EngineDocument[] => [
  ...searchableEntries(db, now, entryIds).filter(isSearched).map(entryDocument),
  ...noticesInForce(db, now, noticeIds).map(noticeDocument),
]

/** Those of the documents, by their ids, that a search may find at `now`. */
export const documentsOf = (db: Db, now: number, ids: readonly string[]): EngineDocument[] =>
  documentsInForce(db, now, entryIdsOf(ids), noticeIdsOf(ids))

export const entryIdsOf = (ids: readonly string[]): number[] =>
  numbersOf(ids, entryDocumentId(0).slice(0, -1))
export const noticeIdsOf = (ids: readonly string[]): number[] =>
  numbersOf(ids, noticeDocumentId(0).slice(0, -1))

const numbersOf = (ids: readonly string[], prefix: string): number[] =>
  ids.filter(id => id.startsWith(prefix)).map(id => Number(id.slice(prefix.length)))
