import {
  lowerNumber,
  packStrings,
  sharedBytes,
  sharedUint32,
  shareUint32,
  type StringTable,
} from './strings.ts'

/** The dictionaries of a segment with the postings of their terms; see Segment. */
export interface PostingLists {
  grams: Uint32Array
  initials: Uint32Array
  words: StringTable
  starts: Uint32Array
  peaks: Uint8Array
  postings: Uint32Array
}

/** Numbers that may grow without end. */
class GrowingUint32 {
  values = new Uint32Array(1024)
  length = 0

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Uint32Array(this.length * 2)
      larger.set(this.values)
      this.values = larger
    }
    this.values[this.length] = value
    this.length += 1
  }
}

/** Collects what terms documents have, document by document, and sorts it into posting lists. */
export class Postings {
  readonly #grams = new Map<number, number>()
  readonly #initials = new Map<number, number>()
  readonly #words = new Map<string, number>()
  readonly #counts: number[] = []
  /** What the document at hand has of each term. */
  readonly #worths: number[] = []
  readonly #present: number[] = []
  readonly #terms = new GrowingUint32()
  readonly #entries = new GrowingUint32()

  /** Counts one more occurrence of a gram in the document at hand. */
  addGram(key: number, worth: number): void {
    this.#add(this.#termOf(this.#grams, key), worth)
  }

  /** Counts one more occurrence of a word in the document at hand. */
  addWord(word: string, worth: number): void {
    this.#add(this.#termOf(this.#words, word), worth)
  }

  /** Notes initials in the document at hand; the worthiest place counts, not the number. */
  raiseInitials(key: number, worth: number): void {
    const term = this.#termOf(this.#initials, key)
    this.#add(term, Math.max(0, worth - (this.#worths[term] ?? 0)))
  }

  /** Ends the document at hand, whose ordinal is greater than that of the one before. */
  endDocument(ordinal: number, saturation: number): void {
    for (const term of this.#present) {
      const worth = this.#worths[term] ?? 0
      const impact = Math.max(1, Math.round((255 * worth) / (saturation + worth)))
      this.#terms.push(term)
      this.#entries.push(((ordinal << 8) | impact) >>> 0)
      this.#counts[term] = (this.#counts[term] ?? 0) + 1
      this.#worths[term] = 0
    }
    this.#present.length = 0
  }

  /** The lists of everything collected. */
  finish(): PostingLists {
    const grams = sortedKeys(this.#grams)
    const initials = sortedKeys(this.#initials)
    const words = [...this.#words.keys()].toSorted()
    const renumbered = new Uint32Array(this.#counts.length)
    for (const [key, term] of this.#grams) renumbered[term] = lowerNumber(grams, key)
    for (const [key, term] of this.#initials) renumbered[term] = grams.length + lowerNumber(initials, key)
    const firstWord = grams.length + initials.length
    words.forEach((word, index) => (renumbered[this.#words.get(word) ?? 0] = firstWord + index))
    return { grams, initials, words: packStrings(words), ...this.#sort(renumbered) }
  }

  #sort(renumbered: Uint32Array): Pick<PostingLists, 'starts' | 'peaks' | 'postings'> {
    const starts = sharedUint32(renumbered.length + 1)
    renumbered.forEach((term, old) => (starts[term + 1] = this.#counts[old] ?? 0))
    for (let term = 0; term < renumbered.length; term += 1) {
      starts[term + 1] = (starts[term + 1] ?? 0) + (starts[term] ?? 0)
    }
    const next = starts.slice()
    const peaks = sharedBytes(renumbered.length)
    const postings = sharedUint32(this.#entries.length)
    for (let at = 0; at < this.#entries.length; at += 1) {
      const term = renumbered[this.#terms.values[at] ?? 0] ?? 0
      const entry = this.#entries.values[at] ?? 0
      const place = next[term] ?? 0
      postings[place] = entry
      next[term] = place + 1
      peaks[term] = Math.max(peaks[term] ?? 0, entry & 0xff)
    }
    return { starts, peaks, postings }
  }

  #termOf<K>(terms: Map<K, number>, key: K): number {
    const known = terms.get(key)
    if (known !== undefined) return known
    const term = this.#counts.push(0) - 1
    this.#worths.push(0)
    terms.set(key, term)
    return term
  }

  #add(term: number, worth: number): void {
    const before = this.#worths[term] ?? 0
    if (before === 0) this.#present.push(term)
    this.#worths[term] = before + worth
  }
}

function sortedKeys(terms: ReadonlyMap<number, number>): Uint32Array {
  return shareUint32(Uint32Array.from(terms.keys()).toSorted())
}
