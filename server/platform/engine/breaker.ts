/** Says whether something that may fail is to be asked now. Times are in ms of a clock that only goes forward. */
export interface Breaker {
  /** Whether requests may go through. */
  readonly isClosed: boolean
  /** After which instant it is worth a try; only meaningful while not closed. */
  readonly retryAt: number
  failed(now: number, isSevere: boolean, retryAfter?: number): void
  succeeded(): void
}

/** So many faults in a row that may be chance open it; a severe one does at once. */
const MOST_CHANCE = 2
const SHORTEST = 500
const LONGEST = 30_000

/** A breaker that is closed. Each failed try doubles the wait until the next, up to half a minute. */
export function createBreaker(): Breaker {
  let [chance, wait, retryAt, isClosed] = [0, SHORTEST, 0, true]
  return {
    get isClosed() {
      return isClosed
    },
    get retryAt() {
      return retryAt
    },
    failed(now, isSevere, retryAfter = 0) {
      chance += 1
      if (isClosed && !isSevere && chance < MOST_CHANCE) return
      isClosed = false
      retryAt = now + Math.min(LONGEST, Math.max(wait, retryAfter))
      wait = Math.min(LONGEST, 2 * wait)
    },
    succeeded() {
      ;[chance, wait, isClosed] = [0, SHORTEST, true]
    },
  }
}
