import { comparableWords } from './speech.ts'

/** A part of a pattern: words as they stand, a number, or up to GAP characters without punctuation. */
type Part = { words: string } | 'number' | 'gap'

/** What a term of a lexicon looks for. It begins and ends with words, so that a text is read once whatever it holds. */
export interface Pattern {
  first: string
  rest: readonly Part[]
}

const NAMES = new Map<string, Part>([
  ['{数字}', 'number'],
  ['{间隔}', 'gap'],
])
const MAX_TERM = 200
const MAX_WAYS = 256
const GAP = 8
const NUMBER = 8
const STOPS = new Set(Array.from('。!?;,、:…\n“”"「」', mark => mark.charCodeAt(0)))
const DIGITS = new Set('0123456789.零一二两三四五六七八九十百千万半几')

/**
 * The patterns of a term: words, `{数字}`, `{间隔}`, `<表箱|电箱>` for one of these words and `[快慢]` for one of these characters; or
 * the reason why it is none. There is
 * no way to write what would be tried again and again, so a file can not slow the checks down.
 */
export function patternsOf(term: string): Pattern[] | string {
  if (term.length > MAX_TERM) return `“${term.slice(0, 20)}…” is longer than ${MAX_TERM} characters`
  const ways = waysOf(term)
  if (typeof ways === 'string') return ways
  const patterns = ways.map(patternOf)
  const reason = patterns.find(one => typeof one === 'string')
  return reason ?? (patterns as Pattern[])
}

/** Each text that a term stands for when one of every `<…|…>` and one character of every `[…]` is chosen. */
function waysOf(term: string): string[] | string {
  let ways = ['']
  for (const piece of term.match(/<[^<>]*>|\[[^[\]]*\]|[\s\S]/gu) ?? []) {
    const choices = choicesOf(piece)
    if (choices.some(one => /^[<>[\]]$/u.test(one) || one === ''))
      return `“${term}” has a < or [ that is not one of a pair, or nothing in it`
    ways = ways.flatMap(way => choices.map(choice => way + choice))
    if (ways.length > MAX_WAYS) return `“${term}” stands for more than ${MAX_WAYS} texts`
  }
  return ways
}

function choicesOf(piece: string): string[] {
  if (piece.length > 1 && piece.startsWith('<')) return piece.slice(1, -1).split('|')
  return piece.length > 2 && piece.startsWith('[') ? Array.from(piece.slice(1, -1)) : [piece]
}

function patternOf(way: string): Pattern | string {
  const parts: Part[] = []
  for (const piece of way.split(/(\{[^{}]*\})/u)) {
    const named = NAMES.get(piece)
    if (named === undefined && /[\\*+()|^$?{}]/u.test(piece))
      return `“${way}” is no pattern: words, {数字}, {间隔}, <one|of> and [these] are`
    const words = comparableWords(piece)
    if (named !== undefined) parts.push(named)
    else if (words !== '') parts.push({ words })
  }
  const [first, ...rest] = parts
  const last = parts.at(-1)
  if (typeof first !== 'object' || typeof last !== 'object') return `“${way}” must begin and end with words`
  return { first: first.words, rest }
}

/** Where the rest of a pattern ends when its first words end at `at`; undefined when it does not follow. Looks at no more than a
 *  fixed number of characters for each part. */
export function endOf(text: string, rest: readonly Part[], at: number): number | undefined {
  let gap = false
  for (const part of rest) {
    if (part === 'gap') gap = true
    else if (part === 'number') {
      const end = numberEnd(text, at)
      if (end === at) return undefined
      at = end
    } else {
      const found = gap ? afterGap(text, part.words, at) : text.startsWith(part.words, at) ? at : -1
      if (found < 0) return undefined
      at = found + part.words.length
      gap = false
    }
  }
  return at
}

function numberEnd(text: string, at: number): number {
  let end = at
  while (end < text.length && end - at < NUMBER && DIGITS.has(text[end] as string)) end++
  return end
}

function afterGap(text: string, words: string, at: number): number {
  for (let from = at; from <= at + GAP && from < text.length; from++) {
    const unit = text.charCodeAt(from)
    if (unit === words.charCodeAt(0) && text.startsWith(words, from)) return from
    if (STOPS.has(unit)) return -1
  }
  return -1
}
