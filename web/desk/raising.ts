import { ref, shallowRef, watch } from 'vue'
import type { SearchKind } from '#server/contract/lists.ts'
import type { NewQuestion, QuestionRaised } from '#server/contract/question.ts'
import { ApiProblem, newSendKey, wordingOf } from '../api/index.ts'
import { openTarget } from './actions.ts'
import { current } from './call.ts'
import { clearForm, faultsOf, form, type Faults } from './question-form.ts'
import { chooseQuestion, chosenView, loadMyQuestions } from './my-questions.ts'
import { offeredEntries, offeredQuestions } from './outlook.ts'
import { questionNews } from './question-news.ts'
import { hits, reply, text } from './search.ts'
import { raise, unsavedWords } from './unsent-questions.ts'

/** The ids of the panels, where the focus goes. */
export const RAISING = 'desk-question'
export const MY_QUESTIONS = 'desk-my-questions'

/** What stands under the answer: a question being raised, what to tell the caller of it, or one's own questions. */
export const face = ref<'raising' | 'told' | 'mine'>()

/** What the caller is to be told of the question just saved; `reply` is absent while it waits to be sent. */
export interface Told {
  reply?: QuestionRaised
  wantsCallback: boolean
  last4: string
  /** The call in which it was raised. */
  callId?: number | undefined
}
export const told = shallowRef<Told>()
export const faults = ref<Faults>({})
export const saving = ref(false)

let prefilled = ''

watch(
  () => current.value?.id,
  () => {
    if (face.value === 'told') face.value = undefined
    if (face.value !== 'raising') clearForm()
  },
)

/** Opens the panel with the words that were searched for, or goes back to it; words that were written stay. */
export function beginRaising(): void {
  if (face.value === 'raising') return document.getElementById(RAISING)?.focus()
  if ([prefilled, ''].includes(unsavedWords.value.trim())) prefilled = unsavedWords.value = text.value.trim()
  faults.value = {}
  face.value = 'raising'
}

/** Opens one's own questions, on one of them where it is named; again: goes back to them. */
export function showMyQuestions(id?: number): void {
  if (face.value === 'mine') document.getElementById(MY_QUESTIONS)?.focus()
  face.value = 'mine'
  if (id !== undefined) void chooseQuestion(id)
  void loadMyQuestions()
}

/** Shows what was told last: the answer itself, else the question it is about. */
export async function showNews(): Promise<void> {
  const id = questionNews.value[0]?.id
  if (id === undefined) return
  await chooseQuestion(id)
  const answer = chosenView.value?.id === id ? chosenView.value.answer : null
  if (answer?.say == null) return showMyQuestions()
  await openTarget({ kind: 'answer', id: answer.entryId }, 'link')
}

export const closeUnder = (): void => void (face.value = undefined)

/** Joins the open question offered under a number, counted from 1; again: raises one of its own. */
export function joinOffered(number: number): void {
  const id = offeredQuestions.value[number - 1]?.id
  if (id !== undefined) form.joined = form.joined === id ? undefined : id
}

/** Opens an entry that may answer it already, counted from 1; the panel stays. */
export async function openOffered(number: number): Promise<void> {
  const entry = offeredEntries.value[number - 1]
  if (entry) await openTarget(entry, 'link')
}

/** Saves what is in the panel, or says at each field what is wrong with it. */
export async function saveQuestion(): Promise<void> {
  if (saving.value) return
  faults.value = faultsOf(unsavedWords.value, form)
  if (Object.keys(faults.value).length > 0) return
  saving.value = true
  const [wantsCallback, phone] = [form.wantsCallback, form.phone.trim()]
  const name = form.name.trim()
  const became = await raise(asked(), wantsCallback ? { phone, ...(name !== '' && { name }) } : undefined)
  saving.value = false
  if (became.state === 'refused') return void (faults.value = faultOf(became.error))
  unsavedWords.value = ''
  clearForm()
  const sent = became.state === 'sent' && { reply: became.reply }
  const callId = current.value?.id
  told.value = {
    ...sent,
    callId,
    wantsCallback,
    last4: phone.normalize('NFKC').replace(/\D/gu, '').slice(-4),
  }
  face.value = 'told'
}

function asked() {
  const offered = offeredQuestions.value.some(one => one.id === form.joined)
  return {
    sendKey: newSendKey(),
    text: unsavedWords.value.trim(),
    wantsCallback: form.wantsCallback,
    ...searched(),
    ...(current.value && { callId: current.value.id }),
    ...(form.category !== '' && { category: form.category }),
    ...(form.urgency !== '' && { urgency: form.urgency }),
    ...(offered && { mergeInto: form.joined! }),
  }
}

/** How a question names what a search showed. */
const named = (kind: SearchKind): string => (kind === 'notice' || kind === 'script' ? kind : 'entry')

/** What was searched for last and what was shown. */
function searched(): Pick<NewQuestion, 'query' | 'shown'> {
  const query = reply.value?.query ?? ''
  if (query === '') return {}
  return {
    query: query.slice(0, 200),
    shown: hits.value.slice(0, 20).map(hit => `${named(hit.kind)}:${hit.id}`),
  }
}

function faultOf(error: unknown): Faults {
  const wording = wordingOf(error)
  if (!(error instanceof ApiProblem)) return { whole: wording }
  if (error.code === 'callback.impossible_number') return { phone: wording }
  return error.code === 'callback.consent_missing' ? { consent: wording } : { whole: wording }
}
