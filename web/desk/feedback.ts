import { computed, nextTick, ref, watch } from 'vue'
import { FEEDBACK_KINDS, type FeedbackKind } from '#server/contract/lists.ts'
import { withoutNumbers } from '#server/contract/numbers.ts'
import { newSendKey } from '../api/index.ts'
import { paragraphAround, paragraphOn, showParagraph } from '../reading/paragraphs.ts'
import { shownEntry } from './answer.ts'
import { openCallId } from './call.ts'
import { following, isStepShown, spot } from './following.ts'
import { PLACES } from './places.ts'
import { report } from './reports.ts'

/** The longest words of a report, in characters, as the server takes them. */
const MOST = 500

/** The id of the panel, where the focus goes. */
export const PANEL = 'desk-feedback'

export const feedbackOpen = ref(false)
/** The paragraph of the body that is reported, from 0; null for the entry as a whole. */
export const paragraph = ref<number | null>(null)

/** The entry that is reported: at a step the script that is followed, else the one shown. */
export const reported = computed(() =>
  isStepShown.value ? following.value?.script.id : shownEntry.value?.id,
)
/** The place in the script that is reported, as those who wrote it count; empty for an entry, and at the end of a script. */
export const reportedStep = ref('')

watch(reported, () => (feedbackOpen.value = false), { flush: 'sync' })

/** Opens the panel on the paragraph where the caret or the selection is, else on the whole entry; again: goes back to it. */
export function beginFeedback(): void {
  if (feedbackOpen.value) return document.getElementById(PANEL)?.focus()
  reportedStep.value = stepNow()
  paragraph.value = paragraphAround(PLACES.answer, getSelection()?.anchorNode ?? null) ?? null
  feedbackOpen.value = true
}

/** Those who read it read Chinese, whatever the language of the page. */
function stepNow(): string {
  const at = spot.value
  if (!isStepShown.value || !at || at.step === 'end') return ''
  return at.answering === null ? `第 ${at.step} 步` : `第 ${at.step} 步“若客户说”${at.answering + 1}`
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

/** Closes the panel and sends what it says of the entry or of the step of a script; numbers of customers never leave it. */
export function sendFeedback(kind: FeedbackKind, words: string): Promise<void> {
  const [entryId, callId] = [reported.value, openCallId()]
  if (entryId === undefined) return Promise.resolve()
  const own = withoutNumbers(words.trim())
  // what the server refused stands in the box again with its place
  const isPlaced = own === reportedStep.value || own.startsWith(`${reportedStep.value}：`)
  const said = (isPlaced ? [own] : [reportedStep.value, own]).filter(Boolean).join('：').slice(0, MOST)
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
