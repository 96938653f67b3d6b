import { ref } from 'vue'
import type { GapSummary } from '#server/contract/gap.ts'
import { call, complain } from '../api/index.ts'
import { say } from '../ui/toasts.ts'
import { chosenGap, mark } from './gaps.ts'

/** The dialog that stands over the board, with the gap it is about: the list may move behind it. */
export const dialog = ref<{ name: 'assign' | 'ignore'; gap: GapSummary }>()
export const closeDialog = (): void => void (dialog.value = undefined)

export function ask(name: 'assign' | 'ignore'): void {
  if (chosenGap.value) dialog.value = { name, gap: chosenGap.value }
}

/** Only one at a time: a key held down must not make two questions of one gap. */
let isAsking = false

/** Makes a question of the chosen gap. */
export async function makeQuestion(): Promise<void> {
  const gap = chosenGap.value
  if (!gap || gap.question || isAsking) return
  isAsking = true
  await complain(async () => {
    const { question } = await mark(gap.id, { kind: 'questioned' })
    say('insights.gap.toast.questioned', { tone: 'good', values: { id: question?.id ?? '' } })
  })
  isAsking = false
}

/** Gives a gap to somebody to look after. Throws the refusal. */
export async function assign(gapId: number, ownerId: number, name: string): Promise<void> {
  await mark(gapId, { kind: 'assigned', ownerId })
  say('insights.gap.toast.assigned', { tone: 'good', values: { name } })
}

/** Takes a gap off the board, and what is alike to it later. Throws the refusal. */
export async function ignore(gapId: number, reason: string): Promise<void> {
  await mark(gapId, { kind: 'ignored', reason })
  say('insights.gap.toast.ignored', { tone: 'good' })
}

/** Puts an ignored gap back on the board. */
export async function restore(): Promise<void> {
  const gap = chosenGap.value
  if (!gap) return
  await complain(async () => {
    await mark(gap.id, { kind: 'restored' })
    say('insights.gap.toast.restored', { tone: 'good' })
  })
}

/** Experts whose name holds the words. */
export async function findExperts(words: string, signal: AbortSignal) {
  return (await call('GET /api/experts', { query: { q: words }, signal })).experts
}
