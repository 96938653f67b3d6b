import type { EntryView } from '#server/contract/entry.ts'
import type { QuestionView } from '#server/contract/question.ts'

/** What makes no other question of two wordings: width, case, spaces and punctuation. */
const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{Z}\p{C}]/gu, '')

type Asked = Pick<EntryView, 'title' | 'similarQuestions'>

/** The wordings a question was asked in, each once, that an entry does not hold; the server has the last word on it. */
export function missingIn(entry: Asked, askings: QuestionView['askings']): string[] {
  const known = new Set([entry.title, ...entry.similarQuestions].map(folded))
  return askings
    .map(one => one.text)
    .filter(text => {
      const key = folded(text)
      return !known.has(key) && known.add(key)
    })
}
