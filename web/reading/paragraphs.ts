/** The paragraphs of the body shown in the element with this id, in their order: the elements directly under it. */
export const paragraphsIn = (id: string): HTMLElement[] => [
  ...document.querySelectorAll<HTMLElement>(`#${id} .prose > *`),
]

/** The paragraph an element or text is in; undefined outside the body. */
export function paragraphAround(id: string, target: EventTarget | null): number | undefined {
  const at = target instanceof Node ? paragraphsIn(id).findIndex(block => block.contains(target)) : -1
  return at < 0 ? undefined : at
}

/** The paragraph `step` places on, staying within the body; null while there is none. */
export function paragraphOn(id: string, from: number | null, step: number): number | null {
  const last = paragraphsIn(id).length - 1
  if (last < 0) return null
  const at = from ?? (step > 0 ? -1 : last + 1)
  return Math.max(0, Math.min(at + step, last))
}

/** Marks the chosen paragraph, and no other. */
export const markParagraph = (id: string, chosen: number | null): void =>
  paragraphsIn(id).forEach((block, at) => block.toggleAttribute('data-chosen', at === chosen))

/** Brings a paragraph into sight. */
export const showParagraph = (id: string, at: number): void =>
  paragraphsIn(id)[at]?.scrollIntoView?.({ block: 'center' })

/** The first words of a paragraph. */
export const beginningOf = (id: string, at: number): string =>
  (paragraphsIn(id)[at]?.textContent ?? '').trim().slice(0, 24)
