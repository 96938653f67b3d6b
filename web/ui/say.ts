const END = /[。！？!?；;…]/u
const CLOSING = /[”’」』）)】》]/u
const PAUSE = /[，、：,:]/u

/** Characters a practised agent reads aloud in a second of calm speech. */
const CHARACTERS_PER_SECOND = 4.5

/**
 * A spoken text as an agent breathes it: one thought a paragraph, each cut into the phrases between its pauses, so
 * that a line breaks after a pause whenever it can. Joined together the phrases are the text without its line breaks.
 */
export function thoughtsOf(say: string): string[][] {
  return cutAfter(say.replace(/\s*\n\s*/gu, '\n'), END).map(thought => cutAfter(thought, PAUSE))
}

/** About how many seconds it takes to read `say` aloud, at least 1. */
export function readingSeconds(say: string): number {
  const spoken = say.replace(/[^\p{L}\p{N}]/gu, '').length
  return Math.max(1, Math.round(spoken / CHARACTERS_PER_SECOND))
}

/** Cuts after each mark and the closing quotes that follow it; figures such as 1,000 or 8:30 stay whole. */
function cutAfter(text: string, mark: RegExp): string[] {
  const parts: string[] = []
  let part = ''
  const units = [...text]
  units.forEach((unit, index) => {
    if (unit !== '\n') part += unit
    const next = units[index + 1] ?? ''
    const stays = mark.test(next) || CLOSING.test(next) || isInFigure(units, index)
    const ended = unit === '\n' || (!stays && endsWithMark(part, mark))
    if (ended && part.trim() !== '') {
      parts.push(part.trim())
      part = ''
    }
  })
  return part.trim() === '' ? parts : [...parts, part.trim()]
}

const endsWithMark = (part: string, mark: RegExp): boolean =>
  mark.test(part.replace(/[”’」』）)】》]+$/u, '').slice(-1))

const isInFigure = (units: readonly string[], index: number): boolean =>
  /[,:.]/u.test(units[index] ?? '') && /\d/u.test(units[index + 1] ?? '')
