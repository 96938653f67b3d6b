import { computed, shallowRef, watch } from 'vue'
import { MAX_QUESTION, type QuestionOutlook } from '#server/contract/question.ts'
import { call, latest, reconnections } from '../api/index.ts'
import { form } from './question-form.ts'
import { unsavedWords } from './unsent-questions.ts'

/** So many ms after the last key it is asked for; danger to a person must be told while it is being said. */
const PAUSE = 150

/** So many open questions and entries near it are offered, each by a key of its own. */
export const OFFERED = 4

/** What saving would come to; the last one stays until a newer is there. */
export const outlook = shallowRef<QuestionOutlook>()
export const outlookFailure = shallowRef<unknown>()

/** Open questions it may join: keys 1 to 4. */
export const offeredQuestions = computed(() => (outlook.value?.candidates ?? []).slice(0, OFFERED))
/** Entries that may answer it already: keys 5 to 8. */
export const offeredEntries = computed(() => (outlook.value?.entries ?? []).slice(0, OFFERED))

const wanted = computed(() => ({
  text: unsavedWords.value.trim(),
  ...(form.category !== '' && { category: form.category }),
  ...(form.urgency !== '' && { urgency: form.urgency }),
}))

const newest = latest((signal: AbortSignal, body: typeof wanted.value) =>
  call('POST /api/question-outlooks', { body, signal }),
)

async function look(): Promise<void> {
  const body = wanted.value
  if (body.text === '') outlook.value = undefined
  if (body.text === '' || body.text.length > MAX_QUESTION) return newest.drop()
  try {
    const found = await newest.run(body)
    if (found) outlook.value = found
    outlookFailure.value = undefined
  } catch (error) {
    outlookFailure.value = error
  }
}

/** Looks ahead while the words are written. Returns what stops it. */
export function followOutlook(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const later = () => {
    clearTimeout(timer)
    timer = setTimeout(() => void look(), PAUSE)
  }
  outlook.value = undefined
  outlookFailure.value = undefined
  const undo = [watch(wanted, later), watch(reconnections, later), newest.drop, () => clearTimeout(timer)]
  void look()
  return () => undo.forEach(stop => stop())
}
