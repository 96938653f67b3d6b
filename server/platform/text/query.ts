import { fold } from './fold.ts'
import { gramKeys, secondOf } from './grams.ts'
import type { Lexicon } from './lexicon.ts'
import { readInitials } from './pinyin.ts'
import { findRuns, isNumber, splitMixed, type Run } from './runs.ts'
import { readSounds, type SoundPair } from './sounds.ts'

/** What a typed text asks for, before any index is looked at. Weights are 0 to 1. */
export interface QueryAnalysis {
  /** The folded text that was analysed. */
  text: string
  /** Weight by gram key of the characters typed. */
  grams: Map<number, number>
  /** Weight by gram key of the characters of synonyms. */
  synonymGrams: Map<number, number>
  /** Weight by letter or digit run, typed or as a synonym. */
  words: Map<string, number>
  /** The run that ends the text and may go on, if letters or digits end it. */
  openWord: string | undefined
  /** Neighbouring syllables typed as pinyin. */
  sounds: SoundPair[]
  /** Runs that may be first letters of syllables, each letter as 1 to 26. */
  initials: number[][]
  /** Single characters (UTF-16 units), when nothing else was typed. */
  characters: number[]
}

/** The most folded characters of a query that are looked at. */
export const LONGEST_QUERY = 400

const WEIGHTS = { word: 1, between: 0.45, framing: 0.12, synonym: 0.6, part: 0.5 }

/** Analyses a text as typed by a person; any string is accepted. */
export function analyseQuery(typed: string, lexicon: Lexicon): QueryAnalysis {
  const text = fold(typed.slice(0, 2 * LONGEST_QUERY)).text.slice(0, LONGEST_QUERY)
  const runs = findRuns(text)
  const analysis: QueryAnalysis = {
    text,
    grams: new Map(),
    synonymGrams: new Map(),
    words: new Map(),
    openWord: undefined,
    sounds: readSounds(text, runs),
    initials: [],
    characters: [],
  }
  for (const run of runs) {
    if (run.kind === 'ideographs') addGrams(analysis, run, lexicon)
    else addWords(analysis, text.slice(run.start, run.end), run.end === text.length)
  }
  addSynonyms(analysis, lexicon)
  if (analysis.grams.size === 0 && analysis.words.size === 0) addCharacters(analysis, runs)
  return analysis
}

/** Raises the weight under a key; the greater of two weights stays. */
export function raise<K>(weights: Map<K, number>, key: K, weight: number): void {
  if ((weights.get(key) ?? 0) < weight) weights.set(key, weight)
}

function addGrams(analysis: QueryAnalysis, run: Run, lexicon: Lexicon): void {
  const text = analysis.text.slice(run.start, run.end)
  const keys = gramKeys(text, 0, text.length)
  let at = 0
  for (const word of lexicon.cut(text)) {
    const inside = lexicon.framing.has(word) ? WEIGHTS.framing : WEIGHTS.word
    for (const end = at + word.length; at < end; at += 1) {
      const key = keys[at] ?? 0
      const weight = at + 1 < end ? inside : Math.min(inside, WEIGHTS.between)
      if (secondOf(key) !== 0) raise(analysis.grams, key, weight)
    }
  }
}

function addWords(analysis: QueryAnalysis, word: string, isOpen: boolean): void {
  raise(analysis.words, word, WEIGHTS.word)
  const parts = splitMixed(word)
  if (parts.length > 1) for (const part of parts) raise(analysis.words, part, WEIGHTS.part)
  if (isOpen) analysis.openWord = word
  const letters = isNumber(word) ? undefined : readInitials(word)
  if (letters) analysis.initials.push(letters)
}

function addSynonyms(analysis: QueryAnalysis, lexicon: Lexicon): void {
  for (const match of lexicon.synonyms.findIn(analysis.text)) {
    for (const other of match.others) {
      for (const run of findRuns(other)) addSynonymRun(analysis, other, run)
    }
  }
}

function addSynonymRun(analysis: QueryAnalysis, text: string, run: Run): void {
  if (run.kind === 'alphanumeric') raise(analysis.words, text.slice(run.start, run.end), WEIGHTS.synonym)
  else {
    for (const key of gramKeys(text, run.start, run.end)) {
      if (secondOf(key) !== 0 && !analysis.grams.has(key)) raise(analysis.synonymGrams, key, WEIGHTS.synonym)
    }
  }
}

function addCharacters(analysis: QueryAnalysis, runs: readonly Run[]): void {
  for (const run of runs) {
    const unit = analysis.text.charCodeAt(run.start)
    if (!analysis.characters.includes(unit)) analysis.characters.push(unit)
  }
}
