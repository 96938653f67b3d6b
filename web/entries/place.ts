import { computed, ref } from 'vue'

/** The lists of the screen, each with its address. */
export const TABS = ['mine', 'verifications', 'tasks', 'sources'] as const
export type Tab = (typeof TABS)[number]

/** A list may have a row that the address names: a document of the register. */
export type Place =
  | { page: 'list'; tab: Tab; source?: number }
  | { page: 'writing'; revision: number }
  | { page: 'history'; entry: number }

const path = ref(location.pathname)

/** What of the screen is shown. */
export const place = computed(() => placeAt(path.value))

/** What is at an address; one's own entries for any that is not known. */
export function placeAt(address: string): Place {
  const writing = /^\/entries\/revisions\/(\d{1,15})$/u.exec(address)?.[1]
  if (writing !== undefined) return { page: 'writing', revision: Number(writing) }
  const history = /^\/entries\/(\d{1,15})\/history$/u.exec(address)?.[1]
  if (history !== undefined) return { page: 'history', entry: Number(history) }
  const source = /^\/entries\/sources\/(\d{1,15})$/u.exec(address)?.[1]
  if (source !== undefined) return { page: 'list', tab: 'sources', source: Number(source) }
  return { page: 'list', tab: TABS.find(tab => address === addressOf(tab)) ?? 'mine' }
}

export const addressOf = (tab: Tab): string => (tab === 'mine' ? '/entries' : `/entries/${tab}`)
export const writingAddress = (revision: number): string => `/entries/revisions/${revision}`
/** Scripts are written on a screen of their own. */
export const scriptAddress = (revision: number): string => `/scripts/revisions/${revision}`
export const historyAddress = (entry: number): string => `/entries/${entry}/history`

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
