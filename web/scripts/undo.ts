/** A text at one moment, and the step in which it was changed next. */
export interface Moment<T> {
  text: T
  step: number
}

/** So many moments are kept; the oldest goes first. */
const MOST = 300
/** Typing in one place is one thing to take back until it pauses so long, ms. */
const PAUSE = 1_000

/** What was written, moment by moment, over the whole text. */
export class Undo<T> {
  #past: Moment<T>[] = []
  #future: Moment<T>[] = []
  #where: string | undefined
  #at = 0

  /** Notes the text as it was before a change; changes in the same place `where` shortly after each other are one. */
  note(before: Moment<T>, where: string, at: number): void {
    const goesOn = where === this.#where && at - this.#at < PAUSE && this.#future.length === 0
    this.#where = where
    this.#at = at
    if (goesOn && this.#past.length > 0) return
    this.#past = [...this.#past, before].slice(-MOST)
    this.#future = []
  }

  /** The moment before the last change; `now` can be come back to. */
  back(now: T): Moment<T> | undefined {
    const found = this.#past.pop()
    if (!found) return undefined
    this.#future.push({ text: now, step: found.step })
    this.#where = undefined
    return found
  }

  /** The moment that was left by going back. */
  forth(now: T): Moment<T> | undefined {
    const found = this.#future.pop()
    if (!found) return undefined
    this.#past.push({ text: now, step: found.step })
    this.#where = undefined
    return found
  }

  /** Forgets all: another text is written now. */
  clear(): void {
    this.#past = []
    this.#future = []
    this.#where = undefined
  }
}
