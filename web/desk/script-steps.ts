import { withoutNumbers } from '#server/contract/numbers.ts'
import type { NewScriptStep } from '#server/contract/script-use.ts'
import { ApiProblem, call, newSendKey, Outbox, wordingOf } from '../api/index.ts'
import { say } from '../ui/toasts.ts'
import { current } from './call.ts'
import { takeAway, withdrawn } from './withdrawn.ts'

/** A step that was come to in a call, or a word noted there. */
type ReachedStep = NewScriptStep & { sendKey: string; callId: number }

const outbox = new Outbox<ReachedStep, void>({
  name: 'script-step',
  isOne: kept => typeof kept.callId === 'number' && typeof kept.scriptId === 'number',
  inOrder: true,
  keepable: one => ({ ...one, ...(one.note !== undefined && { note: withoutNumbers(one.note) }) }),
  send: sendStep,
  refused: refuse,
  sentLate: count => say('toast.stepsSent', { tone: 'good', values: { count } }),
})

/** Steps that the server has not taken yet, the oldest first. */
export const unsentSteps = outbox.waiting

/** Keeps a step on this computer until the server has it, and sends it after those before it. */
export const reach = (callId: number, step: NewScriptStep): Promise<unknown> =>
  outbox.give({ ...step, callId, sendKey: newSendKey() })

/** Takes up steps that an earlier page could not send. Returns what stops it. */
export const followUnsentSteps = (): (() => void) => outbox.follow()

async function sendStep({ callId, sendKey, ...body }: ReachedStep): Promise<void> {
  const view = await call('POST /api/calls/:id/script-steps', { params: { id: callId }, body, sendKey })
  if (current.value?.id === callId) current.value = view
}

/** Said once for a script in a call: every further step would only say it again. */
let complained = ''

/** A script that is hidden or withdrawn is taken away with the first step that the server does not take for it. */
function refuse({ callId, scriptId }: ReachedStep, error: unknown): void {
  if (error instanceof ApiProblem && error.code === 'script.not_found' && callId === current.value?.id)
    takeAway(scriptId)
  if (withdrawn.value?.scriptId === scriptId) return
  const key = `${callId} ${scriptId}`
  if (complained === key) return
  complained = key
  say(wordingOf(error), { tone: 'bad' })
}
