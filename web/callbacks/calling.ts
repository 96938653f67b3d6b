import { ref, shallowRef, watch } from 'vue'
import type { CallbackNumber, CallbackOutcome } from '#server/contract/answering.ts'
import { ApiProblem, call, complain, latest, wordingOf } from '../api/index.ts'
import { say } from '../ui/toasts.ts'
import { chosen, chosenId, loadCallbacks } from './callbacks.ts'

/** How a call can end, in the order of their keys. */
export const RESULTS = ['solved', 'unsolved', 'not_reached', 'wrong_number', 'not_wanted'] as const
export type Result = (typeof RESULTS)[number]

/** Whom to call, while it is shown: in this page's memory alone, and only until one moves on. */
export const number = shallowRef<CallbackNumber>()
/** What is noted of the call, before it is saved. */
export const result = ref<Result>()
export const words = ref('')
/** YYYY-MM-DDTHH:MM in China; '' leaves it to the policy. */
export const retryAt = ref('')
/** Keys of the locale files: what is wrong with what is noted. */
export const fault = ref<string>()
export const saving = ref(false)
/** Hours after which a customer who was not reached is tried again, by the policy. */
export const retryHours = ref<number>()

const looking = latest((signal: AbortSignal, id: number) =>
  call('GET /api/callbacks/:id/number', { params: { id }, signal }),
)

/** Hides the number and forgets what was noted, as soon as another call-back is chosen. Returns what stops it. */
export function followChoice(): () => void {
  const stop = watch(chosenId, putAway)
  return () => {
    stop()
    putAway()
  }
}

function putAway(): void {
  looking.drop()
  number.value = undefined
  result.value = undefined
  words.value = ''
  retryAt.value = ''
  fault.value = undefined
}

/** Whether the number may be asked for: by its holder alone, once there is something to tell. */
export const mayCall = (): boolean =>
  chosen.value?.isMine === true && !['waiting', 'done'].includes(chosen.value.state)

/** Shows the number; each look is recorded, so it is asked for once. */
export async function showNumber(): Promise<void> {
  const id = chosen.value?.id
  if (id === undefined || number.value || !mayCall()) return
  await complain(async () => {
    number.value = await looking.run(id)
  })
}

/** Before there is something to tell a customer can only say that they want no more. */
export const canEnd = (one: Result): boolean =>
  chosen.value?.isMine === true &&
  chosen.value.state !== 'done' &&
  (chosen.value.state !== 'waiting' || one === 'not_wanted')

/** Chooses how the call ended, by its number counted from 1. */
export function chooseResult(digit: number): void {
  const one = RESULTS[digit - 1]
  if (one === undefined || !canEnd(one)) return
  result.value = one
  fault.value = undefined
}

/** Saves what was noted and goes on to the next; what is refused stays as it was noted. */
export async function saveResult(): Promise<void> {
  const [one, ended] = [chosen.value, result.value]
  if (!one || ended === undefined || saving.value) return
  saving.value = true
  try {
    const params = { id: one.questionId }
    const { state } = await call('PUT /api/questions/:id/callback', { params, body: outcomeOf(ended) })
    say(`callbacks.toast.${state}`, { tone: 'good' })
    if (chosenId.value === one.id) putAway()
    await loadCallbacks()
  } catch (error) {
    const isTime = error instanceof ApiProblem && error.fields.some(({ path }) => path === 'body.retryAt')
    fault.value = isTime ? 'callbacks.retryFault' : wordingOf(error)
  } finally {
    saving.value = false
  }
}

function outcomeOf(ended: Result): CallbackOutcome {
  const note = words.value.trim()
  const isReached = ended === 'solved' || ended === 'unsolved'
  const isLater = ended === 'not_reached' && retryAt.value !== ''
  return {
    ...(isReached ? { result: 'reached' as const, solved: ended === 'solved' } : { result: ended }),
    ...(isLater && { retryAt: new Date(`${retryAt.value}:00+08:00`).toISOString() }),
    ...(note !== '' && { note }),
  }
}

/** Reads when a customer is tried again by the policy; unknown, the page just does not name it. */
export async function loadRetryHours(): Promise<void> {
  const policy = await call('GET /api/question-policy').catch(() => undefined)
  retryHours.value = policy?.retryHours ?? retryHours.value
}
