import { computed, ref, shallowRef, watch } from 'vue'
import type { LiveEvent } from '#server/contract/notification.ts'
import type { QuestionSummary, QuestionView } from '#server/contract/question.ts'
import type { QuestionState } from '#server/contract/question-lists.ts'
import { call, hearEvents, latest, reconnections, resumptions } from '../api/index.ts'
import { sortedBy } from '../ui/sorted.ts'
import { dropNews, note } from './question-news.ts'

/** So many of each state are shown: those that are open, and the latest of those that are closed. */
const MOST = 50
const MOST_CLOSED = 20
/** What happens to one's question and is told to who asked it. */
const TOLD: readonly string[] = ['question.answered', 'question.returned', 'question.refused']

/** One's own questions: those to be seen to first, those that are closed last. */
export const myQuestions = shallowRef<readonly QuestionSummary[]>([])
/** Why they could not be read; what was read before stays. */
export const questionsFailure = shallowRef<unknown>()
export const isRead = ref(false)
/** The question that keys act on, and all that is known of it. */
export const chosenId = ref<number>()
export const chosenView = shallowRef<QuestionView>()
export const returnedCount = computed(() => myQuestions.value.filter(one => one.state === 'returned').length)

const listOf = (signal: AbortSignal, state: QuestionState | 'open', limit: number, offset = 0) =>
  call('GET /api/questions', { query: { mine: true, state, limit, offset }, signal, gate: false })

const returnedFirst = ({ state }: QuestionSummary): number => (state === 'returned' ? 0 : 1)

const newest = latest(async (signal: AbortSignal) => {
  const states = ['open', 'published', 'refused'] as const
  const lists = await Promise.all(states.map(state => listOf(signal, state, MOST)))
  const { total } = await listOf(signal, 'closed', 1)
  const closed = await listOf(signal, 'closed', MOST_CLOSED, Math.max(0, total - MOST_CLOSED))
  const open = lists.flatMap(list => list.questions)
  return [...sortedBy(open, returnedFirst), ...sortedBy(closed.questions, one => -Date.parse(one.dueAt))]
})

export async function loadMyQuestions(): Promise<void> {
  try {
    const found = await newest.run()
    if (!found) return
    myQuestions.value = found
    isRead.value = true
    questionsFailure.value = undefined
  } catch (error) {
    questionsFailure.value = error
  }
}

const reading = latest((signal: AbortSignal, id: number) =>
  call('GET /api/questions/:id', { params: { id }, signal }),
)

/** Shows one of one's questions; what was told of it was looked at then. */
export async function chooseQuestion(id: number): Promise<void> {
  chosenId.value = id
  dropNews(id)
  try {
    chosenView.value = (await reading.run(id)) ?? chosenView.value
    questionsFailure.value = undefined
  } catch (error) {
    questionsFailure.value = error
  }
}

/** Moves the choice by `step`, staying within the list. */
export function stepQuestion(step: number): void {
  const at = myQuestions.value.findIndex(one => one.id === chosenId.value)
  const next = myQuestions.value[Math.max(0, Math.min(at + step, myQuestions.value.length - 1))]
  if (next) void chooseQuestion(next.id)
}

/** Adds what was asked for to a question that was returned. */
export async function supplement(id: number, text: string): Promise<void> {
  await call('POST /api/questions/:id/facts', { params: { id }, body: { text } })
  await Promise.all([loadMyQuestions(), chooseQuestion(id)])
}

/** Keeps one's questions at hand and notes what becomes of them. Returns what stops it. */
export function followMyQuestions(): () => void {
  const undo = [hearEvents(hear), watch([reconnections, resumptions], () => void loadMyQuestions())]
  void loadMyQuestions()
  return () => undo.forEach(stop => stop())
}

function hear(event: LiveEvent): void {
  if (!event.event.startsWith('question.') || !('title' in event)) return
  void loadMyQuestions()
  const id = Number(event.subject.split(':')[1])
  if (!TOLD.includes(event.event)) return
  if (chosenId.value === id) void chooseQuestion(id)
  note({ key: `question.news.${event.event.slice('question.'.length)}`, id, words: wordsOf(id, event.title) })
}

/** The asker's own words; until they were read what the message says. */
const wordsOf = (id: number, title: string | null): string =>
  myQuestions.value.find(one => one.id === id)?.text ?? title ?? ''
