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
  if (where === 'answer') element?.scrollTo({ top: 0 })
}

/** Notes where the focus goes. Returns what stops it. */
export function followPlace(): () => void {
  const look = () => {
    const names = Object.keys(PLACES) as Place[]
    const isNone = document.activeElement === null || document.activeElement === document.body
    place.value = isNone ? 'none' : names.find(name => document.getElementById(PLACES[name])?.contains(document.activeElement))
  }
  const lookLater = () => queueMicrotask(look)
  document.addEventListener('focusin', look)
  document.addEventListener('focusout', lookLater)
  look()
  return () => {
    document.removeEventListener('focusin', look)
    document.removeEventListener('focusout', lookLater)
  }
}
