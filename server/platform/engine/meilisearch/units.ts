import { firstOf, secondOf } from '#server/platform/text/grams.ts'
import type { QueryAnalysis, TypedPhrase, TypedWord } from '#server/platform/text/query.ts'
import type { SoundPair, SyllableRange } from '#server/platform/text/sounds.ts'
import { readingsOf, spellingOf } from '#server/platform/text/syllables.ts'
import { gramToken, initialsToken, soundToken, wordToken } from './tokens.ts'

/** One way to find something: tokens that a document must all have. */
export interface Way {
  tokens: string[]
  /** A token that may go on, such as a word not yet typed to its end. */
  open?: string
  /** What it counts for beside the best way, 0 to 1. */
  factor: number
}

/** One thing a query asks for, and the ways a document may give it, the first the plainest. */
export interface Unit {
  /** How much it tells of what is wanted. */
  telling: number
  ways: Way[]
}

/** How many documents have a gram; undefined where nobody knows. */
export type FrequencyOf = (gram: number) => number | undefined

const FACTORS = { synonym: 0.45, sound: 0.55, part: 0.5, goingOn: 0.6, initials: 0.9, begun: 0.9 }
/** What is known of no gram counts as if so many documents had it. */
const USUAL = 20
/** A gram that no more documents have was perhaps misheard. */
const ODD = 1
const MOST_WAYS = 4
/** What a pair that no document has counts for at least: slips make odd words, cut oddly. */
const LEAST_MISHEARD = 0.5

/** What a query asks for, most telling first. */
export function unitsOf(analysis: QueryAnalysis, frequencyOf: FrequencyOf, documents: number): Unit[] {
  const rarity = (key: number) => {
    const count = Math.min(documents, frequencyOf(key) ?? USUAL)
    return Math.log(1 + (documents - count + 0.5) / (count + 0.5))
  }
  const unheard = Math.log(1 + (1 + documents) / USUAL) // more than nothing also while there is no document
  const typed = Array.from(analysis.grams, ([key, weight]): Unit & { key: number } => {
    const isOdd = (frequencyOf(key) ?? USUAL) <= ODD
    const isUnknown = frequencyOf(key) === 0
    const plain = { tokens: [gramToken(key)], factor: 1 }
    const heard = { tokens: [soundOf(key)].filter(Boolean), factor: FACTORS.sound }
    const ways = isUnknown ? [heard] : isOdd ? [plain, heard] : [plain]
    const telling = isUnknown ? Math.max(weight, LEAST_MISHEARD) * unheard : weight * rarity(key)
    return { key, telling, ways: ways.filter(way => way.tokens.length > 0) }
  })
  const units = [...joinPhrases(typed, analysis.phrases), ...analysis.words.map(wordUnit(documents))]
  const single = analysis.characters.map(unit => ({
    telling: 1,
    ways: [{ tokens: [], open: gramToken(unit << 16), factor: 1 }],
  }))
  const all = [...units, ...single, ...spelledUnits(analysis)]
  return all.filter(unit => unit.ways.length > 0).toSorted((one, other) => other.telling - one.telling)
}

/** The sound of a gram as it is usually read; empty when it has none. */
export function soundOf(key: number): string {
  const first = readingsOf(firstOf(key))[0]
  const second = readingsOf(secondOf(key))[0]
  return first && second ? soundToken(spellingOf(first.id), spellingOf(second.id)) : ''
}

/** A gram within a phrase that has synonyms may also be given by all of a synonym. */
function joinPhrases(typed: readonly (Unit & { key: number })[], phrases: readonly TypedPhrase[]): Unit[] {
  return typed.map(({ key, telling, ways }) => {
    const others = phrases.filter(phrase => phrase.grams.includes(key)).flatMap(phrase => phrase.others)
    const more = others.map(({ grams, words }): Way => {
      return { tokens: [...grams.map(gramToken), ...words.map(wordToken)], factor: FACTORS.synonym }
    })
    return { telling, ways: [...ways, ...more].slice(0, MOST_WAYS) }
  })
}

/** What is typed as pinyin may also be given by a synonym of what it spells. */
function spelledUnits(analysis: QueryAnalysis): Unit[] {
  return analysis.phrases
    .filter(phrase => phrase.grams.length === 0)
    .map(({ others }) => ({
      telling: FACTORS.synonym,
      ways: others.slice(0, MOST_WAYS).map(({ grams, words }) => {
        return { tokens: [...grams.map(gramToken), ...words.map(wordToken)], factor: 1 }
      }),
    }))
}

const wordUnit =
  (documents: number) =>
  ({ word, parts, isOpen, readings, initials }: TypedWord): Unit => {
    const plain: Way = isOpen
      ? { tokens: [], open: wordToken(word), factor: 1 }
      : { tokens: [wordToken(word)], factor: 1 }
    const ways: Way[] = readings.map(pairs => spelledWay(pairs, isOpen))
    if (initials) ways.push(initialsWay(initials))
    if (parts.length > 0) ways.push({ tokens: parts.map(wordToken), factor: FACTORS.part })
    return { telling: Math.log(1 + documents / USUAL) + 0.5, ways: [...ways, plain].slice(0, MOST_WAYS) }
  }

/** Syllables typed, of which the last may go on. */
function spelledWay(pairs: readonly SoundPair[], isOpen: boolean): Way {
  const whole = pairs.filter(({ weight }) => weight === 1)
  const last = whole.at(-1)
  const open = pairs.findLast(({ weight }) => weight < 1) ?? (isOpen ? last : undefined)
  const tokens = whole.filter(pair => pair !== open || !isOpen).map(tokenOf)
  return {
    tokens,
    ...(open && { open: tokenOf(open) }),
    factor: open?.weight === 1 ? 1 : FACTORS.begun,
  }
}

const tokenOf = ({ first, second }: SoundPair): string =>
  second === undefined
    ? soundToken(sharedStart(first)).slice(0, isOne(first) ? undefined : -1)
    : soundToken(sharedStart(first), sharedStart(second))

const isOne = ([low, high]: SyllableRange): boolean => low === high

/** What the spellings of a range of syllables begin with: those that begin so are all in it. */
function sharedStart([low, high]: SyllableRange): string {
  const [one, other] = [spellingOf(low), spellingOf(high)]
  let length = 0
  while (length < one.length && one[length] === other[length]) length += 1
  return one.slice(0, length)
}

function initialsWay(initials: readonly number[]): Way {
  const letters = initials.map(letter => String.fromCharCode(96 + letter)).join('')
  return { tokens: [], open: initialsToken(letters.slice(0, 6)), factor: FACTORS.initials }
}
