import { shallowRef, watch } from 'vue'
import { complain } from './complain.ts'
import { reconnections } from './connection.ts'
import { loadMe, me } from './me.ts'
import { ApiProblem } from './problem.ts'

/** What somebody said and the server must have; its mark makes it one, however often it is sent. */
export interface Unsent {
  sendKey: string
}

/** What became of it: `kept` stays on this computer and is sent later. */
export type Became<R> = { state: 'sent'; reply: R } | { state: 'kept' } | { state: 'refused'; error: unknown }

/** What the things in an outbox are, and how the server is told of one. */
interface Ways<T extends Unsent, R> {
  /** They are kept under `firstline.<name>.<person>.<mark>`. */
  name: string
  /** Whether something that was kept is one of them. */
  isOne: (kept: Partial<T>) => boolean
  /** What of it may lie on this computer; all of it unless said otherwise. */
  keepable?: (one: T) => T
  send: (one: T) => Promise<R>
  /** Refused for good: its words are to be given back. */
  refused: (one: T, error: unknown) => void
  /** Whether each waits for those given before it. */
  inOrder?: boolean
  /** So many that waited were sent now. */
  sentLate: (count: number) => void
}

/** How long (ms) after a failure the server is asked again, unless it comes back before. */
const AGAIN = 30_000

export const newSendKey = (): string =>
  [...crypto.getRandomValues(new Uint32Array(4))].map(part => part.toString(16).padStart(8, '0')).join('-')

/** Keeps things on this computer, each person's apart, until the server has them; each is sent once. */
export class Outbox<T extends Unsent, R> {
  /** What the server has not taken yet, the oldest first. */
  readonly waiting = shallowRef<readonly T[]>([])
  readonly #ways: Ways<T, R>
  readonly #sending = new Set<string>()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(ways: Ways<T, R>) {
    this.#ways = ways
  }

  /** Keeps and sends one; in order, it is sent when those before it are. */
  async give(one: T): Promise<Became<R>> {
    const waits = this.#ways.inOrder === true && this.waiting.value.length > 0
    this.waiting.value = [...this.waiting.value, one]
    this.#keep(one)
    if (waits) return { state: 'kept' }
    const became = await this.#send(one)
    if (this.#ways.inOrder === true && became.state !== 'kept') void this.#sendRest()
    return became
  }

  /** Takes up what an earlier page could not send, and sends when the server is back. Returns what stops it. */
  follow(): () => void {
    const stop = watch(reconnections, () => void this.#sendWaiting())
    void complain(() => this.#takeUp())
    return () => {
      stop()
      clearTimeout(this.#timer)
    }
  }

  async #takeUp(): Promise<void> {
    await loadMe()
    this.waiting.value.forEach(one => this.#keep(one))
    const known = new Set(this.waiting.value.map(one => one.sendKey))
    this.waiting.value = [...this.#kept().filter(one => !known.has(one.sendKey)), ...this.waiting.value]
    await this.#sendWaiting()
  }

  async #sendWaiting(): Promise<void> {
    const count = await this.#sendRest()
    if (count > 0) this.#ways.sentLate(count)
  }

  /** Sends what is not on its way, one after the other, until one is kept. Resolves to how many were sent. */
  async #sendRest(): Promise<number> {
    if (this.#ways.inOrder === true && this.#sending.size > 0) return 0
    const next = () => this.waiting.value.find(({ sendKey }) => !this.#sending.has(sendKey))
    let count = 0
    for (let one = next(); one; one = next()) {
      const { state } = await this.#send(one)
      if (state === 'kept') break
      if (state === 'sent') count += 1
    }
    return count
  }

  /** It is kept while it may still be taken. */
  async #send(one: T): Promise<Became<R>> {
    this.#sending.add(one.sendKey)
    try {
      const reply = await this.#ways.send(one)
      this.#forget(one)
      return { state: 'sent', reply }
    } catch (error) {
      if (!isFinal(error)) return this.#tryLater()
      this.#forget(one)
      this.#ways.refused(one, error)
      return { state: 'refused', error }
    } finally {
      this.#sending.delete(one.sendKey)
    }
  }

  #tryLater(): Became<R> {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#sendWaiting(), AGAIN)
    return { state: 'kept' }
  }

  #prefix = (): string => `firstline.${this.#ways.name}.${me.value?.id}.`

  /** A browser with full or no storage still has it in this page. */
  #keep(one: T): void {
    if (!me.value) return
    try {
      const kept = this.#ways.keepable?.(one) ?? one
      localStorage.setItem(this.#prefix() + one.sendKey, JSON.stringify(kept))
    } catch {
      return
    }
  }

  #forget(one: T): void {
    this.waiting.value = this.waiting.value.filter(({ sendKey }) => sendKey !== one.sendKey)
    localStorage.removeItem(this.#prefix() + one.sendKey)
  }

  #kept(): T[] {
    return Object.keys(localStorage)
      .filter(key => key.startsWith(this.#prefix()))
      .flatMap(key => this.#read(localStorage.getItem(key)))
  }

  #read(text: string | null): T[] {
    try {
      const kept = JSON.parse(text ?? 'null') as Partial<T> | null
      return typeof kept?.sendKey === 'string' && this.#ways.isOne(kept) ? [kept as T] : []
    } catch {
      return []
    }
  }
}

const PASSING = [401, 408, 429]
const isFinal = (error: unknown): boolean =>
  error instanceof ApiProblem && error.status < 500 && !PASSING.includes(error.status)
