import { LONGEST_SYLLABLE, syllableId, syllableRange } from './syllables.ts'

/** One syllable typed in letters, perhaps only begun. */
export interface Piece {
  /** Ids of the syllables it can stand for, first and last. */
  range: [number, number]
  /** The letters typed. */
  letters: string
  /** `full` syllable, `begun` at the end of the word, or only the `initial`. */
  form: 'full' | 'begun' | 'initial'
}

interface Reading {
  pieces: Piece[]
  cost: number
}

const COSTS = { full: 1, begun: 1.5, initial: 2.2 }
const MOST_READINGS = 3
const LONGEST_WORD = 40

/**
 * Ways to read letters a to z as syllables of pinyin, the plainest first: as few and as full syllables as possible.
 * Up to three equally plain ones (`fangan` is fan gan and fang an); none when it cannot be pinyin.
 */
export function readPinyin(word: string): Piece[][] {
  if (!/^[a-z]+$/u.test(word) || word.length > LONGEST_WORD) return []
  const best: Reading[][] = Array.from({ length: word.length + 1 }, () => [])
  best[0] = [{ pieces: [], cost: 0 }]
  for (let at = 0; at < word.length; at += 1) {
    for (const reading of best[at] ?? []) extend(reading, word, at, best)
  }
  return (best[word.length] ?? []).map(reading => reading.pieces)
}

/** The letters as 1 to 26 when each can be the first of a syllable, so that the word may be initials. */
export function readInitials(word: string): number[] | undefined {
  if (!/^[abcdefghj-tw-z]{2,}$/u.test(word)) return undefined
  return Array.from(word, letter => letter.charCodeAt(0) - 96)
}

function extend(reading: Reading, word: string, at: number, best: Reading[][]): void {
  for (let end = at + 1; end <= Math.min(word.length, at + LONGEST_SYLLABLE); end += 1) {
    const piece = readPiece(word.slice(at, end), end === word.length)
    if (!piece) continue
    const slot = best[end] ?? []
    const next = { pieces: [...reading.pieces, piece], cost: reading.cost + COSTS[piece.form] }
    const least = Math.min(next.cost, ...slot.map(other => other.cost))
    best[end] = [...slot, next].filter(other => other.cost === least).slice(0, MOST_READINGS)
  }
}

function readPiece(letters: string, isLast: boolean): Piece | undefined {
  const id = syllableId(letters)
  if (id !== undefined) return { range: [id, id], letters, form: 'full' }
  const range = syllableRange(letters)
  if (!range) return undefined
  if (/^([bpmfdtnlgkhjqxrzcsyw]|[zcs]h)$/u.test(letters)) return { range, letters, form: 'initial' }
  return isLast ? { range, letters, form: 'begun' } : undefined
}
