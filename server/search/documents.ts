import type { NoticeView } from '#server/contract/notice.ts'
import type { EngineDocument } from '#server/platform/engine/port.ts'
import { plainText } from '#server/platform/markdown/render.ts'
import type { SearchableEntry } from '#server/entries/index.ts'
import { customerWords } from '#server/scripts/index.ts'

/** The topic and category under which every notice is filed. */
export const NOTICE_TOPIC = '停电公告'
export const NOTICE_CATEGORY = '信息沟通' as const

export const entryDocumentId = (id: number): string => `entry:${id}`
export const noticeDocumentId = (id: number): string => `notice:${id}`

/** Whether a search may find an entry by its words: the guides of steps are for authors, who list them. */
export const isSearched = ({ kind }: SearchableEntry): boolean => kind !== 'step'

/** A script is for the difficult call: where an answer fits as well, the answer comes first. */
export const worthOf = (kind: string): number => (kind === 'script' ? 0.9 : 1)

/** What of an entry can be searched; of a script its case, as the customer puts it. */
export function entryDocument(entry: SearchableEntry): EngineDocument {
  return {
    id: entryDocumentId(entry.entryId),
    fields: {
      title: [entry.standardQuestion],
      similar: entry.similarQuestions,
      say: [entry.say],
      body: [entry.kind === 'script' ? customerWords(entry.body) : plainText(entry.body)],
      tags: [...entry.tags, ...Object.values(entry.scope)],
      topic: [entry.topic],
      basis: entry.basis
        .flatMap(({ title, number, clause }) => [title, number, clause ?? ''])
        .filter(Boolean),
    },
    facets: { kind: entry.kind, category: entry.category },
    areas: [],
    prior: 0.5,
  }
}

/** What of a notice can be searched. */
export function noticeDocument(notice: NoticeView): EngineDocument {
  return {
    id: noticeDocumentId(notice.id),
    fields: {
      title: [notice.title],
      similar: [],
      say: [notice.say],
      body: [notice.reason ?? ''],
      tags: [...notice.areas, notice.line ?? ''],
      topic: [],
      basis: [],
    },
    facets: { kind: 'notice', category: NOTICE_CATEGORY },
    areas: [],
    prior: 0.3,
  }
}
