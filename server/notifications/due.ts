import { and, asc, eq, gt, isNotNull, isNull, lte, sql } from 'drizzle-orm'
import type { NotificationEvent } from '#server/contract/lists.ts'
import { write, type Db, type Reader, type Tx } from '#server/platform/db/db.ts'
import { DAY, HOUR } from '#server/platform/kernel/clock.ts'
import { leaveInOutbox, readSetting, writeSetting } from '#server/platform/kernel/records.ts'
import { latestVerifications, revisionsInForce, startOfDay } from '#server/entries/index.ts'
import { actorById, person } from '#server/people/index.ts'
import { review, reviewEnd } from '#server/reviews/index.ts'
import { chinaDay } from '#server/sources/index.ts'
import { MAIL, pruneNotifications, tell } from './commands.ts'
import { digest } from './digest.ts'
import { notification } from './tables.ts'

/** How long (days) before an entry must be verified its owner is told: it may be hidden from that day on. */
const DAYS_AHEAD = 7
/** How many reviews are told of at a time; the others follow with the next look. */
const BATCH = 100

/** When in the day (ms after midnight in China) the digest of the day before is mailed. */
const DIGEST_AT = 8 * HOUR

const LOOKED = 'verification_looked_on'
const MAILED = 'digest_mailed_on'
const PRUNED = 'notifications_pruned_on'

/**
 * Tells what has come due by the clock alone. Each is told once, however often it is looked for; what is still undone
 * when the notification was taken away for its age is told once more.
 */
export function tellWhatIsDue(db: Db, now: number, mails: boolean): void {
  tellOfReviews(db, now, 'review.due', [now, now + DAY], mails)
  tellOfReviews(db, now, 'review.overdue', [0, now], mails)
  onceADay(db, now, LOOKED, tx => tellOfVerifications(tx, now, mails))
  onceADay(db, now, PRUNED, tx => pruneNotifications(tx, now))
  if (mails && now >= startOfDay(chinaDay(now)) + DIGEST_AT)
    onceADay(db, now, MAILED, tx => leaveDigests(tx, now))
}

/** Does `work` at the first look of a day in China; `setting` keeps the day. */
function onceADay(db: Db, now: number, setting: string, work: (tx: Tx) => void): void {
  const today = chinaDay(now)
  if (readSetting(db, setting) === today) return
  write(db, tx => {
    work(tx)
    writeSetting(tx, setting, today)
  })
}

function tellOfReviews(db: Db, now: number, event: NotificationEvent, due: Due, mails: boolean): void {
  const ids = untold(db, event, due)
  if (ids.length === 0) return
  write(db, tx => {
    for (const id of ids) tell(tx, now, event, `review:${id}`, mails)
  })
}

/** The time (ms) after which and until which something is due. */
type Due = readonly [after: number, until: number]

/** Reviews still open that are due in a time and of which nobody was told the event. */
function untold(db: Reader, event: NotificationEvent, [after, until]: Due): number[] {
  const nobody = sql`not exists (
    select 1 from ${notification} n where n.subject = 'review:' || ${review.id} and n.event = ${event})`
  return db
    .select({ id: review.id })
    .from(review)
    .leftJoin(reviewEnd, eq(reviewEnd.reviewId, review.id))
    .where(and(isNull(reviewEnd.reviewId), gt(review.dueAt, after), lte(review.dueAt, until), nobody))
    .orderBy(asc(review.dueAt))
    .limit(BATCH)
    .all()
    .map(row => row.id)
}

/** Looks through all that is in force, also what a policy hides from agents by then: its owners must know. */
function tellOfVerifications(tx: Tx, now: number, mails: boolean): void {
  for (const entryId of entriesToVerify(tx, now)) tell(tx, now, 'verification.due', `entry:${entryId}`, mails)
}

function entriesToVerify(db: Reader, now: number): number[] {
  const all = revisionsInForce(db, now)
  const verified = latestVerifications(
    db,
    all.map(one => one.revisionId),
  )
  return all.flatMap(one => {
    const verifyBy = verified.get(one.revisionId)?.verifyBy ?? one.verifyBy
    const from = verifyBy === null ? Infinity : verifyBy - DAYS_AHEAD * DAY
    return from <= now && !wasTold(db, one.entryId, from) ? [one.entryId] : []
  })
}

/** Whether the owner of an entry was told since an instant that it must be verified. */
function wasTold(db: Reader, entryId: number, since: number): boolean {
  const same = and(eq(notification.subject, `entry:${entryId}`), eq(notification.event, 'verification.due'))
  const last = db
    .select({ at: sql<number | null>`max(${notification.at})` })
    .from(notification)
    .where(same)
    .get()
  return (last?.at ?? -1) >= since
}

/** One mail a person and day, of what they were told the day before; none when that was nothing. */
function leaveDigests(tx: Tx, now: number): void {
  const yesterday = chinaDay(now - DAY)
  for (const { id } of tx.select({ id: person.id }).from(person).where(isNotNull(person.email)).all()) {
    const actor = actorById(tx, id)
    if (actor && digest(tx, now, actor, yesterday).total > 0)
      leaveInOutbox(tx, now, MAIL, `digest:${id}:${yesterday}`)
  }
}
