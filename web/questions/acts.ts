import type { QuestionView } from '#server/contract/question.ts'
import { ApiProblem, call, complain, isAborted, wordingOf } from '../api/index.ts'
import { say } from '../ui/toasts.ts'
import { goToQuestion } from './place.ts'
import { question, reloadQuestion } from './question.ts'
import { loadList } from './queue.ts'

/** A refusal as it is said: a key of the locale files and who has the question, if somebody else does. */
export interface Refused {
  key: string
  values: Record<string, string>
}

/** The question shown. Throws when there is none: no command is possible then. */
export function shownQuestion(): QuestionView {
  if (!question.value) throw new Error('no question is shown')
  return question.value
}

/** Does something to a question and reads anew what came of it, also when it was refused: then others were faster. */
export async function act(id: number, work: () => Promise<unknown>): Promise<void> {
  goToQuestion(id)
  try {
    await work()
  } finally {
    await Promise.all([reloadQuestion(), loadList()])
  }
}

/** How a refusal is worded; who has the question now is named. */
export function refusedBy(error: unknown): Refused {
  const taker = question.value?.taker?.name
  const isTaken = error instanceof ApiProblem && error.code === 'question.taken'
  if (isTaken && taker) return { key: 'questions.takenBy', values: { name: taker } }
  return { key: wordingOf(error), values: {} }
}

/** Does something to the question shown and says what came of it. */
async function move(done: string, work: (params: { id: number }) => Promise<unknown>): Promise<void> {
  const { id } = shownQuestion()
  try {
    await act(id, () => work({ id }))
    say(done, { tone: 'good' })
  } catch (error) {
    if (isAborted(error)) return
    const { key, values } = refusedBy(error)
    say(key, { tone: 'bad', values })
  }
}

export const take = (): Promise<void> =>
  move('questions.toast.taken', params => call('PUT /api/questions/:id/taking', { params }))
export const release = (): Promise<void> =>
  move('questions.toast.released', params => call('DELETE /api/questions/:id/taking', { params }))

/** Makes a merged asking a question of its own again, and shows it. */
export const unmerge = (id: number): Promise<void> =>
  complain(async () => {
    await act(id, () => call('DELETE /api/questions/:id/merge', { params: { id } }))
    say('questions.toast.unmerged', { tone: 'good' })
  })

/** Joins the question shown to another; it stays in sight, so that it can be undone. Throws the refusal. */
export async function mergeInto(intoId: number): Promise<void> {
  const { id } = shownQuestion()
  await act(id, () => call('PUT /api/questions/:id/merge', { params: { id }, body: { intoId } }))
  say('questions.toast.merged', { tone: 'good', commands: ['unmergeQuestion'] })
}

/** Gives the question shown to another department. Throws the refusal. */
export async function route(department: string, reason: string): Promise<void> {
  const { id } = shownQuestion()
  const body = { department, reason }
  await act(id, () => call('POST /api/questions/:id/routing', { params: { id }, body }))
  say('questions.toast.routing', { tone: 'good' })
}

/** What is done with a sentence: asking for more, saying that there will be no answer, adding what was asked for. */
const SAYING = {
  return: (id: number, reason: string) =>
    call('POST /api/questions/:id/return', { params: { id }, body: { reason } }),
  refusal: (id: number, reason: string) =>
    call('POST /api/questions/:id/refusal', { params: { id }, body: { reason } }),
  facts: (id: number, text: string) =>
    call('POST /api/questions/:id/facts', { params: { id }, body: { text } }),
}
export type Saying = keyof typeof SAYING

/** Does one of them to the question shown. Throws the refusal. */
export async function sayOf(name: Saying, words: string): Promise<void> {
  const { id } = shownQuestion()
  await act(id, () => SAYING[name](id, words))
  say(`questions.toast.${name}`, { tone: 'good' })
}
