import { Converter } from 'opencc-js/t2cn'

/** A text in its searchable form, with the way back to the original. */
export interface FoldedText {
  /** NFKC, narrow, lower-case, without Latin diacritics, in simplified characters. */
  text: string
  /** For each UTF-16 unit of `text` where its original begins; one more entry holds the original length. */
  starts: Uint32Array
}

const UNKNOWN = 0
const SLOW = 1
const BLANK = 32

const MARK = /^\p{M}$/u
const DIACRITICS = /[\u0300-\u036f]/gu
const INVISIBLE = /[\p{Cf}\p{Variation_Selector}]/gu
const toSimplified = Converter({ from: 'hk', to: 'cn' })

const foldedUnits = new Uint16Array(65536)
const marks = new Uint8Array(65536)

/**
 * Folds a text so that spellings a reader takes for the same become equal. Unpaired surrogates become blanks and
 * invisible format characters vanish. Traditional characters are converted one by one, so that document and query
 * always agree and offsets stay simple.
 */
export function fold(text: string): FoldedText {
  const units: number[] = []
  const starts: number[] = []
  for (let at = 0; at < text.length;) {
    const unit = text.charCodeAt(at)
    const folded = foldUnit(unit)
    const next = at + 1 < text.length ? text.charCodeAt(at + 1) : BLANK
    if (folded !== SLOW && !isMark(next)) {
      units.push(folded)
      starts.push(at)
      at += 1
      continue
    }
    const end = clusterEnd(text, at)
    for (const part of foldCluster(text.slice(at, end)).split('')) {
      units.push(part.charCodeAt(0))
      starts.push(at)
    }
    at = end
  }
  starts.push(text.length)
  return { text: fromUnits(units), starts: Uint32Array.from(starts) }
}

/** Where in the original the folded range `[from, to)` lies, as `[start, end]` in UTF-16 units; `from < to`. */
export function originalRange(folded: FoldedText, from: number, to: number): [number, number] {
  const { starts } = folded
  const start = starts[from] ?? 0
  const last = starts[to - 1] ?? start
  let after = to
  while (after < starts.length - 1 && starts[after] === last) after += 1
  return [start, starts[after] ?? last]
}

function foldUnit(unit: number): number {
  const known = foldedUnits[unit] ?? UNKNOWN
  if (known !== UNKNOWN) return known
  const folded = unit >= 0xd800 && unit <= 0xdfff ? '' : foldCluster(String.fromCharCode(unit))
  const result = folded.length === 1 && unit > SLOW ? folded.charCodeAt(0) : SLOW
  foldedUnits[unit] = result
  return result
}

function isMark(unit: number): boolean {
  const known = marks[unit] ?? 0
  if (known !== 0) return known === 2
  const found = MARK.test(String.fromCharCode(unit))
  marks[unit] = found ? 2 : 1
  return found
}

/** A character with the combining marks after it is folded as one, for they may compose. */
function clusterEnd(text: string, at: number): number {
  let end = at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1)
  while (end < text.length && isMark(text.charCodeAt(end))) end += 1
  return end
}

function foldCluster(cluster: string): string {
  const plain = cluster.toWellFormed().replaceAll('\ufffd', ' ').replace(INVISIBLE, '')
  const bare = plain.normalize('NFKD').replace(DIACRITICS, '').normalize('NFKC')
  return toSimplified(bare.toLowerCase().normalize('NFKD').replace(DIACRITICS, '').normalize('NFKC'))
}

function fromUnits(units: readonly number[]): string {
  let text = ''
  for (let at = 0; at < units.length; at += 4096) {
    text += String.fromCharCode(...units.slice(at, at + 4096))
  }
  return text
}
