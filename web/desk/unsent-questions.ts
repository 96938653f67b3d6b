import { computed } from 'vue'
import { withoutNumbers } from '#server/contract/numbers.ts'
import type { NewQuestion, QuestionRaised } from '#server/contract/question.ts'
import { type Became, call, Outbox, wordingOf } from '../api/index.ts'
import { keptText } from '../ui/kept.ts'
import { say } from '../ui/toasts.ts'
import { note } from './question-news.ts'
import { loadMyQuestions } from './my-questions.ts'

type Customer = Pick<NonNullable<NewQuestion['callback']>, 'name' | 'phone'>
/** A question on its way; whom to call back is kept apart from it, in this tab alone. */
export type UnsentQuestion = Omit<NewQuestion, 'callback'> & { sendKey: string; wantsCallback: boolean }

/** What was written of a question and not saved; outlives a reload. */
export const unsavedWords = keptText('desk.question')

const outbox = new Outbox<UnsentQuestion, QuestionRaised>({
  name: 'question',
  isOne: kept => typeof kept.text === 'string',
  keepable: one => ({
    ...one,
    text: withoutNumbers(one.text),
    ...(one.query !== undefined && { query: withoutNumbers(one.query) }),
  }),
  send: sendQuestion,
  refused: giveBack,
  sentLate: count => say('toast.questionsSent', { tone: 'good', values: { count } }),
})

/** Questions that the server has not taken yet, the oldest first. */
export const unsentQuestions = outbox.waiting
/** How many of them lost their customer's number with the page that asked for it. */
export const numbersLost = computed(
  () => unsentQuestions.value.filter(one => one.wantsCallback && !customerOf(one.sendKey)).length,
)

/** Takes up what an earlier page could not send. Returns what stops it. */
export const followUnsentQuestions = (): (() => void) => outbox.follow()

/** Keeps a question until the server has it, and sends it; of the customer's number this computer keeps nothing. */
export function raise(
  question: UnsentQuestion,
  customer: Customer | undefined,
): Promise<Became<QuestionRaised>> {
  if (customer) sessionStorage.setItem(customerKey(question.sendKey), JSON.stringify(customer))
  return outbox.give(question)
}

async function sendQuestion({
  sendKey,
  wantsCallback,
  ...question
}: UnsentQuestion): Promise<QuestionRaised> {
  const customer = wantsCallback ? customerOf(sendKey) : undefined
  const body = customer ? { ...question, callback: { ...customer, consent: true } } : question
  const raised = await call('POST /api/questions', { body, sendKey })
  sessionStorage.removeItem(customerKey(sendKey))
  if (wantsCallback && !customer)
    note({ key: 'question.news.numberLost', words: question.text, id: raised.id })
  void loadMyQuestions()
  return raised
}

/** Words that are being written meanwhile stay too. */
function giveBack(one: UnsentQuestion, error: unknown): void {
  sessionStorage.removeItem(customerKey(one.sendKey))
  if (!unsavedWords.value.includes(one.text))
    unsavedWords.value = [unsavedWords.value, one.text].filter(Boolean).join('\n')
  say(wordingOf(error), { tone: 'bad' })
}

const customerKey = (sendKey: string): string => `firstline.customer.${sendKey}`

function customerOf(sendKey: string): Customer | undefined {
  const kept = sessionStorage.getItem(customerKey(sendKey))
  return kept === null ? undefined : (JSON.parse(kept) as Customer)
}
