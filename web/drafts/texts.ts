import type { RevisionView } from '#server/contract/writing.ts'
import type { CallOptions } from '../api/client.ts'

/** A kind of text that is written here: what it is made of, and how it is stored. `P` names the parts in which people merge it. */
export interface TextKind<T, P extends string> {
  /** The parts in the order in which they are written. */
  parts: readonly P[]
  part: (text: T, part: P) => unknown
  /** One part of `from` put into `into`. */
  withPart: (into: T, from: T, part: P) => T
  /** A part as people compare it: lists one item a line. */
  worded: (text: T, part: P) => string
  /** Whether what this computer kept is such a text. */
  isText: (kept: unknown) => kept is T
  /** What an author writes of a revision, without what the service says about it. */
  textOf: (view: RevisionView) => T
  /** As the server stores it. */
  saved: (text: T) => CallOptions<'PUT /api/revisions/:id'>['body']
}

/** Whether two texts say the same in one part. */
export function samePart<T, P extends string>(kind: TextKind<T, P>, a: T, b: T, part: P): boolean {
  const [one, other] = [kind.part(a, part), kind.part(b, part)]
  return one === other || canonical(one) === canonical(other)
}

/** Parts in which two texts differ, in the order in which they are written. */
export const partsBetween = <T, P extends string>(kind: TextKind<T, P>, a: T, b: T): P[] =>
  kind.parts.filter(part => !samePart(kind, a, b, part))

export const sameText = <T, P extends string>(kind: TextKind<T, P>, a: T, b: T): boolean =>
  a === b || kind.parts.every(part => samePart(kind, a, b, part))

/** JSON that does not depend on the order of keys, with what is undefined left out. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? inOrder(inner) : inner,
  )

function inOrder(value: object): object {
  const entries = Object.entries(value)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries)
}
