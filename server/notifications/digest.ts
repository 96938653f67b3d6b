import { and, desc, eq, gte, lt, max, min, type SQL } from 'drizzle-orm'
import { NOTIFICATION_EVENTS } from '#server/contract/lists.ts'
import type { Digest } from '#server/contract/notification.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { endOfDay, startOfDay } from '#server/entries/index.ts'
import type { Actor } from '#server/people/index.ts'
import { chinaDay } from '#server/sources/index.ts'
import { countWhere, onDay, viewsOf, visibleTo } from './queries.ts'
import { notification } from './tables.ts'

/** How many of a group the digest shows. */
const SHOWN = 20

/** What the actor was told on a day (YYYY-MM-DD, in China), grouped by event in the order of their list. */
export function digest(db: Reader, now: number, actor: Actor, day: string): Digest {
  const ofDay = and(visibleTo(actor), onDay(day))
  const groups = NOTIFICATION_EVENTS.flatMap(event => {
    const where = and(ofDay, eq(notification.event, event))
    const count = countWhere(db, where)
    if (count === 0) return []
    const rows = db.select().from(notification).where(where).orderBy(desc(notification.id)).limit(SHOWN).all()
    return [{ event, count, notifications: viewsOf(db, now, actor, rows) }]
  })
  const total = groups.reduce((sum, group) => sum + group.count, 0)
  return { day, ...neighbours(db, actor, day), total, groups }
}

/** The nearest days before and after one on which the actor was told anything. */
function neighbours(db: Reader, actor: Actor, day: string): Pick<Digest, 'earlier' | 'later'> {
  const { at } = notification
  const nearest = (when: SQL<number | null>, where: SQL): string | null => {
    const found = db
      .select({ at: when })
      .from(notification)
      .where(and(visibleTo(actor), where))
      .get()
    return found?.at == null ? null : chinaDay(found.at)
  }
  return {
    earlier: nearest(max(at), lt(at, startOfDay(day))),
    later: nearest(min(at), gte(at, endOfDay(day))),
  }
}
