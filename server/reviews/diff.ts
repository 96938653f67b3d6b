import { diffArrays } from 'diff'
import { REVISION_FIELDS } from '#server/contract/lists.ts'
import type { DiffPart, FieldDiff } from '#server/contract/diff.ts'
import type { FieldTexts } from './text.ts'

/** Beyond this many edits a field is shown as wholly replaced: nobody could read such a diff, and it would take long. */
const MOST_EDITS = 1_500

const words = new Intl.Segmenter('zh', { granularity: 'word' })

/** What changed from `before` to `after`, word by word, in the order of the fields; fields that stayed are left out. */
export const compareTexts = (before: Partial<FieldTexts>, after: FieldTexts): FieldDiff[] =>
  REVISION_FIELDS.filter(field => (before[field] ?? '') !== after[field]).map(field => ({
    field,
    parts: compareWords(before[field] ?? '', after[field]),
  }))

/** The runs of words that stayed, came and went; joined without the removed ones they give `after`. */
export function compareWords(before: string, after: string): DiffPart[] {
  const changes = diffArrays(wordsOf(before), wordsOf(after), { maxEditLength: MOST_EDITS })
  if (!changes) return replaced(before, after)
  return changes.map(({ added, removed, value }) => ({
    op: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join(''),
  }))
}

const wordsOf = (text: string): string[] => Array.from(words.segment(text), one => one.segment)

const replaced = (before: string, after: string): DiffPart[] =>
  [
    { op: 'removed' as const, text: before },
    { op: 'added' as const, text: after },
  ].filter(part => part.text !== '')
