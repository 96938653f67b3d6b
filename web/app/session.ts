import { ref, shallowRef } from 'vue'
import type { SessionView, SignIn, Welcome } from '#server/contract/person.ts'
import { ApiProblem, call, dropWaiting, resumeAfterSignIn } from '../api/index.ts'

/** Undefined until the server was asked, null when nobody is signed in. */
export const session = shallowRef<SessionView | null>()
export const welcome = shallowRef<Welcome>()
/** Why nobody could be asked at the start. */
export const startFailure = ref<unknown>()

/** Finds out who is signed in. */
export async function loadSession(): Promise<void> {
  void loadWelcome()
  try {
    session.value = await call('GET /api/session', { gate: false })
    startFailure.value = undefined
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) session.value = null
    else startFailure.value = error
  }
}

export async function loadWelcome(): Promise<void> {
  welcome.value = await call('GET /api/welcome', { gate: false }).catch(() => welcome.value)
}

/** Signs in. Requests that waited for it go on for the same person; for another one the page begins anew. */
export async function signIn(given: SignIn): Promise<void> {
  const before = session.value?.person.id
  const now = await call('POST /api/session', { body: given, gate: false })
  session.value = now
  if (before === undefined || before === now.person.id) return resumeAfterSignIn()
  dropWaiting()
  beginAnew()
}

export async function signOut(): Promise<void> {
  await call('DELETE /api/session', { gate: false }).catch(() => undefined)
  beginAnew()
}

/** Forgets what belonged to the person before. */
function beginAnew(): void {
  sessionStorage.clear()
  location.reload()
}
