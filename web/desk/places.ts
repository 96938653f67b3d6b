import { ref } from 'vue'

/** The three places of the desk that the keyboard goes between. */
export const PLACES = { box: 'desk-box', list: 'desk-list', answer: 'desk-answer' } as const
export type Place = keyof typeof PLACES

/** Where the focus is; 'none' while nothing has it, `undefined` for anything else, such as a filter or a button. */
export const place = ref<Place | 'none' | undefined>('none')

export const optionId = (index: number): string => `desk-hit-${index}`

/** Moves the focus; in the box the text is selected, so that the next word replaces it. */
export function goTo(where: Place): void {
  const element = document.getElementById(PLACES[where])
  element?.focus({ preventScroll: where === 'answer' })
  if (where === 'box' && element instanceof HTMLInputElement) element.select()
  if (where === 'answer') showFromTop(element)
}

/** Beside the list the pane scrolls by itself; below the list, on a narrow page, the page has to come to it. */
function showFromTop(pane: HTMLElement | null): void {
  if (!pane) return
  pane.scrollTo({ top: 0 })
  const { top } = pane.getBoundingClientRect()
  if (top < 0 || top > innerHeight / 2) pane.scrollIntoView({ block: 'start' })
}

/** Notes where the focus goes. Returns what stops it. */
export function followPlace(): () => void {
  document.addEventListener('focusin', notePlace)
  document.addEventListener('focusout', notePlaceLater)
  notePlace()
  return () => {
    document.removeEventListener('focusin', notePlace)
    document.removeEventListener('focusout', notePlaceLater)
  }
}

function notePlace(): void {
  const focused = document.activeElement
  const names = Object.keys(PLACES) as Place[]
  const isNone = focused === null || focused === document.body
  place.value = isNone ? 'none' : names.find(name => document.getElementById(PLACES[name])?.contains(focused))
}

const notePlaceLater = () => queueMicrotask(notePlace)
