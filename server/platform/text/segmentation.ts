import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'

/** Cuts folded text into words; the pieces joined give the text back. */
export type Cut = (text: string) => string[]

/** A segmenter that knows the general dictionary and, as one word each, the words given (folded). */
export function createCut(words: Iterable<string>): Cut {
  const jieba = Jieba.withDict(dict)
  const lines = [...words].filter(word => /^\p{Script=Han}{2,}$/u.test(word)).map(word => `${word} 2000 n\n`)
  if (lines.length > 0) jieba.loadDict(Buffer.from(lines.join('')))
  return text => jieba.cut(text, true)
}
