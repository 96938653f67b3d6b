import { computed, ref, shallowRef } from 'vue'
import type { NewAnswer } from '#server/contract/answering.ts'
import { REVISION_FIELDS, type RevisionField } from '#server/contract/lists.ts'
import type { DraftText, RevisionView } from '#server/contract/writing.ts'
import { ApiProblem, call, isAborted } from '../api/index.ts'
import { faultWording } from '../reading/fault-wording.ts'
import { say } from '../ui/toasts.ts'
import { act, refusedBy, shownQuestion, type Refused } from './acts.ts'
import { forgetWords, words } from './drafts.ts'
import { sentBack } from './question.ts'

/** Why the answer was not taken, a sentence each; none while nothing was refused. */
export const refusals = shallowRef<readonly (Refused & { field?: RevisionField })[]>([])
/** Whether an answer is on its way. */
export const isSending = ref(false)

/** Whether there is enough to send. */
export const isReady = computed(() =>
  words.mode === 'existing' ? words.entry !== null : words.say.trim() !== '',
)

export const forgetRefusals = (): void => void (refusals.value = [])

/** What is sent: of a new entry only what was written, the rest is filled from the question. */
function answerOf(): NewAnswer {
  if (words.mode === 'existing') return words.entry ? { entryId: words.entry.id } : {}
  const { body, standardQuestion, topic, basis } = words
  return {
    say: words.say.trim(),
    ...(body.trim() !== '' && { body }),
    ...(standardQuestion.trim() !== '' && { standardQuestion: standardQuestion.trim() }),
    ...(topic.trim() !== '' && { topic: topic.trim() }),
    ...(basis.length > 0 && { basis: [...basis] }),
  }
}

/** Hands the answer to the committee. What was typed stays until it was taken. */
export async function sendAnswer(): Promise<void> {
  if (!isReady.value) return
  await tried(async () => {
    const { id } = shownQuestion()
    const { reviewId } = await posted(id)
    forgetWords(id)
    const key = reviewId === null ? 'questions.toast.atOnce' : 'questions.toast.answered'
    say(key, { tone: 'good', commands: ['answerReview'] })
  })
}

async function posted(id: number): Promise<{ reviewId: number | null }> {
  let reviewId: number | null = null
  await act(id, async () => {
    ;({ reviewId } = await call('POST /api/questions/:id/answer', { params: { id }, body: answerOf() }))
  })
  return { reviewId }
}

/**
 * Goes to the writing page with a draft filled from the question, where what was typed here is put into the fields that
 * are still as the question filled them. What the committee sent back of an entry in force is mended there as well.
 */
export async function writeInFull(): Promise<void> {
  await tried(async () => {
    const view = shownQuestion()
    const { id, answer } = view
    if (answer?.isExisting && sentBack(view)) return location.assign(addressOf(answer.revisionId))
    const { revisionId } = await call('POST /api/questions/:id/draft', { params: { id } })
    if (words.mode === 'new') await carryOver(revisionId)
    forgetWords(id)
    location.assign(addressOf(revisionId))
  })
}

const addressOf = (revision: number): string => `/entries/revisions/${revision}`

/** Puts what was typed into the draft. */
async function carryOver(id: number): Promise<void> {
  const { entryId: _none, ...typed } = answerOf()
  const given = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== ''))
  if (Object.keys(given).length === 0) return
  const view = await call('GET /api/revisions/:id', { params: { id } })
  const body = { ...textOf(view), ...given }
  await call('PUT /api/revisions/:id', { params: { id }, body, version: view.version })
}

/** A revision as it is saved. */
function textOf(view: RevisionView): DraftText {
  const basis = view.basis.map(({ sourceId, clause }) => ({ sourceId, ...(clause !== null && { clause }) }))
  const { tags, labels, validFrom, validUntil, verifyBy } = view
  return {
    kind: view.kind,
    category: view.category,
    topic: view.topic,
    ownerDepartment: view.ownerDepartment,
    standardQuestion: view.standardQuestion,
    similarQuestions: view.similarQuestions,
    say: view.say,
    body: view.body,
    basis,
    scope: view.scope,
    ...(tags && { tags }),
    ...(labels && { labels }),
    ...(validFrom !== undefined && { validFrom }),
    ...(validUntil !== undefined && { validUntil }),
    ...(verifyBy !== undefined && { verifyBy }),
  }
}

/** Does it once at a time, and says beside the form why it was refused. */
async function tried(work: () => Promise<void>): Promise<void> {
  if (isSending.value) return
  isSending.value = true
  forgetRefusals()
  try {
    await work()
  } catch (error) {
    if (!isAborted(error)) refusals.value = [refusedBy(error), ...fieldsOf(error)]
  } finally {
    isSending.value = false
  }
}

/** Each field that was refused, once, in the order of the form. */
function fieldsOf(error: unknown): (Refused & { field: RevisionField })[] {
  if (!(error instanceof ApiProblem)) return []
  return REVISION_FIELDS.flatMap(field => {
    const fault = error.fields.find(({ path }) => path.replace(/^body\./u, '').split('.')[0] === field)
    if (!fault) return []
    const { key, count } = faultWording(fault.message)
    return [{ field, key, values: { count } }]
  })
}
