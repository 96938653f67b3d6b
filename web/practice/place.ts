import { ref } from 'vue'

const PLACE = /^\/practice\/(\d+)$/u
const idAt = (path: string): number | undefined => {
  const id = Number(PLACE.exec(path)?.[1])
  return Number.isSafeInteger(id) && id > 0 ? id : undefined
}

/** The script that is practised, as the address names it; undefined for the list. */
export const openId = ref(idAt(location.pathname))

/** Shows the practice of a script, or the list; the way back leads to what was shown before. */
export function goToScript(id: number | undefined): void {
  goToAddress(id === undefined ? '/practice' : `/practice/${id}`)
}

/** Shows what is at an address of this screen. */
export function goToAddress(address: string): void {
  history.pushState(null, '', address)
  read()
}

const read = () => (openId.value = idAt(location.pathname))

/** Follows the browser's way back and forth. Returns what stops it. */
export function followAddress(): () => void {
  read()
  window.addEventListener('popstate', read)
  return () => window.removeEventListener('popstate', read)
}
