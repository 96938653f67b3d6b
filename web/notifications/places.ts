import type { NotificationView } from '#server/contract/notification.ts'
import { ApiProblem, call } from '../api/index.ts'

/**
 * The address of what a notification is about: the review, the entry as agents read it, the owner's list, the source,
 * the notice, one's call-backs, the question for those who are to answer it, one's own question on the desk. Null once
 * there is nothing to be shown there.
 */
export function addressOf({ event, subject, title }: NotificationView): string | null {
  const [kind, id] = subject.split(':')
  if (title === null) return null
  if (event === 'callback.due') return '/callbacks'
  if (event === 'feedback.given') return '/entries/tasks'
  if (event === 'verification.due') return '/entries/verifications'
  if (event === 'question.routed' || event === 'question.overdue') return `/questions/${id}`
  if (kind === 'review') return `/reviews/${id}`
  if (kind === 'source') return `/entries/sources/${id}`
  return `/desk?${kind}=${id}`
}

/** Where its reader goes on: an author from what was returned to their draft, everyone else to what it is about. */
export async function placeOf(one: NotificationView): Promise<string | null> {
  if (one.event !== 'review.returned') return addressOf(one)
  const review = await call('GET /api/reviews/:id', {
    params: { id: Number(one.subject.split(':')[1]) },
  }).catch((error: unknown) => {
    if (error instanceof ApiProblem) return undefined
    throw error
  })
  const isDraft = review?.kind === 'publication' && review.revision.mayEdit
  return isDraft ? `/entries/revisions/${review.revisionId}` : addressOf(one)
}
