import { computed, ref } from 'vue'
import { me } from '../api/index.ts'

/** The pages of this screen, in the order of their keys. */
export const PAGES = ['gaps', 'loop', 'fcr', 'scripts'] as const
export type InsightPage = (typeof PAGES)[number]

const PLACE = /^\/insights\/(gaps|loop|fcr|scripts)$/u

const pageAt = (path: string): InsightPage | undefined => PAGES.find(one => one === PLACE.exec(path)?.[1])
const named = ref(pageAt(location.pathname))

/** Whether who looks watches over all departments: gaps are for them, experts see the figures of their own. */
export const seesAll = computed(
  () => me.value?.roles.some(role => role === 'supervisor' || role === 'chair') === true,
)

/** The page that is shown: what the address names, else the first one may see; undefined until that is known. */
export const page = computed<InsightPage | undefined>(
  () => named.value ?? (me.value && (seesAll.value ? 'gaps' : 'loop')),
)

export const addressOf = (one: InsightPage): string => `/insights/${one}`

/** Shows a page; the way back leads to what was shown before. */
export function goToPage(one: InsightPage): void {
  if (page.value === one) return
  history.pushState(null, '', addressOf(one))
  named.value = one
}

/** Shows what is at an address of this screen. */
export function goToAddress(address: string): void {
  history.pushState(null, '', address)
  read()
}

const read = () => (named.value = pageAt(location.pathname))

/** Follows the browser's way back and forth. Returns what stops it. */
export function followAddress(): () => void {
  read()
  window.addEventListener('popstate', read)
  return () => window.removeEventListener('popstate', read)
}
