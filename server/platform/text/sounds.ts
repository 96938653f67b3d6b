import { readPinyin, type Piece } from './pinyin.ts'
import type { Run } from './runs.ts'
import { readingsOf, syllableRange } from './syllables.ts'

/** The first and the last id of a range of syllables. */
export type SyllableRange = readonly [number, number]

/** Two syllables in a row that a query asks for by sound; without `second`, one syllable. */
export interface SoundPair {
  first: SyllableRange
  second: SyllableRange | undefined
  /** 0 to 1: less for syllables only begun. */
  weight: number
}

const SYLLABLES_BITS = 10
const WEIGHTS = { full: 1, begun: 0.7, initial: 0.45 }
/** A last syllable that is complete may still be the beginning of a longer one. */
const GOING_ON = 0.4

/** The key of two syllables in a row; `second` is 0 at the end of a run. */
export function soundKey(first: number, second: number): number {
  return (first << SYLLABLES_BITS) | second
}

/** Every way two characters in a row (UTF-16 units, the second perhaps 0) may sound, as keys. */
export function soundKeys(first: number, second: number): number[] {
  const ends = second === 0 ? [0] : readingsOf(second).map(reading => reading.id)
  return readingsOf(first).flatMap(reading => ends.map(end => soundKey(reading.id, end)))
}

/** Whether two characters in a row may sound like the pair. */
export function soundsLike(pair: SoundPair, first: number, second: number): boolean {
  return isIn(pair.first, first) && (pair.second === undefined || isIn(pair.second, second))
}

/** The syllable pairs that the letter runs of a folded text spell. Runs parted by blanks only are read on. */
export function readSounds(text: string, runs: readonly Run[]): SoundPair[] {
  const pairs: SoundPair[] = []
  let chain: Piece[] = []
  runs.forEach((run, index) => {
    const readings = run.kind === 'alphanumeric' ? readPinyin(text.slice(run.start, run.end)) : []
    const before = runs[index - 1]
    const isJoined = before !== undefined && text.slice(before.end, run.start).trim() === ''
    for (const pieces of readings) addPairs(pairs, isJoined ? [...chain.slice(-1), ...pieces] : pieces)
    chain = readings[0] ?? edgePiece(text, run)
  })
  return pairs
}

/** The last character of a run as a syllable, so that 停dian is read as one chain. */
function edgePiece(text: string, run: Run): Piece[] {
  const id = run.kind === 'ideographs' ? readingsOf(text.charCodeAt(run.end - 1))[0]?.id : undefined
  return id === undefined ? [] : [{ range: [id, id], letters: '', form: 'full' }]
}

function addPairs(pairs: SoundPair[], pieces: readonly Piece[]): void {
  if (pieces.every(piece => piece.form === 'initial')) return
  const last = pieces.length - 1
  pieces.forEach((piece, index) => {
    const next = pieces[index + 1]
    if (!next && index > 0) return
    const weight = Math.min(WEIGHTS[piece.form], next ? WEIGHTS[next.form] : 1)
    pairs.push({ first: piece.range, second: next?.range, weight })
    const longer =
      next && index + 1 === last && next.form === 'full' ? syllableRange(next.letters) : undefined
    if (longer) pairs.push({ first: piece.range, second: longer, weight: weight * GOING_ON })
  })
}

function isIn(range: SyllableRange, unit: number): boolean {
  return readingsOf(unit).some(({ id }) => id >= range[0] && id <= range[1])
}
