import { fold, originalRange, type FoldedText } from '#server/platform/text/fold.ts'

/** A stretch `[start, end)` of a text. */
export type Span = readonly [start: number, end: number]

/**
 * An utterance as it is compared with words: folded, without blanks, 您 as 你. `hidden` marks what the speaker does not say in
 * their own words: variables, quotes of entries, and what is told of others between quotation marks.
 */
export interface Speech {
  text: string
  hidden: Uint8Array
  sentences: Span[]
  clauses: Span[]
  /** Whether a mark that ends a clause stands in `[start, end)`; 、 ends none, a list goes on after it. */
  isStop: (start: number, end: number) => boolean
  /** The part of the utterance as it was written that `[start, end)` of `text` stands for. */
  written: (start: number, end: number) => string
}

const CLOSING: Record<string, string> = { '“': '”', '「': '」', '『': '』', '‘': '’', '"': '"' }
/** How far before an opening mark the words stand that say whose words follow. */
const INTRODUCED_WITHIN = 24
const OTHERS_WORDS =
  /(?:你|他|她|们|师傅|人员|窗口|坐席|客服|同事|抄表员|客户)[^,。!?;]{0,16}(?:说|讲|提|反映|问|喊|骂|写|原话|听到|转述|叫)[^,。!?;]{0,8}$/u
const OWN_WORDS = /(?:跟|和|对|给|向|同|告诉)你(?:说|讲|提)[^,。!?;]{0,8}$/u
/** The own words after all when somebody else is the one who speaks. */
const SOMEBODY_ELSE =
  /(?:他|她|师傅|人员|窗口|坐席|客服|同事|抄表员)[^,。!?;]{0,12}(?:跟|和|对|给|向|同|告诉)你/u

/** Prepares an utterance; linear in its length. */
export function speechOf(utterance: string): Speech {
  const folded = fold(utterance)
  const { text, places } = comparable(folded)
  const written = (start: number, end: number): string => {
    const last = places[end - 1]
    if (last === undefined || start >= end) return ''
    return utterance.slice(...originalRange(folded, places[start] ?? 0, last + 1))
  }
  const stops = countsOf(text)
  const isStop = (start: number, end: number): boolean => stops[end] !== stops[start]
  return {
    text,
    isStop,
    hidden: hiddenIn(text),
    sentences: partsOf(text, SENTENCE_ENDS),
    clauses: partsOf(text, CLAUSE_ENDS),
    written,
  }
}

/** Words of a list in the same form as utterances. */
export const comparableWords = (words: string): string => comparable(fold(words)).text

function comparable({ text }: FoldedText) {
  const places: number[] = []
  let kept = ''
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string
    if (/\s/u.test(character)) continue
    kept += character === '您' || character === '妳' ? '你' : character
    places.push(at)
  }
  return { text: kept, places }
}

function hiddenIn(text: string): Uint8Array {
  const hidden = new Uint8Array(text.length)
  hideBetween(text, '[[', ']]', hidden)
  hideBetween(text, '{', '}', hidden)
  for (let at = 0; at < text.length; at++) {
    const closing = CLOSING[text[at] as string]
    if (closing === undefined) continue
    const end = text.indexOf(closing, at + 1)
    if (end < 0) break
    if (isIntroduced(text.slice(Math.max(0, at - INTRODUCED_WITHIN), at))) hidden.fill(1, at, end + 1)
    at = end
  }
  return hidden
}

function hideBetween(text: string, opening: string, closing: string, hidden: Uint8Array): void {
  for (let at = text.indexOf(opening); at >= 0;) {
    const end = text.indexOf(closing, at)
    if (end < 0) return
    hidden.fill(1, at, end + closing.length)
    at = text.indexOf(opening, end)
  }
}

const isIntroduced = (before: string): boolean =>
  OTHERS_WORDS.test(before) && (!OWN_WORDS.test(before) || SOMEBODY_ELSE.test(before))

/** How many marks that end a clause stand before each place. */
function countsOf(text: string): Uint32Array {
  const counts = new Uint32Array(text.length + 1)
  for (let at = 0; at < text.length; at++) {
    const ends = CLAUSE_ENDS.has(text[at] as string) && text[at] !== '、' && !isClock(text, at)
    counts[at + 1] = (counts[at] ?? 0) + (ends ? 1 : 0)
  }
  return counts
}

const SENTENCE_ENDS = new Set('。!?;\n…')
const CLAUSE_ENDS = new Set('。!?;\n…,、:')

function partsOf(text: string, ends: ReadonlySet<string>): Span[] {
  const parts: Span[] = []
  let start = 0
  for (let at = 0; at <= text.length; at++) {
    if (at < text.length && !(ends.has(text[at] as string) && !isClock(text, at))) continue
    if (at > start) parts.push([start, at])
    start = at + 1
  }
  return parts
}

const isClock = (text: string, at: number): boolean =>
  text[at] === ':' && /\d/u.test(text[at - 1] ?? '') && /\d/u.test(text[at + 1] ?? '')
