import { ref } from 'vue'

/** True while requests wait for the person to sign in again. */
export const signInWanted = ref(false)

interface Waiting {
  proceed: () => void
  giveUp: (reason: unknown) => void
}
let waiting: Waiting[] = []

/** Asks for a sign-in and waits for it; rejects when `signal` aborts or somebody else signed in. */
export function signInAgain(signal?: AbortSignal): Promise<void> {
  signInWanted.value = true
  return new Promise((resolve, reject) => {
    waiting.push({ proceed: resolve, giveUp: reject })
    signal?.addEventListener('abort', () => reject(new DOMException('superseded', 'AbortError')))
  })
}

/** The same person is back: every request that waited is repeated. */
export function resumeAfterSignIn(): void {
  signInWanted.value = false
  settle(one => one.proceed())
}

/** Somebody else signed in: what waited was the other person's and is dropped. */
export function dropWaiting(): void {
  signInWanted.value = false
  settle(one => one.giveUp(new DOMException('another person signed in', 'AbortError')))
}

function settle(how: (one: Waiting) => void): void {
  const now = waiting
  waiting = []
  for (const one of now) how(one)
}
