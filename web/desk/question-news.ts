import { shallowRef } from 'vue'

/** A word on one's question: a key of the locale files, the question and its words as far as they may be shown. */
export interface QuestionNews {
  key: string
  id: number
  words: string
}

/** So many are kept; all of them are among one's messages too. */
const MOST = 5

/** What came of one's questions and was not looked at yet, the latest first. */
export const questionNews = shallowRef<readonly QuestionNews[]>([])

/** Adds a word; a later one on the same question takes the place of an earlier. */
export function note(news: QuestionNews): void {
  questionNews.value = [news, ...questionNews.value.filter(one => one.id !== news.id)].slice(0, MOST)
}

/** Takes away what was said of a question, once it was looked at. */
export function dropNews(id: number): void {
  questionNews.value = questionNews.value.filter(one => one.id !== id)
}
