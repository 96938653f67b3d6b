import { fold } from './fold.ts'
import { firstOf, gramKeys, secondOf } from './grams.ts'
import type { Lexicon } from './lexicon.ts'
import { readInitials } from './pinyin.ts'
import { findRuns, splitMixed, type Run } from './runs.ts'
import { readSounds, soundsLike, type SoundPair } from './sounds.ts'

/** A run of letters and digits as typed, and what else it may stand for. */
export interface TypedWord {
  word: string
  /** The pieces of letters and of digits when they are mixed, such as `10` and `kv`. */
  parts: string[]
  /** Whether it ends the text and may go on. */
  isOpen: boolean
  /** Ways to read it as pinyin, each as neighbouring syllables. */
  readings: SoundPair[][]
  /** The letters as 1 to 26 when they may be the first ones of syllables. */
  initials: number[] | undefined
}

/** A phrase of the text with what means the same. */
export interface TypedPhrase {
  /** Keys of its grams; empty when it is not in characters. */
  grams: number[]
  words: string[]
  others: { grams: number[]; words: string[] }[]
}

/** What a typed text asks for, before any index is looked at. */
export interface QueryAnalysis {
  /** The folded text that was analysed. */
  text: string
  /** Weight, 0 to 1, by gram key of the characters typed. */
  grams: Map<number, number>
  words: TypedWord[]
  phrases: TypedPhrase[]
  /** Single characters (UTF-16 units), when nothing else was typed. */
  characters: number[]
}

/** The most folded characters of a query that are looked at. */
export const LONGEST_QUERY = 400

const WEIGHTS = { word: 1, between: 0.5, framing: 0.4 }

/** Analyses a text as typed by a person; any string is accepted. */
export function analyseQuery(typed: string, lexicon: Lexicon): QueryAnalysis {
  const text = fold(typed.slice(0, 2 * LONGEST_QUERY)).text.slice(0, LONGEST_QUERY)
  const runs = findRuns(text)
  const grams = new Map<number, number>()
  for (const run of runs)
    if (run.kind === 'ideographs') addGrams(grams, text.slice(run.start, run.end), lexicon)
  const words = readWords(text, runs)
  const characters = grams.size === 0 && words.length === 0 ? runs.map(run => text.charCodeAt(run.start)) : []
  return {
    text,
    grams,
    words,
    phrases: [...readPhrases(text, lexicon), ...spelledPhrases(words, lexicon)],
    characters: [...new Set(characters)],
  }
}

function addGrams(grams: Map<number, number>, text: string, lexicon: Lexicon): void {
  const keys = gramKeys(text, 0, text.length)
  const words = lexicon.cut(text)
  const worths = words.map(word => (lexicon.framing.has(word) ? WEIGHTS.framing : WEIGHTS.word))
  let at = 0
  words.forEach((word, index) => {
    const inside = worths[index] ?? 1
    const between = WEIGHTS.between * Math.max(inside, worths[index + 1] ?? 0)
    for (const end = at + word.length; at < end; at += 1) {
      const key = keys[at] ?? 0
      const weight = at + 1 < end ? inside : between
      if (secondOf(key) !== 0) grams.set(key, Math.max(weight, grams.get(key) ?? 0))
    }
  })
}

function readWords(text: string, runs: readonly Run[]): TypedWord[] {
  const readings = readSounds(text, runs)
  const words = new Map<string, TypedWord>()
  runs.forEach((run, index) => {
    if (run.kind === 'ideographs') return
    const word = text.slice(run.start, run.end)
    const parts = splitMixed(word)
    words.set(word, {
      word,
      parts: parts.length > 1 ? parts : [],
      isOpen: run.end === text.length,
      readings: readings[index] ?? [],
      initials: readInitials(word),
    })
  })
  return [...words.values()]
}

function readPhrases(text: string, lexicon: Lexicon): TypedPhrase[] {
  return lexicon.synonyms
    .findIn(text)
    .map(({ start, end, others }) => ({ ...termsOf(text.slice(start, end)), others: others.map(termsOf) }))
}

/** Phrases typed as pinyin; what they are written like is searched already, what means the same is not. */
function spelledPhrases(words: readonly TypedWord[], lexicon: Lexicon): TypedPhrase[] {
  const spelled = words.flatMap(word => word.readings.map(pairs => ({ word: word.word, pairs })))
  if (spelled.length === 0) return []
  return Array.from(lexicon.synonyms.phrases).flatMap(([phrase, others]) => {
    const { grams } = termsOf(phrase)
    const typed = spelled.find(({ pairs }) => spells(pairs, grams))
    return typed ? [{ grams: [], words: [typed.word], others: others.map(termsOf) }] : []
  })
}

/** Whether neighbouring pairs sound like all the grams in their order. */
function spells(pairs: readonly SoundPair[], grams: readonly number[]): boolean {
  const fits = (start: number) =>
    grams.every((key, at) => {
      const pair = pairs[start + at]
      return pair?.second !== undefined && pair.weight === 1 && soundsLike(pair, firstOf(key), secondOf(key))
    })
  return grams.length > 0 && pairs.some((_, start) => fits(start))
}

function termsOf(phrase: string): { grams: number[]; words: string[] } {
  const runs = findRuns(phrase)
  const inside = runs.filter(run => run.kind === 'ideographs')
  return {
    grams: inside.flatMap(run => gramKeys(phrase, run.start, run.end)).filter(key => secondOf(key) !== 0),
    words: runs.filter(run => run.kind === 'alphanumeric').map(run => phrase.slice(run.start, run.end)),
  }
}
