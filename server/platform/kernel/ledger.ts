import type { Reader } from '../db/db.ts'
import { contentHash, type AuditLine } from './chain.ts'

/** A thing that the trail tells of, like "review:7 stands", and what it is: a hash or a few words; null where an old row does not say. */
export type Fact = readonly [what: string, is: string | null]

/** The facts a feature keeps: what its rows of the trail tell, by action, and what its tables hold. */
export interface Ledger {
  tells: Readonly<Record<string, (line: AuditLine, note: Note) => readonly Fact[]>>
  holds: (db: Reader) => Iterable<Fact>
}

export type Note = ReadonlyMap<string, string>

/** A note of the trail: `name:value`, parted by blanks. What is null is left out; a value must not hold a blank. */
export const noteOf = (facts: Readonly<Record<string, string | number | null>>): string =>
  Object.entries(facts)
    .flatMap(([name, value]) => (value === null ? [] : [`${name}:${value}`]))
    .join(' ')

/** What `noteOf` wrote. */
export const readNote = (note: string | null): Note =>
  new Map((note ?? '').split(' ').map(part => [part.split(':', 1)[0]!, part.slice(part.indexOf(':') + 1)]))

/** A row as the trail hashes it: without its empty columns, so that one added later changes no hash of before. */
export const filled = (row: object): object =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))

/** The hash of a row as it stands in its table. */
export const rowHash = (row: object): string => contentHash(filled(row))

/** What the lines of a trail, oldest first, say there must be by now: the last word on each thing. */
export function toldBy(lines: Iterable<AuditLine>, ledgers: readonly Ledger[]): Map<string, string | null> {
  const told = new Map<string, string | null>()
  for (const line of lines)
    for (const { tells } of ledgers)
      for (const [what, is] of tells[line.action]?.(line, readNote(line.note)) ?? []) told.set(what, is)
  return told
}

/** Each thing that is not as the trail tells it, and why. */
export function* differences(
  told: ReadonlyMap<string, string | null>,
  held: Iterable<Fact>,
): Generator<string> {
  const left = new Map(told)
  for (const [what, is] of held) {
    const said = left.get(what)
    left.delete(what)
    if (said === undefined) yield `${what} is not on the trail`
    else if (said !== null && said !== is) yield `${what} is not as the trail tells it`
  }
  for (const what of left.keys()) yield `${what} is gone`
}
