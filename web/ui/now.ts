import { ref } from 'vue'

/** The time in ms, once a second. One clock for the page, so that everything that ticks ticks together. */
export const now = ref(Date.now())

/** Starts the clock; `read` says the time. Returns what stops it. */
export function startClock(read: () => number): () => void {
  now.value = read()
  const timer = setInterval(() => (now.value = read()), 1000)
  return () => clearInterval(timer)
}
