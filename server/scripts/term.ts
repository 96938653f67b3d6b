import { comparableWords, type Span } from './speech.ts'

/** How far a gap goes: within a clause, or over the commas of a sentence. */
interface Gap {
  most: number
  stops: ReadonlySet<number>
}

/** One of some words, the longest first, and what they begin with, so that most places are passed over at a look. */
interface Words {
  words: readonly string[]
  heads: ReadonlySet<number>
}

/** A part of a pattern: one of some words as they stand, a number, or a gap. */
type Part = Words | 'number' | Gap

/** What a term of a lexicon looks for. It begins and ends with words, so that a text is read once whatever it holds. */
export interface Pattern {
  first: string
  rest: readonly Part[]
}

const unitsOf = (marks: string): ReadonlySet<number> => new Set(Array.from(marks, one => one.charCodeAt(0)))
const SENTENCE_STOPS = unitsOf('。!?;…\n“”"「」')
const STOPS = unitsOf('。!?;…\n“”"「」,、:')
const NAMES = new Map<string, Part>([
  ['{数字}', 'number'],
  ['{间隔}', { most: 8, stops: STOPS }],
  ['{长隔}', { most: 16, stops: STOPS }],
  ['{隔句}', { most: 20, stops: SENTENCE_STOPS }],
])
const MAX_TERM = 200
const MAX_WAYS = 256
const NUMBER = 8
const DIGITS = new Set('0123456789.零一二两三四五六七八九十百千万半几')

/** Lists of words that the terms of a file call by a name. */
export type Names = Readonly<Record<string, readonly string[]>>

/**
 * The patterns of a term: words, `{数字}`, `{间隔}`, `{长隔}` and `{隔句}` for what may stand between, `<表箱|电箱>` for one of these
 * words, `{名}` for one of those the file lists by that name and `[快慢]` for one of these characters; or the reason why it is none.
 * There is no way to write what would be tried again and again, so a file can not slow the checks down.
 */
export function patternsOf(term: string, names: Names = {}): Pattern[] | string {
  if (term.length > MAX_TERM) return `“${term.slice(0, 20)}…” is longer than ${MAX_TERM} characters`
  const parts: Part[] = []
  for (const piece of term.split(/(\{(?:数字|间隔|长隔|隔句)\})/u).filter(one => one !== '')) {
    const part =
      NAMES.get(piece) ??
      wordsOf(
        piece.replaceAll(/\{([^{}]*)\}/gu, (as, name: string) => nameOf(names[name]) ?? as),
        term,
      )
    if (typeof part === 'string' && part !== 'number') return part
    parts.push(part)
  }
  const [first, ...rest] = parts
  if (!isWords(first) || !isWords(parts.at(-1))) return `“${term}” must begin and end with words`
  return first.words.map(one => ({ first: one, rest }))
}

const nameOf = (words: readonly string[] | undefined): string | undefined => words && `<${words.join('|')}>`

const isWords = (part: Part | undefined): part is Words => typeof part === 'object' && 'words' in part

/** Whether something may stand between the words of a pattern. */
export const hasGap = ({ rest }: Pattern): boolean =>
  rest.some(part => typeof part === 'object' && 'most' in part)

/** What a piece of a term without gaps stands for, the longest first. */
function wordsOf(piece: string, term: string): Words | string {
  const ways = waysOf(piece, term)
  if (typeof ways === 'string') return ways
  if (ways.some(way => /[\\*+()|^$?{}]/u.test(way)))
    return `“${term}” is no pattern: words, {数字}, {间隔}, <one|of> and [these] are`
  const words = ways.map(comparableWords).filter(one => one !== '')
  if (words.length === 0) return `“${term}” must begin and end with words`
  return {
    words: words.toSorted((a, b) => b.length - a.length),
    heads: new Set(words.map(one => one.charCodeAt(0))),
  }
}

/** Each text that a piece stands for when one of every `<…|…>` and one character of every `[…]` is chosen. */
function waysOf(piece: string, term: string): string[] | string {
  let ways = ['']
  for (const one of piece.match(/<[^<>]*>|\[[^[\]]*\]|[\s\S]/gu) ?? []) {
    const choices = choicesOf(one)
    if (choices.some(each => /^[<>[\]]$/u.test(each) || each === ''))
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

/** Where the rest of a pattern ends when its first words end at `at`, and what stood in its gaps; undefined when it does not follow.
 *  Looks at no more than a fixed number of characters for each part. */
export function endOf(
  text: string,
  rest: readonly Part[],
  at: number,
): { end: number; gaps: Span[] } | undefined {
  let gap: Gap = { most: 0, stops: STOPS }
  const gaps: Span[] = []
  for (const part of rest) {
    if (part === 'number') {
      const end = numberEnd(text, at)
      if (end === at) return undefined
      at = end
    } else if ('most' in part) gap = part
    else {
      const found = afterGap(text, part, at, gap)
      if (!found) return undefined
      if (found[0] > at) gaps.push([at, found[0]])
      at = found[1]
      gap = { most: 0, stops: STOPS }
    }
  }
  return { end: at, gaps }
}

function numberEnd(text: string, at: number): number {
  let end = at
  while (end < text.length && end - at < NUMBER && DIGITS.has(text[end] as string)) end++
  return end
}

function afterGap(text: string, { words, heads }: Words, at: number, { most, stops }: Gap): Span | undefined {
  for (let from = at; from <= at + most && from < text.length; from++) {
    const unit = text.charCodeAt(from)
    const found = heads.has(unit) ? words.find(one => text.startsWith(one, from)) : undefined
    if (found !== undefined) return [from, from + found.length]
    if (stops.has(unit)) return undefined
  }
  return undefined
}
