/** Says whether something that may fail is to be asked now. Times are in ms of a clock that only goes forward. */
export interface Breaker {
  /** Whether requests may go through. */
  readonly isClosed: boolean
  /** After which instant it is worth a try; only meaningful while not closed. */
  readonly retryAt: number
  failed(now: number, isSevere: boolean, retryAfter?: number): void
  /** It is to be asked again; whether it answers is yet to be seen. */
  close(): void
  succeeded(): void
}

/** So many faults in a row that may be chance open it; a severe one does at once. */
const MOST_CHANCE = 2
const SHORTEST = 500
const LONGEST = 30_000
/** What is asked for is kept to, unless it comes to a mistake. */
const LONGEST_ASKED = 600_000

/** A breaker that is closed. Each failed try doubles the wait until the next, up to half a minute, or what is asked for. */
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
      const asked = now + Math.min(LONGEST_ASKED, retryAfter)
      const isTry = isClosed || now >= retryAt // what was under way when it opened says nothing new
      isClosed = false
      retryAt = Math.max(isTry ? now + wait : retryAt, asked)
      if (isTry) wait = Math.min(LONGEST, 2 * wait)
    },
    close() {
      ;[chance, isClosed] = [0, true]
    },
    succeeded() {
      ;[chance, wait, isClosed] = [0, SHORTEST, true]
    },
  }
}
