import { partsBetween, samePart, type TextKind } from './texts.ts'

export type Side = 'mine' | 'theirs'

/** A part in which two texts differ, and who of them changed it since `base`. */
export interface Difference<P extends string> {
  field: P
  changedBy: Side | 'both'
}

/** Where `mine` and `theirs` differ, seen from the text both began with. */
export const differences = <T, P extends string>(
  kind: TextKind<T, P>,
  base: T,
  mine: T,
  theirs: T,
): Difference<P>[] =>
  partsBetween(kind, mine, theirs).map(field => {
    if (samePart(kind, base, mine, field)) return { field, changedBy: 'theirs' }
    return { field, changedBy: samePart(kind, base, theirs, field) ? 'mine' : 'both' }
  })

/** Which side to take by itself: what only one of them changed. What both changed, a person decides. */
export const firstChoices = <P extends string>(found: readonly Difference<P>[]): Map<P, Side> =>
  new Map(
    found.flatMap(({ field, changedBy }) => (changedBy === 'both' ? [] : [[field, changedBy] as const])),
  )

/** The text that the choices make; undefined while one is missing. */
export function merged<T, P extends string>(
  { withPart }: TextKind<T, P>,
  mine: T,
  theirs: T,
  found: readonly Difference<P>[],
  choices: ReadonlyMap<P, Side>,
): T | undefined {
  if (found.some(({ field }) => !choices.has(field))) return undefined
  return found.reduce(
    (text, { field }) => (choices.get(field) === 'theirs' ? withPart(text, theirs, field) : text),
    mine,
  )
}
