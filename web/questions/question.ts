import { computed, shallowRef } from 'vue'
import type { QuestionView } from '#server/contract/question.ts'
import { ApiProblem, call, latest } from '../api/index.ts'
import { openId } from './place.ts'
import { chosenQuestion } from './queue.ts'

export type Act = QuestionView['may'][number]

/** What was read last; it may be of a question that is shown no more. */
const loaded = shallowRef<QuestionView>()
/** Why the question cannot be shown. */
export const refusal = shallowRef<unknown>()

/** The question beside the list: the one the address names, else the chosen one. */
export const shownId = computed(() => openId.value ?? chosenQuestion.value?.id)
/** The question shown; undefined while another one is on its way, so that no key acts on the wrong one. */
export const question = computed(() => (loaded.value?.id === shownId.value ? loaded.value : undefined))
/** What is drawn: the last question stays until the next is there. */
export const drawn = computed(() => (shownId.value === undefined ? undefined : loaded.value))

/** Whether an act is possible on what is shown. */
export const may = (act: Act): boolean => question.value?.may.includes(act) === true

const newest = latest((signal: AbortSignal, id: number) =>
  call('GET /api/questions/:id', { params: { id }, signal }),
)

/** Shows a question. What is shown stays until it is there, and when it cannot be read again. */
export async function showQuestion(id: number): Promise<void> {
  try {
    const found = await newest.run(id)
    if (!found) return
    refusal.value = undefined
    if (JSON.stringify(found) !== JSON.stringify(loaded.value)) loaded.value = found
  } catch (error) {
    if (loaded.value?.id === id && !(error instanceof ApiProblem)) return
    loaded.value = undefined
    refusal.value = error
  }
}

export const reloadQuestion = async (): Promise<void> => {
  if (shownId.value !== undefined) await showQuestion(shownId.value)
}

/** Forgets what is shown, as when the screen is left. */
export function forgetQuestion(): void {
  newest.drop()
  loaded.value = undefined
  refusal.value = undefined
}

type Step = QuestionView['steps'][number]

/** The last step of these kinds. */
export const lastStep = ({ steps }: QuestionView, ...kinds: Step['kind'][]): Step | undefined =>
  steps.filter(one => kinds.includes(one.kind)).at(-1)

/** How the committee sent the answer back, while nothing was submitted since. */
export function sentBack(view: QuestionView): Step | undefined {
  const last = lastStep(view, 'answer_returned', 'submitted', 'published')
  return last?.kind === 'answer_returned' ? last : undefined
}
