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
import { NOTIFICATION_EVENTS } from '#server/contract/lists.ts'
import type {
  Digest,
  NotificationList,
  NotificationQuery,
  NotificationView,
} from '#server/contract/notification.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { iso } from '#server/platform/kernel/clock.ts'
import { endOfDay, publishedRevisions, startOfDay } from '#server/entries/index.ts'
import { noticesInForce } from '#server/notices/index.ts'
import type { Actor } from '#server/people/index.ts'
import { answerTitles } from '#server/questions/index.ts'
import { OF_ONES_OWN, heardBy, isTitledPublicly, readsOwn } from './rules.ts'
import { notification, notificationRead } from './tables.ts'

/** How many of a group the digest shows. */
const SHOWN = 20

/** The actor's notifications, the latest first, and how many of them are unread. */
export function notificationList(
  db: Reader,
  now: number,
  actor: Actor,
  query: NotificationQuery,
): NotificationList {
  const where = and(visibleTo(actor), query.unread ? isUnread(actor) : undefined)
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

/** What the actor was told on a day (YYYY-MM-DD, in China), grouped by event in the order of their list. */
export function digest(db: Reader, now: number, actor: Actor, day: string): Digest {
  const { at, event } = notification
  const ofDay = and(visibleTo(actor), gte(at, startOfDay(day)), lt(at, endOfDay(day)))
  const groups = NOTIFICATION_EVENTS.flatMap(one => {
    const where = and(ofDay, eq(event, one))
    const total = countWhere(db, where)
    if (total === 0) return []
    const rows = db.select().from(notification).where(where).orderBy(desc(notification.id)).limit(SHOWN).all()
    return [{ event: one, count: total, notifications: viewsOf(db, now, actor, rows) }]
  })
  return { day, total: groups.reduce((sum, group) => sum + group.count, 0), groups }
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
function visibleTo(actor: Actor): SQL | undefined {
  const ownWords = readsOwn(actor.roles) ? undefined : inArray(notification.event, [...OF_ONES_OWN])
  const own = and(eq(notification.personId, actor.id), ownWords)
  const since = sql`${notification.at} >= (select p.created_at from person p where p.id = ${actor.id})`
  const everyones = and(
    isNull(notification.personId),
    inArray(notification.event, heardBy(actor.roles)),
    since,
  )
  return or(own, everyones)
}

const isUnread = (actor: Actor): SQL =>
  sql`not exists (select 1 from ${notificationRead} r where r.notification_id = ${notification.id} and r.person_id = ${actor.id})`

const countWhere = (db: Reader, where: SQL | undefined): number =>
  db.select({ rows: count() }).from(notification).where(where).get()?.rows ?? 0

type Row = typeof notification.$inferSelect

function viewsOf(db: Reader, now: number, actor: Actor, rows: readonly Row[]): NotificationView[] {
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
  return rows.map(({ id, event, subject, title, personId, at }) => ({
    id,
    event,
    subject,
    title: personId === null || isTitledPublicly(event) ? (publicTitle.get(subject) ?? null) : title,
    at: iso(at),
    read: read.has(id),
  }))
}

/** The titles, as they are in force now, of what is told to everyone or answers a question, by subject. */
function publicTitles(db: Reader, now: number, rows: readonly Row[]): Map<string, string> {
  const ids = (kind: string) =>
    rows
      .filter(row => row.personId === null || isTitledPublicly(row.event))
      .filter(row => row.subject.startsWith(`${kind}:`))
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
