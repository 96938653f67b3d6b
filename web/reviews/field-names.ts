import type { EntryKind, RevisionField } from '#server/contract/lists.ts'

/** What a script 话术 has where an entry has these: its title, when it is taken, its steps. */
const OF_SCRIPT: Partial<Record<RevisionField, string>> = {
  standardQuestion: 'field.title',
  say: 'field.scenario',
  body: 'kind.script',
}

/** The key of what a field of a revision of `kind` is called. */
export const fieldKey = (field: RevisionField, kind: EntryKind): string =>
  (kind === 'script' ? OF_SCRIPT[field] : undefined) ?? `field.${field}`
