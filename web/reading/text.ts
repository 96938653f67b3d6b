import type { EntryView } from '#server/contract/entry.ts'
import type { SearchKind } from '#server/contract/lists.ts'
import type { RevisionView } from '#server/contract/writing.ts'

/** What is read first of an entry, and at hand before the whole is. */
export type ReadHead = Pick<EntryView, 'category' | 'topic' | 'title' | 'scope' | 'labels' | 'say'> & {
  kind: SearchKind
}

/** All an agent reads of an entry, whether it is published yet or not; `publishedAt` is null before that. */
export type ReadText = ReadHead &
  Pick<
    EntryView,
    'bodyHtml' | 'similarQuestions' | 'basis' | 'owner' | 'validFrom' | 'validUntil' | 'verifyBy' | 'related'
  > & { publishedAt: string | null }

/** A revision as agents will see it once it is in force. */
export function textOf(revision: RevisionView): ReadText {
  const isOld = revision.basis.some(one => one.status === 'outdated')
  const labels = new Set([...(revision.labels ?? []), ...(isOld ? (['旧版'] as const) : [])])
  return {
    ...revision,
    title: revision.standardQuestion,
    owner: revision.ownerDepartment,
    labels: [...labels],
    validFrom: revision.validFrom ?? null,
    validUntil: revision.validUntil ?? null,
    verifyBy: revision.verifyBy ?? null,
    related: [],
    publishedAt: null,
  }
}
