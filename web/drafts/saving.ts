import { ref, shallowRef } from 'vue'
import { ApiProblem } from '../api/index.ts'
import type { Copy } from './copies.ts'

/** A text and the version under which the server has it. */
export interface Stored<T> {
  version: number
  text: T
}

/**
 * Where a draft stands. saved: the server has every character. waiting: it will be sent in a moment. unsaved: the server
 * could not take it, and will be asked again by itself. signedOut: after the sign-in. refused: not before the text or
 * its standing changes. conflict: somebody else saved; a person has to merge.
 */
export type SavingState<T> =
  | { is: 'saved' | 'waiting' | 'saving' | 'signedOut' }
  | { is: 'unsaved' | 'refused'; why: unknown }
  | { is: 'conflict'; theirs: Stored<T>; base: T }

export interface Ports<T> {
  /** Whether two texts say the same. */
  same: (a: T, b: T) => boolean
  /** Writes over `version` and answers the new one. */
  put: (text: T, version: number) => Promise<number>
  get: () => Promise<Stored<T>>
  /** Keeps a copy on this computer; false when it cannot. */
  keep: (copy: Copy<T>) => boolean
  forget: () => void
  /** Comes back when the same person has signed in again. */
  signIn: () => Promise<void>
}

/** How long (ms) the writing pauses before the text is sent. */
export const PAUSE = 1_500
const FIRST_WAIT = 2_000
const LONGEST_WAIT = 30_000

/** Looks after one draft that began as `start`. One save at a time; nothing is ever written over unseen. */
export class Saving<T> {
  readonly state = shallowRef<SavingState<T>>({ is: 'saved' })
  /** Whether this computer has the text as well; false only when its storage failed. */
  readonly kept = ref(true)
  readonly #ports: Ports<T>
  #stored: Stored<T>
  #text: T
  /** Texts that were sent and never answered: the server may have one of them. */
  #doubtful: T[] = []
  #running: Promise<void> | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #wait = FIRST_WAIT
  #stopped = false

  constructor(start: Stored<T>, ports: Ports<T>) {
    this.#ports = ports
    this.#stored = start
    this.#text = start.text
  }

  /** The version the server is known to have. */
  get version(): number {
    return this.#stored.version
  }

  /** Takes every change: kept here at once, sent to the server when the writing pauses. */
  change(text: T): void {
    this.#text = text
    this.#keep()
    const { is } = this.state.value
    if (is === 'saved') this.state.value = { is: 'waiting' }
    // What waits for a sign-in, a merge or the server's return is not hurried by typing.
    if (is === 'saved' || is === 'waiting' || is === 'saving' || is === 'refused') this.#later(PAUSE)
  }

  /** Sends what there is; true once the server has the latest text. */
  async saveNow(): Promise<boolean> {
    clearTimeout(this.#timer)
    for (;;) {
      if (this.state.value.is === 'conflict') return false
      this.#running ??= this.#attempt().finally(() => (this.#running = undefined))
      await this.#running
      const { is } = this.state.value
      if (is === 'saved') return true
      if (is !== 'waiting' && is !== 'saving') return false
    }
  }

  /** Ends a conflict with the text a person merged, on top of what the other wrote. */
  resolve(merged: T): Promise<boolean> {
    if (this.state.value.is === 'conflict') this.#take(this.state.value.theirs)
    this.change(merged)
    return this.saveNow()
  }

  /** Nothing is sent any more by itself; what is on its way may still arrive. */
  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }

  async #attempt(): Promise<void> {
    if (this.#isSaved() && this.#doubtful.length === 0) return this.#settle()
    const sent = this.#text
    const { is } = this.state.value
    if (is === 'saved' || is === 'waiting') this.state.value = { is: 'saving' }
    try {
      this.#take({ version: await this.#ports.put(sent, this.#stored.version), text: sent })
    } catch (error) {
      if (statusOf(error) === 412) await this.#meet()
      else {
        if (isPassing(error)) this.#doubtful.push(sent)
        await this.#fail(error)
      }
    }
  }

  /** Somebody saved since: it may have been ourselves, with an answer that never arrived. */
  async #meet(): Promise<void> {
    try {
      const theirs = await this.#ports.get()
      const ours = [...this.#doubtful, this.#text, this.#stored.text]
      if (ours.some(one => this.#ports.same(one, theirs.text))) return this.#take(theirs)
      this.state.value = { is: 'conflict', theirs, base: this.#stored.text }
    } catch (error) {
      await this.#fail(error)
    }
  }

  async #fail(error: unknown): Promise<void> {
    if (statusOf(error) === 401) return this.#signIn()
    if (!isPassing(error)) return void (this.state.value = { is: 'refused', why: error })
    this.state.value = { is: 'unsaved', why: error }
    this.#later(this.#wait)
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT)
  }

  async #signIn(): Promise<void> {
    this.state.value = { is: 'signedOut' }
    try {
      await this.#ports.signIn()
      this.state.value = { is: 'waiting' }
    } catch {
      // Somebody else signed in: the page begins anew, and this person's copy waits for them.
    }
  }

  #take(now: Stored<T>): void {
    this.#stored = now
    this.#doubtful = []
    this.#wait = FIRST_WAIT
    this.#settle()
  }

  #settle(): void {
    const isSaved = this.#isSaved()
    this.state.value = { is: isSaved ? 'saved' : 'waiting' }
    if (!isSaved) return this.#keep()
    this.#ports.forget()
    this.kept.value = true
  }

  #keep(): void {
    const { version, text: base } = this.#stored
    this.kept.value = this.#ports.keep({ version, base, text: this.#text, at: Date.now() })
  }

  #later(delay: number): void {
    clearTimeout(this.#timer)
    if (!this.#stopped) this.#timer = setTimeout(() => void this.saveNow(), delay)
  }

  #isSaved(): boolean {
    return this.#ports.same(this.#text, this.#stored.text)
  }
}

const statusOf = (error: unknown): number => (error instanceof ApiProblem ? error.status : 0)

/** Whether a failure passes by itself: no answer at all, a server in trouble, too many requests. */
function isPassing(error: unknown): boolean {
  const status = statusOf(error)
  return status === 0 || status >= 500 || status === 429 || status === 408
}
