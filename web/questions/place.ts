import { computed, ref } from 'vue'

/** What the screen shows: the questions with the one that an address names, or who answers for what and until when. */
export type Place = { page: 'questions'; id: number | null } | { page: 'routing' }

const ROUTING = '/questions/routing'
const path = ref(location.pathname)

export const place = computed(() => placeAt(path.value))
/** The question that the address names; null while it names none. */
export const openId = computed(() => (place.value.page === 'questions' ? place.value.id : null))

/** What is at an address; the list for any that is not known. */
export function placeAt(address: string): Place {
  if (address === ROUTING) return { page: 'routing' }
  const id = /^\/questions\/(\d{1,15})$/u.exec(address)?.[1]
  return { page: 'questions', id: id === undefined ? null : Number(id) }
}

/** Shows what is at an address of this screen; the way back leads to what was shown before. */
export function goToAddress(address: string): void {
  if (address === path.value) return
  history.pushState(null, '', address)
  path.value = address
}

export const goToQuestion = (id: number): void => goToAddress(`/questions/${id}`)
export const goToList = (): void => goToAddress('/questions')
export const goToRouting = (): void => goToAddress(ROUTING)

const read = () => (path.value = location.pathname)

/** Follows the browser's way back and forth. Returns what stops it. */
export function followAddress(): () => void {
  read()
  window.addEventListener('popstate', read)
  return () => window.removeEventListener('popstate', read)
}
