import type { VoteVerdict } from '#server/contract/lists.ts'
import type { NewComment, ReviewView } from '#server/contract/review.ts'
import { call, complain } from '../api/index.ts'
import { say } from '../ui/toasts.ts'
import { unticked } from './checks.ts'
import { dialog } from './dialogs.ts'
import { outcomeOf } from './outcome.ts'
import { loadCounts, loadQueue } from './queue.ts'
import { reloadReview, review } from './review.ts'

/** Approves, unless something on the list was not looked at: then it is asked first. */
export async function approve(): Promise<void> {
  if (unticked.value.length > 0) dialog.value = 'approve'
  else await complain(() => vote('approve'))
}

/** Casts a vote and says what came of it. Throws the refusal. */
export async function vote(verdict: VoteVerdict, reason = ''): Promise<void> {
  const now = open()
  const body = { verdict, ...(reason.trim() !== '' && { reason: reason.trim() }) }
  const { state } = await call('POST /api/reviews/:id/votes', { params: { id: now.id }, body })
  await refresh()
  say(`reviews.toast.${verdict === 'return' ? 'returned' : outcomeOf(now, state)}`, {
    tone: 'good',
    commands: ['nextReview'],
  })
}

/** Remarks on a field or a paragraph. Throws the refusal. */
export async function remark(comment: NewComment): Promise<void> {
  await call('POST /api/reviews/:id/comments', { params: { id: open().id }, body: comment })
  await reloadReview()
  say('reviews.toast.remarked', { tone: 'good' })
}

/** Asks one more department to approve. Throws the refusal. */
export async function callIn(department: string): Promise<void> {
  await call('POST /api/reviews/:id/departments', { params: { id: open().id }, body: { department } })
  await refresh()
  say('reviews.toast.calledIn', { tone: 'good' })
}

/** Publishes at once for some hours. Throws the refusal. */
export async function publishFast(hours: number, reason: string): Promise<void> {
  const body = { hours, reason: reason.trim() }
  await call('POST /api/reviews/:id/fast-lane', { params: { id: open().id }, body })
  await refresh()
  say('reviews.toast.fast', { tone: 'good', values: { hours } })
}

/** Lets a member speak for a department in this review. Throws the refusal. */
export async function giveSeat(department: string, personId: number): Promise<void> {
  const body = { department, personId }
  await call('POST /api/reviews/:id/stand-ins', { params: { id: open().id }, body })
  await refresh()
  say('reviews.toast.standIn', { tone: 'good' })
}

/** Takes one's own review back. Throws the refusal. */
export async function withdraw(reason: string): Promise<void> {
  const body = reason === '' ? {} : { reason }
  await call('POST /api/reviews/:id/withdrawal', { params: { id: open().id }, body })
  await refresh()
  say('withdraw.done', { tone: 'good' })
}

function open(): ReviewView {
  if (!review.value) throw new Error('no review is shown')
  return review.value
}

async function refresh(): Promise<void> {
  await Promise.all([reloadReview(), loadQueue(), loadCounts()])
}
