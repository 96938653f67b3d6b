import { shallowRef, watch } from 'vue'
import type { LiveEvent } from '#server/contract/notification.ts'
import type { ReviewView } from '#server/contract/review.ts'
import { hearEvents, me } from '../api/index.ts'
import { openId } from './place.ts'
import { loadCounts, loadQueue } from './queue.ts'
import { reloadReview, review } from './review.ts'

/** So long (ms) events are gathered before anything is read: a page that was away hears many at once. */
export const GATHERING = 300
/** So many of the latest news are shown. */
const MOST_NEWS = 3

/** What somebody else did to the review while it was looked at: a key of the locale files, who and when. */
export interface News {
  key: string
  name: string
  at: string
}
export const news = shallowRef<readonly News[]>([])

/** What others did between two readings of a review, in the order of time. */
export function newsBetween(before: ReviewView, now: ReviewView, myName: string): News[] {
  const said = <T extends { name: string; at: string }>(
    list: (one: ReviewView) => readonly T[],
    key: (one: T) => string,
  ): News[] =>
    list(now)
      .filter(
        one => one.name !== myName && !list(before).some(old => old.at === one.at && old.name === one.name),
      )
      .map(one => ({ key: `reviews.news.${key(one)}`, name: one.name, at: one.at }))
  return [
    ...said(
      one => one.comments,
      () => 'remark',
    ),
    ...said(
      one => one.votes,
      one => one.verdict,
    ),
    ...said(
      one => one.withdrawals,
      () => 'withdraw',
    ),
  ]
}

/** Follows what others do to what is looked at, and says so. Returns what ends it. */
export function followEvents(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isShown = false
  const read = () => {
    timer = undefined
    void Promise.all([loadQueue(), loadCounts(), isShown && reloadReview()])
    isShown = false
  }
  const hear = ({ event, subject }: LiveEvent) => {
    if (!event.startsWith('review.')) return
    isShown ||= subject === `review:${openId.value}`
    timer ??= setTimeout(read, GATHERING)
  }
  const undo = [hearEvents(hear), watch(review, note), () => clearTimeout(timer)]
  return () => undo.forEach(stop => stop())
}

function note(now: ReviewView | undefined, before: ReviewView | undefined): void {
  if (!now || now.id !== before?.id) news.value = []
  else news.value = [...news.value, ...newsBetween(before, now, me.value?.name ?? '')].slice(-MOST_NEWS)
}
