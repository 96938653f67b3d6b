import { setImmediate as others } from 'node:timers/promises'

/** Milliseconds that long work takes at a time. */
const AT_ONCE = 10

/** Makes what long work awaits between its steps, so that requests have their turn every few milliseconds. */
export function createBreath(): () => Promise<void> {
  let began = performance.now()
  return async () => {
    if (performance.now() - began < AT_ONCE) return
    await others()
    began = performance.now()
  }
}
