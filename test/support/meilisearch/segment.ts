import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'

let jieba: Jieba | undefined

/**
 * Cuts a text as charabia does: by script first, digits with what stands before them, then at separators; Chinese by
 * the dictionary without overlap, words of more than two characters once more; everything else is left whole.
 */
export function segment(text: string): string[] {
  if (/^[a-z0-9 ]*$/u.test(text)) return text.match(/[a-z0-9]+/gu) ?? []
  const folded = text.normalize('NFKD').toLowerCase()
  return scriptGroups(folded).flatMap(group => {
    const pieces = group.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
    return isChinese(group) ? pieces.flatMap(cutChinese) : pieces
  })
}

const isChinese = (text: string): boolean =>
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)

function scriptGroups(text: string): string[] {
  const groups: string[] = []
  let current = ''
  for (const mark of text) {
    const script = isChinese(mark)
      ? 'Cj'
      : /\p{Script=Latin}/u.test(mark)
        ? 'Latin'
        : /\p{L}/u.test(mark)
          ? 'else'
          : ''
    if (groups.length === 0 || (script !== '' && current !== '' && script !== current)) groups.push('')
    if (script !== '') current = script
    groups[groups.length - 1] += mark
  }
  return groups
}

function cutChinese(text: string): string[] {
  jieba ??= Jieba.withDict(dict)
  return jieba.cut(text, false).flatMap(word => ([...word].length > 2 ? cutAgain(word) : [word]))
}

function cutAgain(word: string): string[] {
  const marks = [...word]
  const pieces: string[] = []
  for (let at = 0; at < marks.length;) {
    const size =
      [2, 3].find(length => at + length <= marks.length && isWord(marks.slice(at, at + length).join(''))) ?? 1
    pieces.push(marks.slice(at, at + size).join(''))
    at += size
  }
  return pieces
}

const isWord = (text: string): boolean => jieba!.cut(text, false).length === 1
