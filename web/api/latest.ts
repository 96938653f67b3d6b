import { isAborted } from './problem.ts'

/**
 * Wraps `work` so that only the newest run counts: starting one aborts the last, and the reply of an overtaken run is
 * `undefined`, however late it comes. `drop` overtakes without starting another.
 */
export function latest<A extends unknown[], R>(work: (signal: AbortSignal, ...given: A) => Promise<R>) {
  let current: AbortController | undefined
  const run = async (...given: A): Promise<R | undefined> => {
    current?.abort()
    const mine = new AbortController()
    current = mine
    try {
      const reply = await work(mine.signal, ...given)
      return current === mine ? reply : undefined
    } catch (error) {
      if (current !== mine || isAborted(error)) return undefined
      throw error
    }
  }
  const drop = (): void => {
    current?.abort()
    current = undefined
  }
  return { run, drop }
}
