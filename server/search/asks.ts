import { firstOf, secondOf } from '#server/platform/text/grams.ts'
import type { QueryAnalysis, TypedPhrase, TypedWord } from '#server/platform/text/query.ts'
import { soundKeys, soundsLike, type SoundPair } from '#server/platform/text/sounds.ts'
import { readingsOf } from '#server/platform/text/syllables.ts'
import type { Sentence } from './sentences.ts'

/** How far a sentence gives what a query asks for. */
export interface Given {
  /** For each ask how well it is met, 0 to 1. */
  met: Float32Array
  /** The part of the sentence that meets something, 0 to 1. */
  used: number
}

/** A query as a list of asks: its character pairs, then its runs of letters and digits. */
export interface Asks {
  /** What each ask counts for before rarity is considered, 0 to 1. */
  weights: number[]
  compare(sentence: Sentence): Given
}

const METS = { sound: 0.75, synonym: 0.85, part: 0.5, begun: 0.8, spelled: 0.95, gap: 0.6 }
/** Letters that may be left out between first letters typed. */
const MOST_LEFT_OUT = 2

/** Splits an analysed query into asks. */
export function createAsks(analysis: QueryAnalysis): Asks {
  const keys = [...analysis.grams.keys()]
  const gramAsk = new Map(keys.map((key, ask) => [key, ask]))
  const soundAsk = new Map<number, number>()
  keys.forEach((key, ask) => {
    for (const sound of soundKeys(firstOf(key), secondOf(key))) soundAsk.set(sound, ask)
  })
  const wordAsk = new Map(analysis.words.map(({ word }, index) => [word, keys.length + index]))
  const askOf = (term: number | string) => (typeof term === 'number' ? gramAsk.get(term) : wordAsk.get(term))
  const weights = [...analysis.grams.values(), ...analysis.words.map(() => 1)]
  const compare = (sentence: Sentence): Given => {
    const met = new Float32Array(weights.length)
    const marks = new Uint8Array(sentence.grams.length + 1)
    meetGrams(sentence, gramAsk, soundAsk, met, marks)
    for (const phrase of analysis.phrases) meetPhrase(phrase, sentence, askOf, met, marks)
    let words = 0
    analysis.words.forEach((word, index) => {
      const level = Math.max(met[keys.length + index] ?? 0, meetWord(word, sentence, marks))
      met[keys.length + index] = level
      if (level > 0 && sentence.words.has(word.word)) words += 1
    })
    const marked = marks.reduce((sum, mark) => sum + mark, 0)
    return { met, used: Math.min(1, (marked + words) / Math.max(1, sentence.length)) }
  }
  return { weights, compare }
}

function meetGrams(
  { grams, sounds }: Sentence,
  gramAsk: ReadonlyMap<number, number>,
  soundAsk: ReadonlyMap<number, number>,
  met: Float32Array,
  marks: Uint8Array,
): void {
  for (let at = 0; at < grams.length; at += 1) {
    const same = gramAsk.get(grams[at] ?? 0)
    const ask = same ?? soundAsk.get(sounds[at] ?? 0)
    if (ask === undefined) continue
    met[ask] = Math.max(met[ask] ?? 0, same === undefined ? METS.sound : 1)
    marks[at] = 1
    marks[at + 1] = 1
  }
}

/** A synonym in the sentence meets all that the phrase typed asks for. */
function meetPhrase(
  phrase: TypedPhrase,
  sentence: Sentence,
  askOf: (term: number | string) => number | undefined,
  met: Float32Array,
  marks: Uint8Array,
): void {
  for (const other of phrase.others) {
    const places = other.grams.map(key => sentence.grams.indexOf(key))
    if (places.includes(-1) || !other.words.every(word => sentence.words.has(word))) continue
    for (const at of places) marks.fill(1, at, at + 2)
    for (const term of [...phrase.grams, ...phrase.words]) {
      const ask = askOf(term)
      if (ask !== undefined) met[ask] = Math.max(met[ask] ?? 0, METS.synonym)
    }
  }
}

function meetWord(word: TypedWord, sentence: Sentence, marks: Uint8Array): number {
  if (sentence.words.has(word.word)) return 1
  let level = 0
  for (const part of word.parts) if (sentence.words.has(part)) level = METS.part
  if (word.isOpen && [...sentence.words].some(other => other.startsWith(word.word))) level = METS.begun
  for (const pairs of word.readings)
    level = Math.max(level, METS.spelled * meetSounds(pairs, sentence, marks))
  if (word.initials) level = Math.max(level, meetInitials(word.initials, sentence, marks))
  return level
}

/** The part of the syllable pairs that the sentence has. */
function meetSounds(pairs: readonly SoundPair[], { grams }: Sentence, marks: Uint8Array): number {
  let met = 0
  let all = 0
  for (const pair of pairs) {
    const at = grams.findIndex(key => soundsLike(pair, firstOf(key), secondOf(key)))
    all += pair.weight
    if (at < 0) continue
    met += pair.weight
    marks.fill(1, at, at + (pair.second === undefined ? 1 : 2))
  }
  return all === 0 ? 0 : met / all
}

/** Whether the sentence has characters that begin with the letters, side by side or with a few left out. */
function meetInitials(letters: readonly number[], { grams }: Sentence, marks: Uint8Array): number {
  let best = 0
  for (let start = 0; start < grams.length; start += 1) {
    const end = followInitials(letters, grams, start)
    if (end === undefined) continue
    const leftOut = end - start - letters.length
    const level = leftOut === 0 ? METS.spelled : METS.gap
    if (level <= best) continue
    best = level
    marks.fill(1, start, end)
  }
  return best
}

function followInitials(letters: readonly number[], grams: Uint32Array, start: number): number | undefined {
  let at = start
  let leftOut = 0
  for (let index = 0; index < letters.length; at += 1) {
    const unit = firstOf(grams[at] ?? 0)
    if (begins(unit, letters[index] ?? 0)) index += 1
    else if (index === 0 || (leftOut += 1) > MOST_LEFT_OUT) return undefined
    const isEnd = secondOf(grams[at] ?? 0) === 0
    if (isEnd && index < letters.length) return undefined
  }
  return at
}

function begins(unit: number, letter: number): boolean {
  return readingsOf(unit).some(({ syllable }) => syllable.charCodeAt(0) - 96 === letter)
}
