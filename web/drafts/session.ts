import { computed, ref, shallowRef, watch, type ShallowRef } from 'vue'
import type { RevisionView } from '#server/contract/writing.ts'
import { ApiProblem, call, latest, me, reconnections, serverNow, signInAgain } from '../api/index.ts'
import { noteBasis } from '../reading/sources.ts'
import { copyShelf, type Copy, type CopyShelf } from './copies.ts'
import { Saving, type Ports, type SavingState } from './saving.ts'
import { sameText, type TextKind } from './texts.ts'

/** How long (ms) the server may take over a save before it counts as gone. */
const LONGEST_SAVE = 20_000

/** What a refused save named. */
export type NamedFaults = readonly { path: string; message: string }[]

/** A ref of a type that is not known here: Vue would unwrap it. */
const plain = <V>(): ShallowRef<V | undefined> => shallowRef<unknown>() as ShallowRef<V | undefined>

/** The one revision that is written on a screen, and where its text stands. Its members may be taken apart. */
export class DraftSession<T, P extends string> {
  /** The revision that is written, as it was opened. */
  readonly revision = shallowRef<RevisionView>()
  /** The text as it stands on the page. */
  readonly text = plain<T>()
  /** Why the revision could not be opened. */
  readonly failure = shallowRef<unknown>()
  /** What this computer kept of an earlier time and the server does not have: to be chosen from. */
  readonly left = plain<Copy<T>>()
  /** When the server last had every character, ms. */
  readonly savedAt = ref(0)
  readonly kind: TextKind<T, P>
  readonly #saving = plain<Saving<T>>()
  readonly #noteFaults: (faults: NamedFaults) => void
  #shelf: CopyShelf<T> | undefined

  readonly savingState = computed<SavingState<T>>(() => this.#saving.value?.state.value ?? { is: 'saved' })
  /** Whether this computer could keep the text too. */
  readonly isKept = computed(() => this.#saving.value?.kept.value ?? true)
  readonly mayEdit = computed(() => this.revision.value?.mayEdit === true)
  readonly conflict = computed(() =>
    this.savingState.value.is === 'conflict' ? this.savingState.value : undefined,
  )

  readonly #newest = latest((signal: AbortSignal, id: number) =>
    call('GET /api/revisions/:id', { params: { id }, signal }),
  )

  /** `noteFaults` hears what a refused save named, and an empty list when that is over. */
  constructor(kind: TextKind<T, P>, noteFaults: (faults: NamedFaults) => void) {
    this.kind = kind
    this.#noteFaults = noteFaults
  }

  /** Opens a revision to write on. */
  readonly open = async (id: number): Promise<void> => {
    this.close()
    try {
      const found = await this.#newest.run(id)
      if (found && me.value) this.#begin(found, me.value.id)
    } catch (error) {
      this.failure.value = error
    }
  }

  /** Leaves the revision; what is not saved yet is sent once more, and stays on this computer until the server has it. */
  readonly close = (): void => {
    const leaving = this.#saving.value
    if (leaving) void leaving.saveNow()
    leaving?.stop()
    this.#newest.drop()
    this.revision.value = this.text.value = this.failure.value = undefined
    this.left.value = this.#saving.value = undefined
    this.#noteFaults([])
  }

  /** Takes the text as it is now, to be saved when the writing pauses. */
  readonly changeAll = (now: T): void => {
    this.text.value = now
    this.#saving.value?.change(now)
  }

  readonly saveNow = async (): Promise<boolean> => (await this.#saving.value?.saveNow()) ?? false

  /** Goes on with the text that a person made of theirs and what the other wrote. */
  readonly resolve = async (merged: T): Promise<void> => {
    this.text.value = merged
    await this.#saving.value?.resolve(merged)
  }

  /** Goes on with what was chosen between this computer's copy and the server's text. */
  readonly takeUp = (chosen: T, copy: Copy<T>): void => {
    this.left.value = undefined
    this.changeAll(chosen)
    this.#shelf?.forgetLeft(copy.at)
    void this.saveNow()
  }

  /** Follows what the saves come to, and asks before a text is left that is nowhere. Returns what stops it. */
  readonly follow = (): (() => void) => {
    const hurry = () => document.visibilityState === 'hidden' && void this.saveNow()
    /** Only a text that is neither on the server nor on this computer would be lost. */
    const warn = (event: BeforeUnloadEvent) => {
      if (this.savingState.value.is !== 'saved' && !this.isKept.value) event.preventDefault()
    }
    document.addEventListener('visibilitychange', hurry)
    addEventListener('beforeunload', warn)
    const undo = [
      watch(this.savingState, (now, before) => this.#hear(now, before)),
      watch(reconnections, () => this.savingState.value.is === 'unsaved' && void this.saveNow()),
      () => document.removeEventListener('visibilitychange', hurry),
      () => removeEventListener('beforeunload', warn),
    ]
    return () => undo.forEach(stop => stop())
  }

  #hear(now: SavingState<T>, before: SavingState<T>): void {
    if (now.is === 'saved') this.savedAt.value = serverNow()
    if (before.is === 'refused') this.#noteFaults([])
    if (now.is === 'refused' && now.why instanceof ApiProblem) this.#noteFaults(now.why.fields)
  }

  #begin(found: RevisionView, person: number): void {
    const start = { version: found.version, text: this.kind.textOf(found) }
    noteBasis(found.basis)
    this.revision.value = found
    this.text.value = start.text
    this.savedAt.value = Date.parse(found.updatedAt)
    this.#shelf = copyShelf(this.kind, person, found.id)
    this.left.value = this.#shelf.left(start.text)[0]
    this.#saving.value = new Saving(start, portsOf(this.kind, found.id, this.#shelf))
  }
}

const portsOf = <T, P extends string>(
  kind: TextKind<T, P>,
  id: number,
  { keep, forget }: CopyShelf<T>,
): Ports<T> => ({
  same: (a, b) => sameText(kind, a, b),
  put: async (text, version) => {
    const signal = AbortSignal.timeout(LONGEST_SAVE)
    const options = { params: { id }, body: kind.saved(text), version, signal, gate: false }
    return (await call('PUT /api/revisions/:id', options)).version
  },
  get: async () => {
    const now = await call('GET /api/revisions/:id', { params: { id }, gate: false })
    noteBasis(now.basis)
    return { version: now.version, text: kind.textOf(now) }
  },
  keep,
  forget,
  signIn: () => signInAgain(),
})
