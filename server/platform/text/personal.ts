import type { PersonalKind } from '#server/contract/question-lists.ts'
import { MASK } from '#server/contract/numbers.ts'
import { fold, originalRange, type FoldedText } from './fold.ts'
import { LOOKS, type Words } from './personal-looks.ts'

/** Personal data in a text, and where: UTF-16 units of the text as it was given. */
export interface Personal {
  kind: PersonalKind
  range: [number, number]
}

/** What people write between the digits of one number. */
const GAP = String.raw`[\s\p{Pd}().,·/_]{0,3}`
/** Seven digits and more; an x behind them is the check digit of an identity card. */
const NUMBER = new RegExp(String.raw`\d(?:${GAP}\d){6,}(?:${GAP}x(?![a-z\d]))?`, 'gu')
/** A day with its parts apart, and perhaps an hour behind it. */
const DAY =
  /(?<!\d)(?:19|20)\d\d([-/.])(?:1[0-2]|0?[1-9])\1(?:3[01]|[12]\d|0?[1-9])(?!\d)(?:\s+(?:2[0-4]|[01]?\d):[0-5]\d)?/gu
/** Digits as they are spoken: 幺 is one. */
const SPOKEN = /[零〇一二三四五六七八九幺]{7,}/gu
const SPOKEN_DIGITS = '零一二三四五六七八九'

/**
 * Text without the numbers of customers: every run of seven or more digits is masked, also with blanks, dashes, dots or
 * brackets between, in full width, or spoken (个人信息保护法 第6条: no more personal data than the purpose needs). A day
 * written with its parts apart stays, and so does all else, letter by letter.
 */
export function maskNumbers(text: string): string {
  const folded = readable(text)
  const withoutDays = folded.text.replaceAll(DAY, day => '|'.repeat(day.length))
  const runs = [...withoutDays.matchAll(NUMBER)].map(rangeOf)
  const personal = found(folded.text).map(one => one.range)
  let masked = ''
  let reached = 0
  for (const range of [...runs, ...personal].toSorted((a, b) => a[0] - b[0])) {
    const [start, end] = originalRange(folded, ...range)
    if (start >= reached) masked += text.slice(reached, start) + MASK
    reached = Math.max(reached, end)
  }
  return masked + text.slice(reached)
}

/**
 * Telephone numbers, identity cards 身份证 and account numbers 户号 in free Chinese text, in their order, none within
 * another. What is no customer's passes: amounts, days, numbers of documents, tickets and meters, hotlines.
 */
export function personalIn(text: string): Personal[] {
  const folded = readable(text)
  return found(folded.text).map(({ kind, range }) => ({ kind, range: originalRange(folded, ...range) }))
}

/** The text folded and spoken digits written; a character for a character, so that offsets hold. */
function readable(text: string): FoldedText {
  const folded = fold(text)
  return { ...folded, text: folded.text.replaceAll(SPOKEN, run => run.replaceAll(/./gu, digitOf)) }
}

const digitOf = (spoken: string): string =>
  String(SPOKEN_DIGITS.indexOf(spoken.replace('〇', '零').replace('幺', '一')))

function found(text: string): Personal[] {
  const taken: Personal[] = []
  for (const { kind, pattern, isOne } of LOOKS) {
    for (const match of text.matchAll(pattern)) {
      const range = rangeOf(match)
      if (isOne(wordsAround(text, range)) && !taken.some(one => overlap(one.range, range)))
        taken.push({ kind, range })
    }
  }
  return taken.toSorted((a, b) => a.range[0] - b.range[0])
}

const wordsAround = (text: string, [start, end]: [number, number]): Words => ({
  digits: text.slice(start, end).replaceAll(/[^\dx]/gu, ''),
  before: text.slice(Math.max(0, start - 16), start),
  after: text.slice(end, end + 10),
})

const rangeOf = ({ 0: words, index }: RegExpExecArray): [number, number] => [index, index + words.length]
const overlap = (one: [number, number], other: [number, number]): boolean =>
  one[0] < other[1] && other[0] < one[1]
