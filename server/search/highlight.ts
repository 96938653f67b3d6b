import { fold, originalRange, type FoldedText } from '#server/platform/text/fold.ts'
import { firstOf, gramKey, secondOf } from '#server/platform/text/grams.ts'
import type { QueryAnalysis } from '#server/platform/text/query.ts'
import { findRuns, type Run } from '#server/platform/text/runs.ts'
import { soundKeys, soundsLike } from '#server/platform/text/sounds.ts'
import { readingsOf } from '#server/platform/text/syllables.ts'
import { usualSound } from './sentences.ts'

/** `[start, end)` in UTF-16 units of a text as it is shown. */
export type TextRange = [number, number]

/** Finds in any text what a query asked for. */
export interface Highlighter {
  /** Sorted ranges that neither overlap nor touch; empty when the text has nothing of the query. */
  rangesIn(text: string): TextRange[]
}

/** The least weight of a character pair that is worth marking. */
const LEAST_WEIGHT = 0.45

/** Makes a highlighter for one analysed query: what was typed, its synonyms, and what it was spelled or misheard for. */
export function createHighlighter(analysis: QueryAnalysis): Highlighter {
  const typed = new Map([...analysis.grams].filter(([, weight]) => weight >= LEAST_WEIGHT))
  const synonyms = analysis.phrases.flatMap(({ others }) => others.map(other => other.grams))
  const sounds = new Set([...typed.keys()].flatMap(key => soundKeys(firstOf(key), secondOf(key))))
  const pairs = analysis.words.flatMap(word => word.readings.flat())
  const words = wordsOf(analysis)
  const isAsked = (first: number, second: number) =>
    typed.has(gramKey(first, second)) ||
    pairs.some(pair => pair.second !== undefined && soundsLike(pair, first, second)) ||
    sounds.has(usualSound(gramKey(first, second)))
  return {
    rangesIn: text => {
      const folded = fold(text)
      const marks = new Uint8Array(folded.text.length)
      for (const run of findRuns(folded.text)) {
        if (run.kind === 'alphanumeric') markWord(folded.text, run, words, marks)
        else {
          markPairs(folded.text, run, isAsked, marks)
          for (const grams of synonyms) markPhrase(folded.text, run, grams, marks)
          for (const { initials } of analysis.words)
            if (initials) markInitials(folded.text, run, initials, marks)
          markCharacters(folded.text, run, analysis.characters, marks)
        }
      }
      return collect(folded, marks)
    },
  }
}

function wordsOf({ words, phrases }: QueryAnalysis): (word: string) => boolean {
  const same = new Set([
    ...words.flatMap(({ word, parts }) => [word, ...parts]),
    ...phrases.flatMap(({ others }) => others.flatMap(other => other.words)),
  ])
  const open = words.filter(word => word.isOpen)
  return word => same.has(word) || open.some(typed => word.startsWith(typed.word))
}

function markWord(
  text: string,
  { start, end }: Run,
  isAsked: (word: string) => boolean,
  marks: Uint8Array,
): void {
  if (isAsked(text.slice(start, end))) marks.fill(1, start, end)
}

function markPairs(
  text: string,
  { start, end }: Run,
  isAsked: (first: number, second: number) => boolean,
  marks: Uint8Array,
): void {
  for (let at = start; at + 1 < end; at += 1) {
    if (isAsked(text.charCodeAt(at), text.charCodeAt(at + 1))) marks.fill(1, at, at + 2)
  }
}

/** A synonym counts as a whole only: a pair out of it may mean anything. */
function markPhrase(text: string, { start, end }: Run, grams: readonly number[], marks: Uint8Array): void {
  if (grams.length === 0) return
  for (let at = start; at + grams.length < end; at += 1) {
    const isHere = grams.every(
      (key, index) => key === gramKey(text.charCodeAt(at + index), text.charCodeAt(at + index + 1)),
    )
    if (isHere) marks.fill(1, at, at + grams.length + 1)
  }
}

function markInitials(
  text: string,
  { start, end }: Run,
  letters: readonly number[],
  marks: Uint8Array,
): void {
  for (let at = start; at + letters.length <= end; at += 1) {
    const fits = letters.every((letter, index) =>
      readingsOf(text.charCodeAt(at + index)).some(({ syllable }) => syllable.charCodeAt(0) - 96 === letter),
    )
    if (fits) marks.fill(1, at, at + letters.length)
  }
}

function markCharacters(
  text: string,
  { start, end }: Run,
  units: readonly number[],
  marks: Uint8Array,
): void {
  for (let at = start; at < end; at += 1) if (units.includes(text.charCodeAt(at))) marks[at] = 1
}

/** Marked stretches as ranges of the original; what folding made of one character is marked as a whole. */
function collect(folded: FoldedText, marks: Uint8Array): TextRange[] {
  const ranges: TextRange[] = []
  for (let at = 0; at < marks.length; at += 1) {
    if (marks[at] !== 1) continue
    const [start, end] = originalRange(folded, at, at + 1)
    const last = ranges.at(-1)
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else ranges.push([start, end])
  }
  return ranges
}
