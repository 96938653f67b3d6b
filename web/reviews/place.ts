import { ref } from 'vue'

const REVIEW = /^\/reviews\/(\d{1,15})$/u

const idAt = (path: string): number | null => {
  const id = REVIEW.exec(path)?.[1]
  return id === undefined ? null : Number(id)
}

/** The review whose page is shown; null while the queue is. */
export const openId = ref(idAt(location.pathname))

/** Shows the page of a review; the way back leads to what was shown before. */
export function goToReview(id: number): void {
  if (openId.value === id) return
  history.pushState(null, '', `/reviews/${id}`)
  openId.value = id
}

/** Shows what is at an address of this screen. */
export function goToAddress(address: string): void {
  const id = idAt(address)
  if (id === null) goToQueue()
  else goToReview(id)
}

export function goToQueue(): void {
  history.pushState(null, '', '/reviews')
  openId.value = null
}

const read = () => (openId.value = idAt(location.pathname))

/** Follows the browser's way back and forth. Returns what stops it. */
export function followAddress(): () => void {
  read()
  window.addEventListener('popstate', read)
  return () => window.removeEventListener('popstate', read)
}
