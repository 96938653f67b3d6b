import { JARGON, ONE_BREATH, PROMISES } from './wording.ts'

/** Something a caller would not understand or should not be told; `quote` is how it stands in the text. */
export type Hint =
  { kind: 'jargon'; quote: string; instead: string } | { kind: 'promise' | 'breath'; quote: string }

/** What to mind in a spoken text, in the order of the kinds; each word once. */
export const hintsIn = (say: string): Hint[] => [...promisesIn(say), ...jargonIn(say), ...longBreathsIn(say)]

/** The first of the quoted words put in plain words. */
export const inPlainWords = (say: string, { quote, instead }: { quote: string; instead: string }): string =>
  say.replace(quote, () => instead)

function promisesIn(say: string): Hint[] {
  const quotes = PROMISES.flatMap(([promise, harmless]) => {
    const safe = harmless ? [...say.matchAll(harmless)] : []
    const found = [...say.matchAll(promise)].filter(one => !safe.some(around => isWithin(one, around)))
    return found.map(one => one[0])
  })
  return [...new Set(quotes)].map(quote => ({ kind: 'promise', quote }))
}

const isWithin = (inner: RegExpExecArray, outer: RegExpExecArray): boolean =>
  inner.index >= outer.index && inner.index + inner[0].length <= outer.index + outer[0].length

/** A term that the folded text explains at once, in brackets or by 就是, is no riddle any more. */
const isExplained = (say: string, word: string): boolean =>
  new RegExp(`${word}[”」』》]?(?:\\(|,?就是|,?也就是|,?即)`, 'u').test(say)

function jargonIn(say: string): Hint[] {
  const folded = say.normalize('NFKC').toUpperCase()
  return JARGON.filter(([word]) => folded.includes(word) && !isExplained(folded, word)).map(
    ([word, instead]) => ({ kind: 'jargon', quote: quoteOf(say, word), instead }),
  )
}

const quoteOf = (say: string, word: string): string => new RegExp(word, 'iu').exec(say)?.[0] ?? word

function longBreathsIn(say: string): Hint[] {
  const stretches = say.split(/[\p{P}\p{Z}\n]+/u)
  return stretches
    .filter(stretch => [...stretch].length > ONE_BREATH)
    .map(stretch => ({ kind: 'breath', quote: `${[...stretch].slice(0, 10).join('')}…` }))
}
