import { fold } from './fold.ts'
import type { Lexicon } from './lexicon.ts'
import { findRuns } from './runs.ts'
import type { Synonyms } from './synonyms.ts'

/** What a text is compared by: the words in it, those of characters as pairs. */
export type Terms = ReadonlySet<string>

/** Texts whose terms are kept: about 1 kB each. */
const MOST_REMEMBERED = 5000

/** A text as two of one wording are equal: folded, without blanks and punctuation. Empty when nothing else is in it. */
export function wordingOf(text: string): string {
  const folded = fold(text).text
  return findRuns(folded)
    .map(({ start, end }) => folded.slice(start, end))
    .join('')
}

/**
 * The terms of a text of any length. Words that mean the same give the same terms; framing words give none, unless
 * there is nothing else.
 */
export function termsOf(text: string, lexicon: Lexicon): Terms {
  const words = lexicon.cut(oneWordEach(fold(text).text, lexicon.synonyms))
  const telling = pairsOf(words.filter(word => !lexicon.framing.has(word)))
  return telling.size > 0 ? telling : pairsOf(words)
}

/** `termsOf` that remembers the texts it was asked for last: cutting them is most of what comparing takes. */
export function rememberTerms(lexicon: Lexicon): (text: string) => Terms {
  const known = new Map<string, Terms>()
  return text => {
    const terms = known.get(text) ?? termsOf(text, lexicon)
    if (known.size >= MOST_REMEMBERED) known.clear()
    known.set(text, terms)
    return terms
  }
}

/**
 * How alike two texts are by their terms, 0 to 1: the geometric mean of what they share of both (Jaccard) and of the
 * shorter one (containment), so that a long telling of a short question is near it, and one common word is not enough.
 */
export function likeness(one: Terms, other: Terms): number {
  const [few, many] = one.size < other.size ? [one, other] : [other, one]
  if (few.size === 0) return 0
  let shared = 0
  for (const term of few) if (many.has(term)) shared += 1
  return shared / Math.sqrt((few.size + many.size - shared) * few.size)
}

/** A folded text in which each phrase with synonyms is written with the same one of its group. */
function oneWordEach(text: string, synonyms: Synonyms): string {
  let written = ''
  let at = 0
  for (const { start, end, others } of synonyms.findIn(text)) {
    const [first = ''] = [text.slice(start, end), ...others].toSorted()
    written += text.slice(at, start) + first
    at = end
  }
  return written + text.slice(at)
}

/** Pairs are made inside words alone: what is put between two words changes nothing of either. */
function pairsOf(words: readonly string[]): Set<string> {
  const pairs = new Set<string>()
  for (const word of words)
    for (const { kind, start, end } of findRuns(word)) {
      if (kind === 'alphanumeric' || end - start === 1) pairs.add(word.slice(start, end))
      else for (let at = start; at < end - 1; at += 1) pairs.add(word.slice(at, at + 2))
    }
  return pairs
}
