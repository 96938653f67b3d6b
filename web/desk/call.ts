import { computed, ref, shallowRef } from 'vue'
import type { CallView, NewCall, NewOutcome } from '#server/contract/call.ts'
import type { CopiedPart } from '#server/contract/lists.ts'
import { call } from '../api/index.ts'
import { now } from '../ui/now.ts'

/** The call in hand, or the last one while no other has begun. */
export const current = shallowRef<CallView | null>(null)
/** Where the caller is; kept here, so that the agent can put it right. */
export const area = ref('')
/** The last call ended without a word on how. */
export const unsaid = computed(() => current.value?.endedAt != null && current.value.outcome === null)
export const isOpen = computed(() => current.value !== null && current.value.endedAt === null)

/** How long the call has lasted, in ms. */
export const elapsed = computed(() => {
  if (!current.value) return 0
  const until = current.value.endedAt === null ? now.value : Date.parse(current.value.endedAt)
  return until - Date.parse(current.value.startedAt)
})

let beginning: Promise<number | undefined> | undefined

/** Begins a call; the server ends the one that was open. The numbers in `given` are not kept on the page. */
export async function begin(given: NewCall = {}): Promise<number | undefined> {
  current.value = await call('POST /api/calls', { body: given })
  area.value = current.value.area ?? ''
  return current.value.id
}

/** The open call's id, beginning one by itself when there is none. A failure begins none: searching goes on. */
export async function ensureCall(): Promise<number | undefined> {
  if (isOpen.value) return current.value?.id
  beginning ??= begin(area.value === '' ? {} : { area: area.value }).finally(() => (beginning = undefined))
  return beginning.catch(() => undefined)
}

/** Keeps with the open call where the agent put the caller. */
export async function keepArea(): Promise<void> {
  const id = openCallId()
  if (id === undefined || area.value === (current.value?.area ?? '')) return
  current.value = await call('PUT /api/calls/:id/area', { params: { id }, body: { area: area.value } })
}

export const openCallId = (): number | undefined => (isOpen.value ? current.value?.id : undefined)

export async function end(): Promise<void> {
  const id = openCallId()
  if (id !== undefined) current.value = await call('PUT /api/calls/:id/end', { params: { id } })
}

/** Says how the call went; a later word replaces an earlier one. */
export async function sayOutcome(outcome: NewOutcome): Promise<void> {
  const id = current.value?.id
  if (id === undefined) return
  current.value = await call('PUT /api/calls/:id/outcome', { params: { id }, body: outcome })
}

export async function noteCopy(entryId: number, part: CopiedPart): Promise<void> {
  const id = openCallId()
  if (id === undefined) return
  await call('POST /api/calls/:id/copies', { params: { id }, body: { entryId, part } })
  await refreshCall()
}

/** Reads again what the server has recorded for the call. */
export async function refreshCall(): Promise<void> {
  const id = current.value?.id
  if (id !== undefined) current.value = await call('GET /api/calls/:id', { params: { id } })
}

/** Takes up the call that the person has open, after a reload or when the server is back. */
export async function resumeCall(): Promise<void> {
  const { call: open } = await call('GET /api/calls/current')
  if (!open) return current.value && isOpen.value ? refreshCall() : undefined
  current.value = open
  if (area.value === '') area.value = open.area ?? ''
}
