import { computed, shallowRef } from 'vue'
import { withoutNumbers } from '#server/contract/numbers.ts'
import { ApiProblem } from '../api/index.ts'
import { copyText } from '../ui/clipboard.ts'
import { say } from '../ui/toasts.ts'
import { shown } from './answer.ts'
import { current } from './call.ts'
import { following, leaveScript, noteOpen, noteWords, step } from './following.ts'

/** A script that was hidden or withdrawn while it was followed, with what was noted at its steps. */
interface Withdrawn {
  callId: number | undefined
  scriptId: number
  title: string
  notes: readonly { step: number; words: string }[]
}

const last = shallowRef<Withdrawn>()
/** The one of the call in hand: what was noted stays in sight until the next call. */
export const withdrawn = computed(() => (last.value?.callId === current.value?.id ? last.value : undefined))

export const isGone = (error: unknown): boolean => error instanceof ApiProblem && error.status === 404

/** Takes the script that is followed away, and keeps what was noted, also what is just being written. */
export function takeAway(scriptId: number): void {
  const now = following.value
  if (now?.script.id !== scriptId) return
  const written =
    noteOpen.value && step.value ? { [step.value.step]: withoutNumbers(noteWords.value.trim()) } : {}
  const notes = Object.entries({ ...now.notes, ...written })
    .filter(([, words]) => words !== '')
    .map(([at, words]) => ({ step: Number(at), words }))
  last.value = { callId: now.callId, scriptId, title: now.script.title, notes }
  noteOpen.value = false
  if (shown.value?.id === scriptId) shown.value = null
  leaveScript()
}

/** Puts what was noted on the clipboard, a step a line. */
export async function copyNotes(): Promise<void> {
  const text = (withdrawn.value?.notes ?? []).map(one => `${one.step} ${one.words}`).join('\n')
  if (await copyText(text)) say('toast.copied.notes', { tone: 'good' })
  else say('toast.notCopied', { tone: 'bad' })
}
