import { hashString, lowerNumber, lowerString, stringAt, type StringTable } from './strings.ts'

/** Everything but the text of the documents of a segment, by ordinal. */
export interface DocumentTable {
  ids: StringTable
  /** Hashes of the ids in ascending order, and the ordinal of each. */
  idHashes: Uint32Array
  idOrdinals: Uint32Array
  /** Prior in steps of 1/255. */
  priors: Uint8Array
  /** For each facet its values and, by ordinal, the number of the value; 0 is no value. */
  facets: Record<string, { values: string[]; codes: Uint32Array }>
  /** The sets of areas in use and, by ordinal, the number of the set. */
  areas: { sets: string[][]; codes: Uint32Array }
}

/**
 * An immutable index of some documents. Terms are numbered: grams first, then initials, then words, each in order of
 * key. The postings of term `t` are `postings[starts[t]] … postings[starts[t + 1] - 1]`, by ascending ordinal, each
 * `ordinal << 8 | impact` with the impact of the term there in steps of 1/255; `peaks[t]` is the greatest of them.
 */
export interface Segment {
  documents: DocumentTable
  grams: Uint32Array
  initials: Uint32Array
  words: StringTable
  starts: Uint32Array
  peaks: Uint8Array
  postings: Uint32Array
  /** Sound keys in ascending order, each with the gram term that may sound so. */
  sounds: { keys: Uint32Array; grams: Uint32Array }
  /** Mean length of each field in searchable units, which later small segments go by. */
  meanLengths: Record<string, number>
}

/** A segment in use: documents removed or replaced since it was built are marked. */
export interface LiveSegment {
  segment: Segment
  /** 1 by ordinal while the document counts. */
  alive: Uint8Array
  living: number
}

/** Terms `[from, to)` of a segment. */
export type TermRange = [number, number]

/** Brings a built segment into use. */
export function bringToLife(segment: Segment): LiveSegment {
  const count = segment.documents.priors.length
  return { segment, alive: new Uint8Array(count).fill(1), living: count }
}

/** Marks a document as gone; true when it was there. */
export function bury(live: LiveSegment, id: string): boolean {
  const { ids, idHashes, idOrdinals } = live.segment.documents
  const hash = hashString(id)
  for (let at = lowerNumber(idHashes, hash); idHashes[at] === hash; at += 1) {
    const ordinal = idOrdinals[at] ?? 0
    if (live.alive[ordinal] === 1 && stringAt(ids, ordinal) === id) {
      live.alive[ordinal] = 0
      live.living -= 1
      return true
    }
  }
  return false
}

/** Marks every document as gone but those of the ids given. */
export function buryAllBut(live: LiveSegment, kept: ReadonlySet<string>): void {
  const { ids } = live.segment.documents
  live.alive.forEach((living, ordinal) => {
    if (living === 0 || (kept.size > 0 && kept.has(stringAt(ids, ordinal)))) return
    live.alive[ordinal] = 0
    live.living -= 1
  })
}

/** The term of a gram key, as a range of one, or of none. */
export function gramTerm(segment: Segment, key: number): TermRange {
  const at = lowerNumber(segment.grams, key)
  return segment.grams[at] === key ? [at, at + 1] : [0, 0]
}

/** The terms of all grams that begin with a character, which is every place where it stands. */
export function characterTerms(segment: Segment, unit: number): TermRange {
  const from = lowerNumber(segment.grams, (unit << 16) >>> 0)
  const isLast = unit === 0xffff
  return [from, isLast ? segment.grams.length : lowerNumber(segment.grams, ((unit + 1) << 16) >>> 0, from)]
}

/** The term of a key of initials, as a range of one, or of none. */
export function initialsTerm(segment: Segment, key: number): TermRange {
  const at = lowerNumber(segment.initials, key)
  const term = segment.grams.length + at
  return segment.initials[at] === key ? [term, term + 1] : [0, 0]
}

/** The terms of all words that begin so. */
export function wordsFrom(segment: Segment, prefix: string): TermRange {
  const first = segment.grams.length + segment.initials.length
  return [first + lowerString(segment.words, prefix), first + lowerString(segment.words, `${prefix}\uffff`)]
}

/** The term of a word, as a range of one, or of none. */
export function wordTerm(segment: Segment, word: string): TermRange {
  const at = lowerString(segment.words, word)
  const term = segment.grams.length + segment.initials.length + at
  return at < segment.words.offsets.length - 1 && stringAt(segment.words, at) === word
    ? [term, term + 1]
    : [0, 0]
}

/** How many postings the terms have, which for one term is the number of its documents. */
export function countPostings(segment: Segment, [from, to]: TermRange): number {
  return (segment.starts[to] ?? 0) - (segment.starts[from] ?? 0)
}

/** How many documents of some segments have a gram, those that are gone among them. */
export const countGram = (live: readonly LiveSegment[], gram: number): number =>
  live.reduce((sum, { segment }) => sum + countPostings(segment, gramTerm(segment, gram)), 0)

/** How much memory a segment takes, in bytes; its strings are counted at two bytes a unit. */
export function measureSegment(segment: Segment): number {
  const { ids, idHashes, idOrdinals, priors, facets, areas } = segment.documents
  const { grams, initials, words, starts, peaks, postings, sounds } = segment
  const arrays = [
    idHashes,
    idOrdinals,
    priors,
    areas.codes,
    ...Object.values(facets).map(facet => facet.codes),
  ]
  arrays.push(grams, initials, starts, peaks, postings, sounds.keys, sounds.grams, ids.offsets, words.offsets)
  return arrays.reduce((sum, array) => sum + array.byteLength, 2 * (ids.text.length + words.text.length))
}
