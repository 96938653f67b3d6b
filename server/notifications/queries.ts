import {
  and,
  asc,
  count,
  desc,
  eq,
  gt,
  gte,
  inArray,
  isNull,
  lt,
  lte,
  max,
  or,
  sql,
  type SQL,
} from 'drizzle-orm'
import type { NotificationList, NotificationQuery, NotificationView } from '#server/contract/notification.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { iso } from '#server/platform/kernel/clock.ts'
import { endOfDay, publishedRevisions, startOfDay } from '#server/entries/index.ts'
import { noticesInForce } from '#server/notices/index.ts'
import type { Actor } from '#server/people/index.ts'
import { answerTitles } from '#server/questions/index.ts'
import { heardAlone, heardBy } from './rules.ts'
import { notification, notificationRead } from './tables.ts'

/** The actor's notifications, the latest first, and how many of them are unread. */
export function notificationList(
  db: Reader,
  now: number,
  actor: Actor,
  query: NotificationQuery,
): NotificationList {
  const { unread, day, event } = query
  const where = and(
    visibleTo(actor),
    unread ? isUnread(actor) : undefined,
    day === undefined ? undefined : onDay(day),
    event === undefined ? undefined : eq(notification.event, event),
  )
  const rows = db
    .select()
    .from(notification)
    .where(where)
    .orderBy(desc(notification.id))
    .limit(query.limit)
    .offset(query.offset)
    .all()
  return {
    total: countWhere(db, where),
    unread: unreadCount(db, actor),
    notifications: viewsOf(db, now, actor, rows),
  }
}

/** Those of the actor's notifications that follow the one with the id `after`, in their order, at most `limit`. */
export function notificationsAfter(
  db: Reader,
  now: number,
  actor: Actor,
  after: number,
  limit: number,
): NotificationView[] {
  const where = and(visibleTo(actor), gt(notification.id, after))
  const rows = db.select().from(notification).where(where).orderBy(asc(notification.id)).limit(limit).all()
  return viewsOf(db, now, actor, rows)
}

/** One of the actor's notifications, or undefined. */
export function notificationById(
  db: Reader,
  now: number,
  actor: Actor,
  id: number,
): NotificationView | undefined {
  const row = db
    .select()
    .from(notification)
    .where(and(visibleTo(actor), eq(notification.id, id)))
    .get()
  return row && viewsOf(db, now, actor, [row])[0]
}

export const unreadCount = (db: Reader, actor: Actor): number =>
  countWhere(db, and(visibleTo(actor), isUnread(actor)))

export const isVisible = (db: Reader, actor: Actor, id: number): boolean =>
  countWhere(db, and(visibleTo(actor), eq(notification.id, id))) > 0

/** Ids of the actor's unread notifications up to and with `upTo`. */
export function unreadUpTo(db: Reader, actor: Actor, upTo: number): number[] {
  const where = and(visibleTo(actor), isUnread(actor), lte(notification.id, upTo))
  const rows = db.select({ id: notification.id }).from(notification).where(where).all()
  return rows.map(row => row.id)
}

/** The id of the last notification of anybody; 0 when there is none. */
export const lastNotification = (db: Reader): number =>
  db
    .select({ id: max(notification.id) })
    .from(notification)
    .get()?.id ?? 0

/** Their own, where they may read them, and what is told to everyone since they came. */
export function visibleTo(actor: Actor): SQL | undefined {
  const alone = inArray(notification.event, [...heardAlone(actor.roles)])
  const own = and(eq(notification.personId, actor.id), alone)
  const since = sql`${notification.at} >= (select p.created_at from person p where p.id = ${actor.id})`
  const everyones = and(
    isNull(notification.personId),
    inArray(notification.event, heardBy(actor.roles)),
    since,
  )
  return or(own, everyones)
}

/** Told on a day YYYY-MM-DD in China. */
export const onDay = (day: string): SQL | undefined =>
  and(gte(notification.at, startOfDay(day)), lt(notification.at, endOfDay(day)))

const isUnread = (actor: Actor): SQL =>
  sql`not exists (select 1 from ${notificationRead} r where r.notification_id = ${notification.id} and r.person_id = ${actor.id})`

/** How many notifications hold to a condition. */
export const countWhere = (db: Reader, where: SQL | undefined): number =>
  db.select({ rows: count() }).from(notification).where(where).get()?.rows ?? 0

type Row = typeof notification.$inferSelect

/** Notifications as the actor sees them, each with its title as it may be shown now. */
export function viewsOf(db: Reader, now: number, actor: Actor, rows: readonly Row[]): NotificationView[] {
  const publicTitle = publicTitles(db, now, rows)
  const ids = rows.map(row => row.id)
  const mine = and(eq(notificationRead.personId, actor.id), inArray(notificationRead.notificationId, ids))
  const read = new Set(
    db
      .select()
      .from(notificationRead)
      .where(mine)
      .all()
      .map(row => row.notificationId),
  )
  return rows.map(({ id, event, subject, title, at }) => ({
    id,
    event,
    subject,
    title: title ?? publicTitle.get(subject) ?? null,
    at: iso(at),
    read: read.has(id),
  }))
}

/** The titles, as they are in force now, of what was told without one, by subject. */
function publicTitles(db: Reader, now: number, rows: readonly Row[]): Map<string, string> {
  const ids = (kind: string) =>
    rows
      .filter(row => row.title === null && row.subject.startsWith(`${kind}:`))
      .map(row => Number(row.subject.slice(kind.length + 1)))
  const [entries, notices, questions] = [ids('entry'), ids('notice'), ids('question')]
  return new Map([
    ...(entries.length > 0 ? publishedRevisions(db, now, entries) : []).map(
      one => [`entry:${one.entryId}`, one.standardQuestion] as const,
    ),
    ...(notices.length > 0 ? noticesInForce(db, now, notices) : []).map(
      one => [`notice:${one.id}`, one.title] as const,
    ),
    ...[...answerTitles(db, now, questions)].map(([id, title]) => [`question:${id}`, title] as const),
  ])
}
