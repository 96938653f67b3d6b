import { computed, ref, shallowRef } from 'vue'
import type { EntryView } from '#server/contract/entry.ts'
import type { OpenedHow, SearchKind } from '#server/contract/lists.ts'
import type { NoticeView } from '#server/contract/notice.ts'
import { call, latest } from '../api/index.ts'
import { openCallId, refreshCall } from './call.ts'

export type Shown =
  { kind: 'entry'; id: number; entry: EntryView } | { kind: 'notice'; id: number; notice: NoticeView }

/** What the answer pane shows. */
export const shown = shallowRef<Shown | null>(null)
/** False while it is only shown beside the list: that is not reading and not counted. */
export const opened = ref(false)
/** Why what was wanted cannot be shown. */
export const refusal = shallowRef<unknown>()

export const shownEntry = computed(() => (shown.value?.kind === 'entry' ? shown.value.entry : null))
export const shownNotice = computed(() => (shown.value?.kind === 'notice' ? shown.value.notice : null))
/** What is read aloud: the say of the entry or of the notice. */
export const shownSay = computed(() => shownEntry.value?.say ?? shownNotice.value?.say ?? '')

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
  return { kind: 'entry', id, entry: await call('GET /api/entries/:id', { params: { id }, query, signal }) }
})

/** Shows what is chosen beside the list, without counting it. */
export const preview = (target: Target): Promise<void> => show(target)

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
    refusal.value = undefined
  } catch (error) {
    refusal.value = error
  }
}

/** Shows a notice that is already at hand. */
export function showNotice(notice: NoticeView): void {
  newest.drop()
  shown.value = { kind: 'notice', id: notice.id, notice }
  opened.value = true
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
    shown.value = { kind: 'entry', id: entry.id, entry: { ...entry, favourite } }
  return favourite
}
