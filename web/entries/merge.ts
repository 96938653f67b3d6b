import type { RevisionField } from '#server/contract/lists.ts'
import { fieldsBetween, sameField, withField, type Draft } from './texts.ts'

export type Side = 'mine' | 'theirs'

/** A field in which two texts differ, and who of them changed it since `base`. */
export interface Difference {
  field: RevisionField
  changedBy: Side | 'both'
}

/** Where `mine` and `theirs` differ, seen from the text both began with. */
export const differences = (base: Draft, mine: Draft, theirs: Draft): Difference[] =>
  fieldsBetween(mine, theirs).map(field => {
    if (sameField(base, mine, field)) return { field, changedBy: 'theirs' }
    return { field, changedBy: sameField(base, theirs, field) ? 'mine' : 'both' }
  })

/** Which side to take by itself: what only one of them changed. What both changed, a person decides. */
export const firstChoices = (found: readonly Difference[]): Map<RevisionField, Side> =>
  new Map(
    found.flatMap(({ field, changedBy }) => (changedBy === 'both' ? [] : [[field, changedBy] as const])),
  )

/** The text that the choices make; undefined while one is missing. */
export function merged(
  mine: Draft,
  theirs: Draft,
  found: readonly Difference[],
  choices: ReadonlyMap<RevisionField, Side>,
): Draft | undefined {
  if (found.some(({ field }) => !choices.has(field))) return undefined
  return found.reduce(
    (text, { field }) => (choices.get(field) === 'theirs' ? withField(text, theirs, field) : text),
    mine,
  )
}
