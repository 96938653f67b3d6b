import { firstOf, initialsKey, MOST_INITIALS, secondOf } from '#server/platform/text/grams.ts'
import type { QueryAnalysis } from '#server/platform/text/query.ts'
import { readingsOf } from '#server/platform/text/syllables.ts'
import { nearWords } from './near-words.ts'
import {
  characterTerms,
  countPostings,
  gramTerm,
  initialsTerm,
  wordsFrom,
  wordTerm,
  type LiveSegment,
  type Segment,
  type TermRange,
} from './segment.ts'
import { soundTerms } from './sound-index.ts'

/** One thing a query asks for: the terms, by segment, any of which gives it. */
export interface Wish {
  /** What a document gains by the greatest impact. */
  weight: number
  terms: TermRange[][]
}

const MOST_WISHES = 64
const MOST_ALIKE = 48
const MOST_MISHEARD = 4
/** A gram this many times rarer than one that sounds the same was perhaps meant to be that one. */
const RARER = 8
const FACTORS = { misheard: 0.65, goingOn: 0.6, initials: 0.9, shorterInitials: 0.5 }

/** Turns an analysed query into wishes on the segments, the weightiest first, at most `MOST_WISHES`. */
export function planQuery(analysis: QueryAnalysis, live: readonly LiveSegment[]): Wish[] {
  const segments = live.map(({ segment }) => segment)
  const documents = segments.reduce((sum, segment) => sum + segment.documents.priors.length, 0)
  const wishes: Wish[] = []
  const wish = (factor: number, terms: TermRange[][]) => {
    const found = countAll(segments, terms)
    if (found > 0) wishes.push({ weight: factor * rarity(found, documents), terms })
    return found
  }
  for (const [key, weight] of analysis.grams) {
    const found = wish(
      weight,
      each(segments, segment => gramTerm(segment, key)),
    )
    const misheard = findMisheard(segments, key, found)
    if (misheard) wish(Math.max(weight, 0.7) * FACTORS.misheard, misheard)
  }
  for (const [key, weight] of analysis.synonymGrams)
    wish(
      weight,
      each(segments, segment => gramTerm(segment, key)),
    )
  for (const unit of analysis.characters)
    wish(
      1,
      each(segments, segment => characterTerms(segment, unit)),
    )
  planWords(analysis, segments, wish)
  for (const { first, second, weight } of analysis.sounds) {
    wish(
      weight,
      segments.map(segment => mostFrequent(segment, soundTerms(segment, first, second), MOST_ALIKE)),
    )
  }
  for (const letters of analysis.initials) planInitials(letters, segments, wish)
  return wishes.toSorted((left, right) => right.weight - left.weight).slice(0, MOST_WISHES)
}

type MakeWish = (factor: number, terms: TermRange[][]) => number

function planWords(analysis: QueryAnalysis, segments: readonly Segment[], wish: MakeWish): void {
  for (const [word, weight] of analysis.words) {
    const found = wish(
      weight,
      each(segments, segment => wordTerm(segment, word)),
    )
    if (word === analysis.openWord) {
      wish(
        weight * FACTORS.goingOn,
        each(segments, segment => wordsFrom(segment, word)),
      )
    }
    if (found > 0) continue
    for (const near of nearWords(word)) {
      wish(
        weight * near.likeness,
        each(segments, segment => wordTerm(segment, near.word)),
      )
    }
  }
}

/** The longest runs of the letters that some document has. */
function planInitials(letters: readonly number[], segments: readonly Segment[], wish: MakeWish): void {
  let factor = FACTORS.initials
  for (let length = Math.min(letters.length, MOST_INITIALS); length >= 2; length -= 1) {
    let found = 0
    for (let start = 0; start + length <= letters.length; start += 1) {
      const key = initialsKey(letters, start, start + length)
      found += wish(
        factor,
        each(segments, segment => initialsTerm(segment, key)),
      )
    }
    if (found > 0) return
    factor *= FACTORS.shorterInitials
  }
}

/** Grams that sound like a rare or unknown one and are much more frequent. */
function findMisheard(segments: readonly Segment[], key: number, found: number): TermRange[][] | undefined {
  const alike = segments.map(segment => new Set(soundAlike(segment, firstOf(key), secondOf(key))))
  const terms = segments.map((segment, index) => {
    const frequent = [...(alike[index] ?? [])].filter(
      term => segment.grams[term] !== key && countPostings(segment, [term, term + 1]) > RARER * found,
    )
    return mostFrequent(segment, frequent, MOST_MISHEARD)
  })
  return terms.some(ranges => ranges.length > 0) ? terms : undefined
}

function soundAlike(segment: Segment, first: number, second: number): number[] {
  return readingsOf(first).flatMap(left =>
    readingsOf(second).flatMap(right => soundTerms(segment, [left.id, left.id], [right.id, right.id])),
  )
}

function mostFrequent(segment: Segment, terms: readonly number[], most: number): TermRange[] {
  const ranges = terms.map((term): TermRange => [term, term + 1])
  if (ranges.length <= most) return ranges
  return ranges
    .toSorted((left, right) => countPostings(segment, right) - countPostings(segment, left))
    .slice(0, most)
}

function each(segments: readonly Segment[], find: (segment: Segment) => TermRange): TermRange[][] {
  return segments.map(segment => [find(segment)].filter(([from, to]) => to > from))
}

function countAll(segments: readonly Segment[], terms: readonly TermRange[][]): number {
  return terms.reduce((sum, ranges, index) => {
    const segment = segments[index]
    return sum + (segment ? ranges.reduce((count, range) => count + countPostings(segment, range), 0) : 0)
  }, 0)
}

/** Inverse document frequency as BM25 has it; never negative. */
function rarity(found: number, documents: number): number {
  const count = Math.min(found, documents)
  return Math.log(1 + (documents - count + 0.5) / (count + 0.5))
}
