export interface Piece {
  text: string
  marked: boolean
}

/**
 * Cuts `text` at half-open ranges of UTF-16 units into plain and marked pieces. Ranges ascend; they may overlap or reach
 * beyond the text; the pieces joined are always the text.
 */
export function piecesOf(text: string, ranges: readonly (readonly [number, number])[]): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  const add = (end: number, marked: boolean) => {
    if (end > at) pieces.push({ text: text.slice(at, end), marked })
    at = Math.max(at, end)
  }
  for (const [start, end] of ranges) {
    add(Math.min(start, text.length), false)
    add(Math.min(end, text.length), true)
  }
  add(text.length, false)
  return pieces
}
