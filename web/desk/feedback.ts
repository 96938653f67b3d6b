import { nextTick, ref, watch } from 'vue'
import { FEEDBACK_KINDS, type FeedbackKind } from '#server/contract/lists.ts'
import { withoutNumbers } from '#server/contract/numbers.ts'
import { newSendKey } from '../api/index.ts'
import { paragraphAround, paragraphOn, showParagraph } from '../reading/paragraphs.ts'
import { shownEntry } from './answer.ts'
import { openCallId } from './call.ts'
import { PLACES } from './places.ts'
import { report } from './reports.ts'

/** The id of the panel, where the focus goes. */
export const PANEL = 'desk-feedback'

export const feedbackOpen = ref(false)
/** The paragraph of the body that is reported, from 0; null for the entry as a whole. */
export const paragraph = ref<number | null>(null)

watch(
  () => shownEntry.value?.id,
  () => (feedbackOpen.value = false),
  { flush: 'sync' },
)

/** Opens the panel on the paragraph where the caret or the selection is, else on the whole entry; again: goes back to it. */
export function beginFeedback(): void {
  if (feedbackOpen.value) return document.getElementById(PANEL)?.focus()
  paragraph.value = paragraphAround(PLACES.answer, getSelection()?.anchorNode ?? null) ?? null
  feedbackOpen.value = true
}

/** Goes on by a paragraph; above the first stands the whole entry. */
export function stepParagraph(step: number): void {
  if (step < 0 && (paragraph.value ?? 0) === 0) return void (paragraph.value = null)
  paragraph.value = paragraphOn(PLACES.answer, paragraph.value, step)
  const at = paragraph.value
  if (at !== null) void nextTick(() => showParagraph(PLACES.answer, at))
}

/** A press on a paragraph while the panel is open reports that one, a second one the whole entry; the panel keeps the keys. */
export function chooseParagraph(target: EventTarget | null): void {
  const at = paragraphAround(PLACES.answer, target)
  if (!feedbackOpen.value || at === undefined) return
  paragraph.value = at === paragraph.value ? null : at
  document.getElementById(PANEL)?.focus({ preventScroll: true })
}

/** The kind that a digit key stands for, counted from 1. */
export const kindOf = (digit: number): FeedbackKind | undefined => FEEDBACK_KINDS[digit - 1]

/** Closes the panel and sends what it says of the entry shown; numbers of customers never leave it. */
export function sendFeedback(kind: FeedbackKind, words: string): Promise<void> {
  const [entryId, callId] = [shownEntry.value?.id, openCallId()]
  if (entryId === undefined) return Promise.resolve()
  const said = withoutNumbers(words.trim())
  const where = paragraph.value === null ? {} : { paragraph: paragraph.value }
  feedbackOpen.value = false
  return report({
    entryId,
    sendKey: newSendKey(),
    kind,
    ...where,
    ...(said !== '' && { words: said }),
    ...(callId !== undefined && { callId }),
  })
}
