import { and, asc, eq, gt, inArray, lte, or } from 'drizzle-orm'
import type { NoticeList, NoticeQuery, NoticeView } from '#server/contract/notice.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { iso, isoOrNull } from '#server/platform/kernel/clock.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { person, requireAnyRole, type Actor } from '#server/people/index.ts'
import { concerns, stateAt, titleOf } from './rules.ts'
import { notice } from './tables.ts'

/**
 * Notices as they stand `at` an instant (now when absent), the next to end first. Ended ones come only when `state`
 * or `at` asks for them.
 */
export function noticeList(db: Reader, now: number, actor: Actor, query: NoticeQuery): NoticeList {
  requireAnyRole(actor)
  const at = query.at === undefined ? now : Date.parse(query.at)
  const rows = query.state === 'ended' ? lte(notice.endsAt, at) : gt(notice.endsAt, at)
  const views = noticesWhere(db, at, rows)
    .filter(one => query.state === undefined || one.state === query.state)
    .filter(one => query.area === undefined || concerns(one.areas, query.area))
  return { total: views.length, notices: views.slice(query.offset, query.offset + query.limit) }
}

/** One notice in force or to come; refuses `notice.not_found`, also for one that has lapsed. */
export function noticeById(db: Reader, now: number, actor: Actor, id: number): NoticeView {
  requireAnyRole(actor)
  const [found] = noticesInForce(db, now, [id])
  if (!found) throw new Refusal('notice.not_found')
  return found
}

/** Notices that have not ended at `now`, all or those of `ids`: what agents may see and search may find. */
export function noticesInForce(db: Reader, now: number, ids?: readonly number[]): NoticeView[] {
  return noticesWhere(db, now, and(gt(notice.endsAt, now), ids && inArray(notice.id, [...ids])))
}

/** Those that hold at `now` for an area; none when no area is known. */
export const activeNotices = (db: Reader, now: number, area: string | undefined): NoticeView[] =>
  area === undefined
    ? []
    : noticesInForce(db, now).filter(one => one.state === 'active' && concerns(one.areas, area))

/** Ids of notices that began or lapsed by the clock alone in the time (from, to]. */
export function noticesTurnedBetween(db: Reader, from: number, to: number): number[] {
  const turned = or(
    and(gt(notice.endsAt, from), lte(notice.endsAt, to)),
    and(gt(notice.startsAt, from), lte(notice.startsAt, to)),
  )
  return db
    .select({ id: notice.id })
    .from(notice)
    .where(turned)
    .all()
    .map(row => row.id)
}

function noticesWhere(db: Reader, at: number, where: ReturnType<typeof and>): NoticeView[] {
  const rows = db
    .select({ notice, postedBy: person.name })
    .from(notice)
    .leftJoin(person, eq(person.id, notice.postedBy))
    .where(where)
    .orderBy(asc(notice.endsAt), asc(notice.id))
    .limit(1000)
    .all()
  return rows.map(row => viewOf(row.notice, row.postedBy, at))
}

function viewOf(row: typeof notice.$inferSelect, postedBy: string | null, at: number): NoticeView {
  return {
    id: row.id,
    kind: row.kind,
    title: titleOf(row),
    areas: row.areas,
    line: row.line,
    reason: row.reason,
    say: row.say,
    startsAt: iso(row.startsAt),
    endsAt: iso(row.endsAt),
    estimate: isoOrNull(row.estimate),
    nextUpdateAt: isoOrNull(row.nextUpdateAt),
    postedAt: iso(row.postedAt),
    postedBy: postedBy ?? '',
    state: stateAt(row, at),
  }
}
