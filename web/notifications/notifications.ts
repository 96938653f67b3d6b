import { computed, ref, shallowRef, watch } from 'vue'
import type { LiveEvent, NotificationList, NotificationView } from '#server/contract/notification.ts'
import { call, complain, hearEvents, latest, reconnections } from '../api/index.ts'

/** How many are read at a time. */
const PAGE = 30

/** What the person was told, the latest first, as far as it was read or came since. */
export const notifications = shallowRef<readonly NotificationView[]>([])
/** How many there are in all, and how many of them are unread. */
export const total = ref(0)
export const unread = ref(0)
/** What was read on this page: all up to one, and single ones. */
const readTo = ref(0)
const readIds = shallowRef<ReadonlySet<number>>(new Set())
/** Counts what came while the page was open. */
export const arrivals = ref(0)
/** Why the list could not be read; what was read before stays. */
export const failure = shallowRef<unknown>()
export const hasMore = computed(() => notifications.value.length < total.value)

export const isRead = ({ id, read }: NotificationView): boolean =>
  read || id <= readTo.value || readIds.value.has(id)

const newest = latest((signal: AbortSignal, offset: number) =>
  call('GET /api/notifications', { query: { limit: PAGE, offset }, signal }),
)

/** Keeps the count and the list up to date. Returns what stops it. */
export function followNotifications(): () => void {
  document.addEventListener('visibilitychange', onSight)
  const undo = [
    hearEvents(hear),
    watch(reconnections, () => void loadNotifications()),
    () => document.removeEventListener('visibilitychange', onSight),
  ]
  void loadNotifications()
  return () => undo.forEach(stop => stop())
}

/** What was read in another window is read here as well. */
const onSight = () => document.visibilityState === 'visible' && void loadNotifications()

function hear(event: LiveEvent): void {
  if (!('id' in event) || notifications.value.some(one => one.id === event.id)) return
  notifications.value = [event, ...notifications.value]
  total.value += 1
  unread.value += 1
  arrivals.value += 1
}

/** Reads the latest anew; what came since they were asked for stays, and so does what was read of older ones. */
export const loadNotifications = (): Promise<void> => load(0, takeOver)

/** Reads on where the list ends. */
export const loadMore = (): Promise<void> =>
  load(notifications.value.length, found => {
    const known = new Set(notifications.value.map(one => one.id))
    const more = found.notifications.filter(one => !known.has(one.id))
    notifications.value = [...notifications.value, ...more]
    total.value = found.total
  })

async function load(offset: number, take: (found: NotificationList) => void): Promise<void> {
  try {
    const found = await newest.run(offset)
    if (found) take(found)
    failure.value = undefined
  } catch (error) {
    failure.value = error
  }
}

function takeOver(found: NotificationList): void {
  const [first, last] = [found.notifications[0]?.id ?? 0, found.notifications.at(-1)?.id ?? 0]
  const later = notifications.value.filter(one => one.id > first)
  const older = notifications.value.filter(one => one.id < last)
  notifications.value = [...later, ...found.notifications, ...older]
  total.value = found.total + later.length
  unread.value = found.unread + later.filter(one => !isRead(one)).length
}

/** Notes that one was read; one that is read already stays so without a word. */
export async function readOne(one: NotificationView): Promise<void> {
  if (isRead(one)) return
  await complain(async () => {
    const left = await call('PUT /api/notifications/:id/reading', { params: { id: one.id } })
    readIds.value = new Set([...readIds.value, one.id])
    unread.value = left.unread
  })
}

/** Notes that all in the list were read; what comes meanwhile stays unread. */
export async function readAll(): Promise<void> {
  const upTo = notifications.value[0]?.id
  if (upTo === undefined) return
  await complain(async () => {
    const left = await call('PUT /api/notifications/readings', { body: { upTo } })
    readTo.value = upTo
    unread.value = left.unread
  })
}
