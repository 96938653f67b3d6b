import { computed, ref } from 'vue'

/** The list (with the dialog of a new script over it, at its own address), a draft that is built, or a script in force. */
export type Place =
  | { page: 'list'; begins: boolean }
  | { page: 'writing'; revision: number }
  | { page: 'script'; script: number }

const path = ref(location.pathname)

/** What of the screen is shown. */
export const place = computed(() => placeAt(path.value))

/** What is at an address; the list for any that is not known. */
export function placeAt(address: string): Place {
  const revision = /^\/scripts\/revisions\/(\d{1,15})$/u.exec(address)?.[1]
  if (revision !== undefined) return { page: 'writing', revision: Number(revision) }
  const script = /^\/scripts\/(\d{1,15})$/u.exec(address)?.[1]
  if (script !== undefined) return { page: 'script', script: Number(script) }
  return { page: 'list', begins: address === NEW }
}

export const LIST = '/scripts'
export const NEW = '/scripts/new'
export const writingAddress = (revision: number): string => `/scripts/revisions/${revision}`
export const scriptAddress = (script: number): string => `/scripts/${script}`

/** Shows what is at an address of this screen; the way back leads to what was shown before. */
export function go(address: string): void {
  if (address === path.value) return
  history.pushState(null, '', address)
  path.value = address
}

/** Follows the browser's way back and forth. Returns what stops it. */
export function followAddress(): () => void {
  read()
  window.addEventListener('popstate', read)
  return () => window.removeEventListener('popstate', read)
}

const read = () => (path.value = location.pathname)
