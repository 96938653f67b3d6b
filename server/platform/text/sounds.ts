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

/**
 * For each run of a folded text the ways to read it as syllable pairs, none for a run that is not pinyin. Runs parted
 * by blanks only are read on: the first pair of the second begins with the last syllable of the first.
 */
export function readSounds(text: string, runs: readonly Run[]): SoundPair[][][] {
  let before: Piece[] = []
  return runs.map((run, index) => {
    const readings = run.kind === 'alphanumeric' ? readPinyin(text.slice(run.start, run.end)) : []
    const previous = runs[index - 1]
    const isJoined = previous !== undefined && text.slice(previous.end, run.start).trim() === ''
    const lead = isJoined ? before.slice(-1) : []
    before = readings[0] ?? edgePiece(text, run)
    return readings.map(pieces => pairUp(lead, pieces)).filter(pairs => pairs.length > 0)
  })
}

/** The last character of a run as a syllable, so that characters and the letters after them are one chain. */
function edgePiece(text: string, run: Run): Piece[] {
  const id = run.kind === 'ideographs' ? readingsOf(text.charCodeAt(run.end - 1))[0]?.id : undefined
  return id === undefined ? [] : [{ range: [id, id], letters: '', form: 'full' }]
}

function pairUp(lead: readonly Piece[], own: readonly Piece[]): SoundPair[] {
  if (own.every(piece => piece.form === 'initial')) return []
  const pieces = [...lead, ...own]
  const [only] = pieces
  if (only && pieces.length === 1)
    return [{ first: only.range, second: undefined, weight: WEIGHTS[only.form] }]
  const pairs: SoundPair[] = []
  pieces.slice(1).forEach((next, index) => {
    const piece = pieces[index] ?? next
    const weight = Math.min(WEIGHTS[piece.form], WEIGHTS[next.form])
    const isLast = index + 2 === pieces.length
    const longer = isLast && next.form === 'full' ? syllableRange(next.letters) : undefined
    pairs.push({ first: piece.range, second: next.range, weight })
    if (longer) pairs.push({ first: piece.range, second: longer, weight: weight * GOING_ON })
  })
  return pairs
}

function isIn(range: SyllableRange, unit: number): boolean {
  return readingsOf(unit).some(({ id }) => id >= range[0] && id <= range[1])
}
