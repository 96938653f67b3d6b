import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'

/** Cuts folded text into words; the pieces joined give the text back. */
export type Cut = (text: string) => string[]

/** How often a word occurs in Chinese at large: about 0 for the most frequent ones, 1 for those seldom met. */
export type Seldomness = (word: string) => number

/** Words met less often than this in the dictionary's corpus of 60 million are all as telling. */
const SELDOM = 100
/** Words met more often than this tell nothing. */
const EVERYWHERE = 120_000

/** A segmenter that knows the general dictionary and, as one word each, the words given (folded). */
export function createCut(words: Iterable<string>): Cut {
  const jieba = Jieba.withDict(dict)
  const lines = [...words].filter(word => /^\p{Script=Han}{2,}$/u.test(word)).map(word => `${word} 2000 n\n`)
  if (lines.length > 0) jieba.loadDict(Buffer.from(lines.join('')))
  return text => jieba.cut(text, true)
}

/** Reads the frequencies of the general dictionary. */
export function readSeldomness(): Seldomness {
  const seldom = new Map<string, number>()
  for (const [, word = '', digits = ''] of Buffer.from(dict).toString('utf8').matchAll(/^(\S+) (\d{3,}) /gmu)) {
    const count = Number(digits)
    if (count > SELDOM) seldom.set(word, Math.max(0, Math.log(EVERYWHERE / count) / Math.log(EVERYWHERE / SELDOM)))
  }
  return word => seldom.get(word) ?? 1
}
