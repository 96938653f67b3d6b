import { fold } from './fold.ts'
import { gramKeys, secondOf } from './grams.ts'
import type { Lexicon } from './lexicon.ts'
import { readInitials } from './pinyin.ts'
import { findRuns, splitMixed, type Run } from './runs.ts'
import { readSounds, type SoundPair } from './sounds.ts'

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

const WEIGHTS = { least: 0.2, between: 0.45, framing: 0.12 }

/** Analyses a text as typed by a person; any string is accepted. */
export function analyseQuery(typed: string, lexicon: Lexicon): QueryAnalysis {
  const text = fold(typed.slice(0, 2 * LONGEST_QUERY)).text.slice(0, LONGEST_QUERY)
  const runs = findRuns(text)
  const grams = new Map<number, number>()
  for (const run of runs)
    if (run.kind === 'ideographs') addGrams(grams, text.slice(run.start, run.end), lexicon)
  const words = readWords(text, runs)
  const characters = grams.size === 0 && words.length === 0 ? runs.map(run => text.charCodeAt(run.start)) : []
  return { text, grams, words, phrases: readPhrases(text, lexicon), characters: [...new Set(characters)] }
}

function addGrams(grams: Map<number, number>, text: string, lexicon: Lexicon): void {
  const keys = gramKeys(text, 0, text.length)
  const words = lexicon.cut(text)
  const worths = words.map(word => worthOf(word, lexicon))
  let at = 0
  words.forEach((word, index) => {
    const inside = worths[index] ?? 1
    const between = WEIGHTS.between * Math.min(1, Math.max(inside, worths[index + 1] ?? 0))
    for (const end = at + word.length; at < end; at += 1) {
      const key = keys[at] ?? 0
      const weight = at + 1 < end ? inside : between
      if (secondOf(key) !== 0) grams.set(key, Math.max(weight, grams.get(key) ?? 0))
    }
  })
}

/** What a word tells: little when it frames the question, less the more it is met in any Chinese text. */
function worthOf(word: string, lexicon: Lexicon): number {
  if (lexicon.framing.has(word)) return WEIGHTS.framing
  return Math.max(WEIGHTS.least, lexicon.seldomness(word))
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

function termsOf(phrase: string): { grams: number[]; words: string[] } {
  const runs = findRuns(phrase)
  const inside = runs.filter(run => run.kind === 'ideographs')
  return {
    grams: inside.flatMap(run => gramKeys(phrase, run.start, run.end)).filter(key => secondOf(key) !== 0),
    words: runs.filter(run => run.kind === 'alphanumeric').map(run => phrase.slice(run.start, run.end)),
  }
}
