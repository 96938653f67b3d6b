import { sortedBy } from '../ui/sorted.ts'
import { sameText, type TextKind } from './texts.ts'

/** A text as this computer keeps it while the server may not have it. `base` is the text of `version` it began from. */
export interface Copy<T> {
  version: number
  base: T
  text: T
  /** When it was kept, ms. */
  at: number
}

const PREFIX = 'firstline.draft'

/** Each load of the page keeps its own copy: two tabs on one draft never write over each other's. */
const LOAD = [...crypto.getRandomValues(new Uint32Array(2))].map(part => part.toString(36)).join('')

const ofDraft = (person: number, revision: number) => `${PREFIX}.${person}.${revision}.`

/** Where the copies of one person's draft are kept. */
export interface CopyShelf<T> {
  /** Keeps the text; false when this browser cannot, as with storage that is full or switched off. */
  keep: (copy: Copy<T>) => boolean
  /** Forgets this load's copy: the server has it. */
  forget: () => void
  /** What earlier loads and other tabs left, the newest first; those that say `text` are already safe and forgotten. */
  left: (text: T) => Copy<T>[]
  /** Forgets what others left, as it was at `until` (ms): what was kept since stays. */
  forgetLeft: (until: number) => void
}

export function copyShelf<T, P extends string>(
  kind: TextKind<T, P>,
  person: number,
  revision: number,
  load = LOAD,
): CopyShelf<T> {
  const prefix = ofDraft(person, revision)
  const own = prefix + load
  const others = () => keysOf(prefix).filter(key => key !== own)
  const drop = (fits: (copy: Copy<T>) => boolean) => {
    for (const key of others()) {
      const copy = read(kind, key)
      if (copy && fits(copy)) localStorage.removeItem(key)
    }
  }
  return {
    keep: copy => write(own, copy),
    forget: () => localStorage.removeItem(own),
    left: text => {
      drop(copy => sameText(kind, copy.text, text))
      const copies = others().flatMap(key => read(kind, key) ?? [])
      return sortedBy(copies, copy => -copy.at)
    },
    forgetLeft: until => drop(copy => copy.at <= until),
  }
}

const keysOf = (prefix: string): string[] =>
  Array.from({ length: localStorage.length }, (_none, index) => localStorage.key(index) ?? '').filter(key =>
    key.startsWith(prefix),
  )

function write(key: string, copy: Copy<unknown>): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(copy))
    return true
  } catch {
    return false
  }
}

function read<T, P extends string>(kind: TextKind<T, P>, key: string): Copy<T> | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    return isCopy(kind, kept) ? kept : undefined
  } catch {
    return undefined
  }
}

/** A copy from another version of the page, or one somebody tampered with, is left alone. */
function isCopy<T, P extends string>({ isText }: TextKind<T, P>, kept: unknown): kept is Copy<T> {
  if (typeof kept !== 'object' || kept === null) return false
  const { version, at, base, text } = kept as Record<string, unknown>
  return Number.isInteger(version) && typeof at === 'number' && isText(base) && isText(text)
}
