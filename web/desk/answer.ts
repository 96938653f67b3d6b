import { computed, ref, shallowRef } from 'vue'
import type { EntryView } from '#server/contract/entry.ts'
import type { OpenedHow, SearchKind } from '#server/contract/lists.ts'
import type { NoticeView } from '#server/contract/notice.ts'
import { ApiProblem, call, latest } from '../api/index.ts'
import { openCallId, refreshCall } from './call.ts'
import { followOpen, isStepShown } from './following.ts'

/** What a hit already says of its entry: enough to read from while the rest is on its way. */
export type Brief = Pick<EntryView, 'id' | 'category' | 'topic' | 'title' | 'scope' | 'labels' | 'say'> & {
  kind: SearchKind
}
export type Shown =
  | { kind: 'entry'; id: number; brief: Brief; entry: EntryView | null }
  | { kind: 'notice'; id: number; notice: NoticeView }

/** What the answer pane shows. */
export const shown = shallowRef<Shown | null>(null)
/** False while it is only shown beside the list: that is not reading and not counted. */
export const opened = ref(false)
/** Why what was wanted cannot be shown. */
export const refusal = shallowRef<unknown>()

export const shownEntry = computed(() => (shown.value?.kind === 'entry' ? shown.value.entry : null))
export const shownBrief = computed(() => (shown.value?.kind === 'entry' ? shown.value.brief : null))
export const shownNotice = computed(() => (shown.value?.kind === 'notice' ? shown.value.notice : null))
/** What is read aloud: the say of the entry or of the notice. What a script is for is none. */
export const shownSay = computed(() => {
  if (isStepShown.value || shownBrief.value?.kind === 'script') return ''
  return shownBrief.value?.say ?? shownNotice.value?.say ?? ''
})

/** Whether the pane already shows what a hit stands for. */
export const isShown = (hit: Target): boolean =>
  shown.value?.id === hit.id && (shown.value.kind === 'notice') === (hit.kind === 'notice')

export interface Target {
  kind: SearchKind
  id: number
}
interface Opening {
  how: OpenedHow
  rank?: number
}

const newest = latest(async (signal: AbortSignal, target: Target, opening?: Opening): Promise<Shown> => {
  const { id } = target
  if (target.kind === 'notice') {
    return { kind: 'notice', id, notice: await call('GET /api/notices/:id', { params: { id }, signal }) }
  }
  const callId = opening && openCallId()
  const query = callId === undefined ? {} : { call: callId, ...opening }
  const entry = await call('GET /api/entries/:id', { params: { id }, query, signal })
  return { kind: 'entry', id, brief: entry, entry }
})

/** Shows what is chosen beside the list, without counting it: what the hit says at once, the whole when it comes. */
export function preview(target: Target | Brief): Promise<void> {
  if ('say' in target && target.kind !== 'notice') {
    shown.value = { kind: 'entry', id: target.id, brief: target, entry: null }
    opened.value = false
    followOpen.value = false
  }
  return show(target)
}

/** Opens for reading: counted to the call, with how it was found and at which rank (1 = first). */
export async function open(target: Target, opening: Opening): Promise<void> {
  await show(target, opening)
  if (openCallId() !== undefined && target.kind !== 'notice') void refreshCall().catch(() => undefined)
}

async function show(target: Target, opening?: Opening): Promise<void> {
  try {
    const found = await newest.run(target, opening)
    if (!found) return
    shown.value = found
    opened.value = opening !== undefined
    followOpen.value = false
    refusal.value = undefined
  } catch (error) {
    refusal.value = error
    if (error instanceof ApiProblem && error.status === 404) shown.value = null
  }
}

/** Shows a notice that is already at hand. */
export function showNotice(notice: NoticeView): void {
  newest.drop()
  shown.value = { kind: 'notice', id: notice.id, notice }
  opened.value = true
  followOpen.value = false
  refusal.value = undefined
}

export function clearAnswer(): void {
  newest.drop()
  shown.value = null
  opened.value = false
  refusal.value = undefined
}

/** Turns the mark of a favourite on the entry shown. */
export async function toggleFavourite(): Promise<boolean | undefined> {
  const entry = shownEntry.value
  if (!entry) return undefined
  const favourite = !entry.favourite
  const params = { id: entry.id }
  await (favourite
    ? call('PUT /api/favourite-entries/:id', { params })
    : call('DELETE /api/favourite-entries/:id', { params }))
  if (shownEntry.value?.id === entry.id)
    shown.value = { kind: 'entry', id: entry.id, brief: entry, entry: { ...entry, favourite } }
  return favourite
}
