import { NOTIFICATION_EVENTS, type NotificationEvent, type Role } from '#server/contract/lists.ts'

/** Those who write and review; everyone else is told only what is public. */
const COMMITTEE: readonly Role[] = ['expert', 'reviewer', 'chair', 'supervisor']

/** What anyone may read that was told to them alone: it shows their own words, or what is approved. */
const OF_ONES_OWN: readonly NotificationEvent[] = [
  'feedback.answered',
  'question.returned',
  'question.answered',
  'question.refused',
  'callback.due',
]

/**
 * What a person may read that was told to them alone. Its titles may be of text that nobody has approved, so those who
 * only take calls hear no more than what became of their reports, questions and call-backs.
 */
export function heardAlone(roles: readonly Role[]): readonly NotificationEvent[] {
  if (roles.some(role => COMMITTEE.includes(role))) return NOTIFICATION_EVENTS
  return roles.length > 0 ? OF_ONES_OWN : []
}

/** What told to everyone a person hears: agents also what is newly in force. */
export function heardBy(roles: readonly Role[]): NotificationEvent[] {
  if (roles.length === 0) return []
  return roles.includes('agent') ? ['notice.posted', 'revision.published'] : ['notice.posted']
}

/** What would be noise when told twice of one subject: a review that another department was called in to, a late question. */
export const isToldOnce = (event: NotificationEvent): boolean =>
  event.startsWith('review.') || event === 'question.overdue'

/** What is also mailed at once; the rest is in the daily digest. */
export const isMailedAtOnce = (event: NotificationEvent): boolean =>
  event === 'review.opened' || event === 'review.returned' || event === 'question.routed'

/** How long (days) a notification is kept, read or not: a quarter, so that the last one can be looked up. */
export const DAYS_KEPT = 90

const MINUTE = 60_000
/** How often a mail is tried: for about two days. */
export const MOST_ATTEMPTS = 52

/** How long (ms) to wait after a mail has failed so many times: 1, 2, 4 … minutes, at most an hour. */
export const waitAfter = (attempts: number): number => Math.min(2 ** (attempts - 1), 60) * MINUTE
