import type { NotificationEvent, Role } from '#server/contract/lists.ts'

/** Those who write and review; everyone else is told only what is public. */
const COMMITTEE: readonly Role[] = ['expert', 'reviewer', 'chair', 'supervisor']

/** Whether a person may read what was told to them alone: its titles may be of text that nobody has approved. */
export const readsOwn = (roles: readonly Role[]): boolean => roles.some(role => COMMITTEE.includes(role))

/** What was told to a person alone and may be read by anyone: it shows their own words, or what is approved. */
export const OF_ONES_OWN: readonly NotificationEvent[] = [
  'question.returned',
  'question.answered',
  'question.refused',
  'callback.due',
]

/** Whether the title of an event is what of its subject is in force when it is read, whoever it was told to. */
export const isTitledPublicly = (event: NotificationEvent): boolean => event === 'question.answered'

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

const MINUTE = 60_000
/** How often a mail is tried: for about two days. */
export const MOST_ATTEMPTS = 52

/** How long (ms) to wait after a mail has failed so many times: 1, 2, 4 … minutes, at most an hour. */
export const waitAfter = (attempts: number): number => Math.min(2 ** (attempts - 1), 60) * MINUTE
