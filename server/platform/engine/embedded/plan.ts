import { firstOf, initialsKey, MOST_INITIALS, secondOf } from '#server/platform/text/grams.ts'
import type { QueryAnalysis, TypedPhrase, TypedWord } from '#server/platform/text/query.ts'
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
  /** Whether it is among the few that tell most: a document that meets none of these is no answer. */
  isLeading: boolean
}

const MOST_WISHES = 64
/** The leading wishes make up this part of all weight, and are at least so many. */
const LEADING = 0.65
const FEWEST_LEADING = 12
const MOST_ALIKE = 48
const MOST_MISHEARD = 4
/** A gram this many times rarer than one that sounds the same was perhaps meant to be that one. */
const RARER = 20
/** A pair may be misheard when at most so many documents have it: a few, and one in so many. */
const MOST_ODD = 3
const ODD_ONE_IN = 2_000
/** The least weight at which a pair is taken for misheard: slips make odd words, cut oddly. */
const LEAST_MISHEARD = 0.5
const FACTORS = {
  synonym: 0.45,
  misheard: 0.55,
  part: 0.5,
  goingOn: 0.6,
  initials: 0.9,
  shorterInitials: 0.5,
}

/** Collects wishes; says how many documents, at most, a wish would be met by. */
type MakeWish = (factor: number, find: (segment: Segment) => TermRange[], most?: number) => number

/** Turns an analysed query into wishes on the segments, the weightiest first, at most `MOST_WISHES`. */
export function planQuery(analysis: QueryAnalysis, live: readonly LiveSegment[]): Wish[] {
  const segments = live.map(({ segment }) => segment)
  const documents = segments.reduce((sum, segment) => sum + segment.documents.priors.length, 0)
  const wishes: Wish[] = []
  const wish: MakeWish = (factor, find, most = Infinity) => {
    const terms = segments.map(segment => find(segment).filter(([from, to]) => to > from))
    const found = countAll(segments, terms)
    if (found > 0)
      wishes.push({ weight: Math.min(most, factor * rarity(found, documents)), terms, isLeading: true })
    return found
  }
  const typed = new Map<number, number>()
  for (const [key, weight] of analysis.grams) {
    const found = planGram(key, weight, documents, wish)
    typed.set(key, weight * rarity(found, documents))
  }
  for (const phrase of analysis.phrases) planSynonyms(phrase, typed, wish)
  for (const unit of analysis.characters) wish(1, segment => [characterTerms(segment, unit)])
  for (const word of analysis.words) planWord(word, wish)
  return markLeading(wishes.toSorted((left, right) => right.weight - left.weight).slice(0, MOST_WISHES))
}

function markLeading(wishes: readonly Wish[]): Wish[] {
  const all = wishes.reduce((sum, { weight }) => sum + weight, 0)
  let before = 0
  return wishes.map((wish, index) => {
    const isLeading = index < FEWEST_LEADING || before < LEADING * all
    before += wish.weight
    return { ...wish, isLeading }
  })
}

function planGram(key: number, weight: number, documents: number, wish: MakeWish): number {
  const found = wish(weight, segment => [gramTerm(segment, key)])
  if (found <= MOST_ODD + documents / ODD_ONE_IN) {
    wish(Math.max(weight, LEAST_MISHEARD) * FACTORS.misheard, segment => findMisheard(segment, key, found))
  }
  return found
}

/** What means the same adds less than what was typed, however rare it is and however many words it has. */
function planSynonyms(phrase: TypedPhrase, typed: ReadonlyMap<number, number>, wish: MakeWish): void {
  const worth = phrase.grams.reduce((sum, key) => sum + (typed.get(key) ?? 0), 0)
  for (const { grams, words } of phrase.others) {
    const most =
      phrase.grams.length === 0 ? Infinity : (FACTORS.synonym * worth) / (grams.length + words.length)
    for (const key of grams) {
      if (!typed.has(key)) wish(FACTORS.synonym, segment => [gramTerm(segment, key)], most)
    }
    for (const word of words) wish(FACTORS.synonym, segment => [wordTerm(segment, word)], most)
  }
}

function planWord({ word, parts, isOpen, readings, initials }: TypedWord, wish: MakeWish): void {
  const found = wish(1, segment => [wordTerm(segment, word)])
  for (const part of parts) wish(FACTORS.part, segment => [wordTerm(segment, part)])
  if (isOpen) wish(FACTORS.goingOn, segment => [wordsFrom(segment, word)])
  const spelled = readings.flat().map(({ first, second, weight }) => {
    return wish(weight, segment =>
      mostFrequent(segment, [...new Set(soundTerms(segment, first, second))], MOST_ALIKE),
    )
  })
  if (found === 0 && !spelled.some(count => count > 0)) {
    for (const near of nearWords(word)) wish(near.likeness, segment => [wordTerm(segment, near.word)])
  }
  if (initials) planInitials(initials, wish)
}

/** The longest runs of the letters that some document has. */
function planInitials(letters: readonly number[], wish: MakeWish): void {
  let factor = FACTORS.initials
  for (let length = Math.min(letters.length, MOST_INITIALS); length >= 2; length -= 1) {
    let found = 0
    for (let start = 0; start + length <= letters.length; start += 1) {
      const key = initialsKey(letters, start, start + length)
      found += wish(factor, segment => [initialsTerm(segment, key)])
    }
    if (found > 0) return
    factor *= FACTORS.shorterInitials
  }
}

/** Grams that sound like a rare or unknown one and are much more frequent. */
function findMisheard(segment: Segment, key: number, found: number): TermRange[] {
  const isMeant = (term: number) =>
    segment.grams[term] !== key && countPostings(segment, [term, term + 1]) > RARER * found
  const alike = soundAlike(segment, firstOf(key), secondOf(key)).filter(isMeant)
  return mostFrequent(segment, [...new Set(alike)], MOST_MISHEARD)
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
