import { shallowRef } from 'vue'
import type { NotificationEvent } from '#server/contract/lists.ts'
import type { Digest, NotificationView } from '#server/contract/notification.ts'
import { call, latest } from '../api/index.ts'

/** How much more of a group is read at a time. */
const PAGE = 50

/** What the person was told on a day; the day before stays until the other is there. */
export const digest = shallowRef<Digest>()
/** Why the day could not be read. */
export const digestFailure = shallowRef<unknown>()

const newest = latest((signal: AbortSignal, day?: string) =>
  call('GET /api/digest', { query: { day }, signal }),
)

/** Reads a day YYYY-MM-DD in China; today when none is named. */
export const loadDigest = (day?: string): Promise<void> =>
  reading(async () => {
    digest.value = (await newest.run(day)) ?? digest.value
  })

/** Turns to the nearest earlier or later day with anything; stays where there is none. */
export async function turnDay(way: 'earlier' | 'later'): Promise<void> {
  const day = digest.value?.[way]
  if (day) await loadDigest(day)
}

/** Reads on in a group that the day shows only the latest of. */
export const loadRest = (event: NotificationEvent): Promise<void> =>
  reading(async () => {
    const shown = digest.value
    const group = shown?.groups.find(one => one.event === event)
    if (!shown || !group) return
    const query = { day: shown.day, event, limit: PAGE, offset: group.notifications.length }
    const { notifications } = await call('GET /api/notifications', { query })
    if (digest.value === shown) digest.value = withMore(shown, event, notifications)
  })

/** What came since moves the rest on, so that some of it may be there already. */
const withMore = (shown: Digest, event: NotificationEvent, more: readonly NotificationView[]): Digest => ({
  ...shown,
  groups: shown.groups.map(group => {
    if (group.event !== event) return group
    const known = new Set(group.notifications.map(one => one.id))
    return { ...group, notifications: [...group.notifications, ...more.filter(one => !known.has(one.id))] }
  }),
})

async function reading(work: () => Promise<void>): Promise<void> {
  try {
    await work()
    digestFailure.value = undefined
  } catch (error) {
    digestFailure.value = error
  }
}
