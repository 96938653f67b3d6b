import { Type, type Static } from 'typebox'
import { NOTIFICATION_EVENTS } from './lists.ts'
import { Day, Id, Instant, Page, nullable, oneOf } from './shapes.ts'

/** `subject` is like "review:7"; `title` is null once what it named may no longer be shown. */
export const NotificationView = Type.Object({
  id: Id,
  event: oneOf(NOTIFICATION_EVENTS),
  subject: Type.String(),
  title: nullable(Type.String()),
  at: Instant,
  read: Type.Boolean(),
})
export type NotificationView = Static<typeof NotificationView>

/** Something a page may be showing has changed; a passing word for whoever may see it, without an id to come back to. */
export const ChangeEvent = Type.Object({ event: Type.Literal('review.changed'), subject: Type.String() })
export type ChangeEvent = Static<typeof ChangeEvent>

/** What GET /api/events tells, in the `data` of each event; both kinds say which `event` it is and of which `subject`. */
export type LiveEvent = NotificationView | ChangeEvent

/** `unread` keeps those not read yet; `day` (in China) and `event` those of a group of the digest. */
export const NotificationQuery = Type.Object({
  ...Page,
  unread: Type.Optional(Type.Boolean()),
  day: Type.Optional(Day),
  event: Type.Optional(oneOf(NOTIFICATION_EVENTS)),
})
export type NotificationQuery = Static<typeof NotificationQuery>

export const NotificationList = Type.Object({
  total: Type.Integer(),
  unread: Type.Integer(),
  notifications: Type.Array(NotificationView),
})
export type NotificationList = Static<typeof NotificationList>

/** Reads everything up to and with a notification. */
export const ReadUpTo = Type.Object({ upTo: Id }, { additionalProperties: false })
export type ReadUpTo = Static<typeof ReadUpTo>
export const Unread = Type.Object({ unread: Type.Integer() })
export type Unread = Static<typeof Unread>

/** A day in China; today when absent. */
export const DigestQuery = Type.Object({ day: Type.Optional(Day) })

/**
 * What a person was told on a day, by event; each group shows its latest, `count` counts all. `earlier` and `later` are
 * the nearest days with anything, null when there is none.
 */
export const Digest = Type.Object({
  day: Day,
  earlier: nullable(Day),
  later: nullable(Day),
  total: Type.Integer(),
  groups: Type.Array(
    Type.Object({
      event: oneOf(NOTIFICATION_EVENTS),
      count: Type.Integer(),
      notifications: Type.Array(NotificationView),
    }),
  ),
})
export type Digest = Static<typeof Digest>
