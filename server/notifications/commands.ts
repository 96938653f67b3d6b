import { and, eq, inArray, isNotNull, lt, or } from 'drizzle-orm'
import { NOTIFICATION_EVENTS, type NotificationEvent } from '#server/contract/lists.ts'
import type { Tx } from '#server/platform/db/db.ts'
import { DAY } from '#server/platform/kernel/clock.ts'
import { leaveInOutbox, NOTIFY, recordAudit } from '#server/platform/kernel/records.ts'
import { outbox } from '#server/platform/kernel/tables.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { revisionRow } from '#server/entries/index.ts'
import { person, type Actor } from '#server/people/index.ts'
import { AUDIENCES, type Telling } from './audience.ts'
import { isVisible, unreadUpTo } from './queries.ts'
import { DAYS_KEPT, isMailedAtOnce, isToldOnce } from './rules.ts'
import { notification, notificationRead } from './tables.ts'

/** The outbox effect that sends a mail: `notification:12`, or `digest:3:2026-11-22` for a person and a day. */
export const MAIL = 'mail'

/** Tells of what an outbox row announces, and takes the row away, in one transaction: so it is told once. */
export function tellOf(tx: Tx, now: number, row: typeof outbox.$inferSelect, mails: boolean): void {
  const event = NOTIFICATION_EVENTS.find(one => row.effect === `${NOTIFY}${one}`)
  if (event) tell(tx, now, event, row.subject, mails)
  tx.delete(outbox).where(eq(outbox.id, row.id)).run()
}

/** Tells everyone whom an event concerns; where mail is sent, leaves it to be sent. */
export function tell(tx: Tx, now: number, event: NotificationEvent, subject: string, mails: boolean): void {
  for (const telling of AUDIENCES[event](tx, now, subject, idIn(subject))) {
    if (isToldOnce(event) && wasTold(tx, event, telling)) continue
    const values = { ...telling, event, at: now }
    const { id } = tx.insert(notification).values(values).returning({ id: notification.id }).get()
    if (mails && isMailedAtOnce(event) && hasAddress(tx, telling.personId))
      leaveInOutbox(tx, now, MAIL, `notification:${id}`)
  }
  if (event === 'revision.published') tellReporters(tx, now, subject, mails)
  if (event === 'revision.published' && subject.startsWith('revision:')) tellLater(tx, now, idIn(subject))
}

/** A text that takes the place of one that was reported answers the reports. */
function tellReporters(tx: Tx, now: number, subject: string, mails: boolean): void {
  const id = idIn(subject)
  const entryId = subject.startsWith('entry:') ? id : revisionRow(tx, id).entryId
  tell(tx, now, 'feedback.answered', `entry:${entryId}`, mails)
}

/** Agents hear of a revision that is not yet valid when it comes into force. */
function tellLater(tx: Tx, now: number, revisionId: number): void {
  const { validFrom, entryId } = revisionRow(tx, revisionId)
  if (validFrom !== null && validFrom > now)
    leaveInOutbox(tx, now, `${NOTIFY}revision.published`, `entry:${entryId}`, validFrom)
}

const idIn = (subject: string): number => Number(subject.split(':')[1])

function wasTold(tx: Tx, event: NotificationEvent, { personId, subject }: Telling): boolean {
  const same = and(eq(notification.subject, subject), eq(notification.event, event))
  const rows = tx.select({ personId: notification.personId }).from(notification).where(same).all()
  return rows.some(row => row.personId === personId)
}

function hasAddress(tx: Tx, personId: number | null): boolean {
  if (personId === null) return false
  return tx.select().from(person).where(eq(person.id, personId)).get()?.email != null
}

/** Notes that the actor has read a notification; twice is once. Refuses `notification.not_found`, also for another's. */
export function readOne(tx: Tx, now: number, actor: Actor, id: number): void {
  if (!isVisible(tx, actor, id)) throw new Refusal('notification.not_found')
  markRead(tx, now, actor, [id], `notification:${id}`)
}

/** Notes that the actor has read all of theirs up to and with `upTo`. */
export function readUpTo(tx: Tx, now: number, actor: Actor, upTo: number): void {
  markRead(tx, now, actor, unreadUpTo(tx, actor, upTo), `notification:${upTo}`)
}

function markRead(tx: Tx, now: number, actor: Actor, ids: readonly number[], subject: string): void {
  let changes = 0
  for (const notificationId of ids) {
    const row = { personId: actor.id, notificationId, at: now }
    changes += tx.insert(notificationRead).values(row).onConflictDoNothing().run().changes
  }
  if (changes > 0) recordAudit(tx, now, actor, 'notification.read', subject, { note: String(changes) })
}

/** Takes away what is older than it is kept, and all that was for people who have left. */
export function pruneNotifications(tx: Tx, now: number): void {
  const left = tx.select({ id: person.id }).from(person).where(isNotNull(person.leftAt))
  const { id, at, personId } = notification
  const over = or(lt(at, now - DAYS_KEPT * DAY), inArray(personId, left))
  const ids = tx.select({ id }).from(notification).where(over)
  const { notificationId, personId: readerId } = notificationRead
  tx.delete(notificationRead)
    .where(or(inArray(notificationId, ids), inArray(readerId, left)))
    .run()
  const { changes } = tx.delete(notification).where(over).run()
  if (changes > 0)
    recordAudit(tx, now, null, 'notification.pruned', 'notification', { note: String(changes) })
}
