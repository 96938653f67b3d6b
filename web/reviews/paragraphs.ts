import { nextTick } from 'vue'
import type { ReviewView } from '#server/contract/review.ts'
import { paragraph } from './review.ts'

type Remark = ReviewView['comments'][number]

export const READING = 'review-reading'

/** The paragraphs of the body shown, in their order: the elements directly under it. */
const blocks = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(`#${READING} .prose > *`)]

/** The paragraph an element is in; undefined outside the body. */
export function paragraphAt(target: EventTarget | null): number | undefined {
  const at = target instanceof Node ? blocks().findIndex(block => block.contains(target)) : -1
  return at < 0 ? undefined : at
}

/** Goes `step` paragraphs on and brings the one reached into sight. */
export function stepParagraph(step: number): void {
  const last = blocks().length - 1
  if (last < 0) return
  const from = paragraph.value ?? (step > 0 ? -1 : last + 1)
  goToParagraph(Math.max(0, Math.min(from + step, last)))
}

export function goToParagraph(at: number): void {
  paragraph.value = at
  void nextTick(() => blocks()[at]?.scrollIntoView?.({ block: 'center' }))
}

/** Marks on the body which paragraph is chosen and how many remarks each has. */
export function markParagraphs(remarks: readonly Remark[]): void {
  blocks().forEach((block, at) => {
    const count = remarks.filter(one => one.field === 'body' && one.paragraph === at).length
    block.toggleAttribute('data-chosen', at === paragraph.value)
    if (count > 0) block.dataset.remarks = String(count)
    else delete block.dataset.remarks
  })
}

/** The first words of a paragraph of the body shown. */
export const beginningOf = (at: number): string => (blocks()[at]?.textContent ?? '').trim().slice(0, 24)
