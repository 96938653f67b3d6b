import { nextTick } from 'vue'
import type { ReviewView } from '#server/contract/review.ts'
import { markParagraph, paragraphOn, paragraphsIn, showParagraph } from '../reading/paragraphs.ts'
import { paragraph } from './review.ts'

type Remark = ReviewView['comments'][number]

export const READING = 'review-reading'

/** Goes `step` paragraphs on and brings the one reached into sight. */
export function stepParagraph(step: number): void {
  const at = paragraphOn(READING, paragraph.value, step)
  if (at !== null) goToParagraph(at)
}

export function goToParagraph(at: number): void {
  paragraph.value = at
  void nextTick(() => showParagraph(READING, at))
}

/** Marks on the body which paragraph is chosen and how many remarks each has. */
export function markParagraphs(remarks: readonly Remark[]): void {
  markParagraph(READING, paragraph.value)
  paragraphsIn(READING).forEach((block, at) => {
    const count = remarks.filter(one => one.field === 'body' && one.paragraph === at).length
    if (count > 0) block.dataset.remarks = String(count)
    else delete block.dataset.remarks
  })
}
