import { computed, ref, shallowRef, watch, type WritableComputedRef } from 'vue'
import type { RevisionField } from '#server/contract/lists.ts'
import type { RevisionView } from '#server/contract/writing.ts'
import { ApiProblem, call, latest, me, reconnections, serverNow, signInAgain } from '../api/index.ts'
import { copyShelf, type Copy, type CopyShelf } from './copies.ts'
import { forgetFaults, noteFaults } from './faults.ts'
import { Saving, type Ports, type SavingState } from './saving.ts'
import { noteBasis } from '../reading/sources.ts'
import { draftOf, type Draft } from './texts.ts'

/** How long (ms) the server may take over a save before it counts as gone. */
const LONGEST_SAVE = 20_000

/** The revision that is written, as it was opened. */
export const revision = shallowRef<RevisionView>()
/** The text as it stands on the page. */
export const text = shallowRef<Draft>()
/** Why the revision could not be opened. */
export const failure = shallowRef<unknown>()
/** What this computer kept of an earlier time and the server does not have: to be chosen from. */
export const left = shallowRef<Copy>()
/** When the server last had every character, ms. */
export const savedAt = ref(0)

const saving = shallowRef<Saving>()
let shelf: CopyShelf | undefined

export const savingState = computed<SavingState>(() => saving.value?.state.value ?? { is: 'saved' })
/** Whether this computer could keep the text too. */
export const isKept = computed(() => saving.value?.kept.value ?? true)
export const mayEdit = computed(() => revision.value?.mayEdit === true)
export const conflict = computed(() => (savingState.value.is === 'conflict' ? savingState.value : undefined))

const newest = latest((signal: AbortSignal, id: number) =>
  call('GET /api/revisions/:id', { params: { id }, signal }),
)

/** Opens a revision to write on. */
export async function openRevision(id: number): Promise<void> {
  closeRevision()
  try {
    const found = await newest.run(id)
    if (found && me.value) begin(found, me.value.id)
  } catch (error) {
    failure.value = error
  }
}

function begin(found: RevisionView, person: number): void {
  const start = { version: found.version, text: draftOf(found) }
  noteBasis(found.basis)
  revision.value = found
  text.value = start.text
  savedAt.value = Date.parse(found.updatedAt)
  shelf = copyShelf(person, found.id)
  left.value = shelf.left(start.text)[0]
  saving.value = new Saving(start, portsOf(found.id, shelf))
}

const portsOf = (id: number, { keep, forget }: CopyShelf): Ports => ({
  put: async (body, version) => {
    const signal = AbortSignal.timeout(LONGEST_SAVE)
    const options = { params: { id }, body, version, signal, gate: false }
    return (await call('PUT /api/revisions/:id', options)).version
  },
  get: async () => {
    const now = await call('GET /api/revisions/:id', { params: { id }, gate: false })
    noteBasis(now.basis)
    return { version: now.version, text: draftOf(now) }
  },
  keep,
  forget,
  signIn: () => signInAgain(),
})

/** Leaves the revision; what is not saved yet is sent once more, and stays on this computer until the server has it. */
export function closeRevision(): void {
  const leaving = saving.value
  if (leaving) void leaving.saveNow()
  leaving?.stop()
  newest.drop()
  revision.value = text.value = failure.value = left.value = saving.value = undefined
  noteFaults([])
}

export function change<F extends RevisionField>(field: F, value: Draft[F]): void {
  if (!text.value || !mayEdit.value) return
  forgetFaults(field)
  changeAll({ ...text.value, [field]: value })
}

export function changeAll(now: Draft): void {
  text.value = now
  saving.value?.change(now)
}

/** A field of the text for v-model. */
export const fieldModel = <F extends RevisionField>(field: F): WritableComputedRef<Draft[F]> =>
  computed({ get: () => text.value![field], set: value => change(field, value) })

export const saveNow = async (): Promise<boolean> => (await saving.value?.saveNow()) ?? false

/** Goes on with the text that a person made of theirs and what the other wrote. */
export async function resolve(merged: Draft): Promise<void> {
  text.value = merged
  await saving.value?.resolve(merged)
}

/** Goes on with what was chosen between this computer's copy and the server's text. */
export function takeUp(chosen: Draft, copy: Copy): void {
  left.value = undefined
  changeAll(chosen)
  shelf?.forgetLeft(copy.at)
  void saveNow()
}

/** Follows what the saves come to. Returns what stops it. */
export function followSaving(): () => void {
  document.addEventListener('visibilitychange', hurry)
  const undo = [
    watch(savingState, (now, before) => {
      if (now.is === 'saved') savedAt.value = serverNow()
      if (before.is === 'refused') noteFaults([])
      if (now.is === 'refused' && now.why instanceof ApiProblem) noteFaults(now.why.fields)
    }),
    watch(reconnections, () => savingState.value.is === 'unsaved' && void saveNow()),
    () => document.removeEventListener('visibilitychange', hurry),
  ]
  return () => undo.forEach(stop => stop())
}

const hurry = () => document.visibilityState === 'hidden' && void saveNow()
