import type { Highlighter, TextRange } from './highlight.ts'

/** The part of a text to show under a hit. */
export interface Snippet {
  text: string
  /** Ranges of `text` to mark. */
  highlights: TextRange[]
}

const LONGEST = 120

/**
 * Picks the part of at most `longest` UTF-16 units with most of what was asked, from the first text that has any of
 * it; without such, the beginning of the first. Begins and ends at the end of a sentence where it can.
 */
export function pickSnippet(texts: readonly string[], highlighter: Highlighter, longest = LONGEST): Snippet {
  for (const text of texts) {
    const ranges = highlighter.rangesIn(text)
    if (ranges.length > 0) return cutOut(text, ranges, startOfBest(text, ranges, longest), longest)
  }
  return cutOut(texts[0] ?? '', [], 0, longest)
}

function startOfBest(text: string, ranges: readonly TextRange[], longest: number): number {
  if (text.length <= longest) return 0
  let best = 0
  let bestLength = -1
  for (const [start] of ranges) {
    const from = sentenceStart(text, start, longest)
    const inside = ranges.filter(range => range[0] >= from && range[1] <= from + longest)
    const length = inside.reduce((sum, range) => sum + range[1] - range[0], 0)
    if (length <= bestLength) continue
    best = from
    bestLength = length
  }
  return best
}

/** Where the sentence of a place begins, or a little before the place when the sentence is long. */
function sentenceStart(text: string, place: number, longest: number): number {
  const earliest = Math.max(0, place - Math.floor(longest / 3))
  const before = text.slice(earliest, place)
  const stop = Math.max(...['。', '！', '？', '；', '\n'].map(mark => before.lastIndexOf(mark)))
  const start = stop >= 0 ? earliest + stop + 1 : earliest
  return isInsideCharacter(text, start) ? start + 1 : start
}

function cutOut(text: string, ranges: readonly TextRange[], start: number, longest: number): Snippet {
  const limit = Math.min(text.length, start + longest)
  const end = isInsideCharacter(text, limit) ? limit - 1 : limit
  const highlights = ranges
    .map(([from, to]): TextRange => [Math.max(from, start) - start, Math.min(to, end) - start])
    .filter(([from, to]) => from < to)
  return { text: text.slice(start, end), highlights }
}

function isInsideCharacter(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  const before = text.charCodeAt(at - 1)
  return unit >= 0xdc00 && unit <= 0xdfff && before >= 0xd800 && before <= 0xdbff
}
