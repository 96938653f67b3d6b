import type { SearchHit } from '#server/contract/search.ts'
import type { Db } from '#server/platform/db/db.ts'
import { isoOrNull } from '#server/platform/kernel/clock.ts'
import { resolvedCounts } from '#server/calls/index.ts'
import { searchableEntries, type SearchableEntry } from '#server/entries/index.ts'
import { noticesInForce } from '#server/notices/index.ts'
import { classOfBody } from '#server/scripts/index.ts'
import type { NoticeView } from '#server/contract/notice.ts'
import { NOTICE_CATEGORY, NOTICE_TOPIC, entryDocumentId, noticeDocumentId } from './documents.ts'
import { entryIdsOf, noticeIdsOf } from './in-force.ts'

/** Something an engine proposed, read again from the truth. */
export interface Found {
  id: string
  /** The texts the ranking compares, by field. */
  fields: Record<string, readonly string[]>
  /** Markdown to look for a snippet in when `say` has nothing of the query; made plain only then. */
  body: { key: number; markdown: string } | undefined
  shown: Omit<SearchHit, 'score' | 'highlights' | 'snippet'>
}

/** Those of the engine's ids that are approved and in force at `now`, by id; a stale one is simply not there. */
export function readFound(db: Db, now: number, ids: readonly string[]): Map<string, Found> {
  const entryIds = entryIdsOf(ids)
  const resolved = resolvedCounts(db, now, entryIds)
  const entries = searchableEntries(db, now, entryIds).map(one =>
    foundEntry(one, resolved.get(one.entryId) ?? 0),
  )
  const notices = noticesInForce(db, now, noticeIdsOf(ids)).map(foundNotice)
  return new Map([...entries, ...notices].map(found => [found.id, found]))
}

function foundEntry(one: SearchableEntry, resolvedCount: number): Found {
  const scriptClass = one.kind === 'script' ? classOfBody(one.body) : undefined
  const { entryId: id, kind, topic, category, say, labels, scope, standardQuestion: title } = one
  return {
    id: entryDocumentId(id),
    fields: { title: [title], similar: one.similarQuestions, topic: [topic], tags: one.tags, say: [say] },
    body: kind === 'script' ? undefined : { key: one.revisionId, markdown: one.body },
    shown: {
      id,
      kind,
      topic,
      category,
      title,
      say,
      labels,
      scope,
      resolvedCount,
      validUntil: isoOrNull(one.validUntil),
      ...(scriptClass && { scriptClass }),
    },
  }
}

function foundNotice({ id, title, say, areas, line, reason, endsAt }: NoticeView): Found {
  const words = { kind: 'notice' as const, topic: NOTICE_TOPIC, category: NOTICE_CATEGORY, title, say }
  return {
    id: noticeDocumentId(id),
    fields: { title: [title], tags: [...areas, ...(line === null ? [] : [line])], say: [say, reason ?? ''] },
    body: undefined,
    shown: { id, ...words, labels: [], scope: {}, resolvedCount: 0, validUntil: endsAt },
  }
}
