import { setImmediate } from 'node:timers/promises'
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { among, shedDeleted, write, type Db, type Tx } from '#server/platform/db/db.ts'
import { DAY } from '#server/platform/kernel/clock.ts'
import { recordAudit } from '#server/platform/kernel/records.ts'
import { questionPolicyOf } from './policy.ts'
import { callback, question } from './tables.ts'

/** How many are deleted in one transaction: others get to write between two. */
const BATCH = 100

/**
 * Deletes names and numbers of customers whose question was closed longer ago than the policy keeps them
 * (个人信息保护法 第19条, 第47条); those of a question that is not closed stay. Returns how many. What a crash leaves is
 * deleted by the next run.
 */
export async function purgeNumbers(db: Db, now: number): Promise<number> {
  let purged = 0
  for (;;) {
    const batch = write(db, tx => purgeBatch(tx, now))
    purged += batch
    if (batch < BATCH) break
    await setImmediate()
  }
  if (purged > 0) shedDeleted(db)
  return purged
}

/** One batch of it, with the one row of the audit trail that tells of it. Returns how many. */
export function purgeBatch(tx: Tx, now: number): number {
  const ids = expired(tx, now - questionPolicyOf(tx).keepDays * DAY)
  if (ids.length === 0) return 0
  const nothing = { sealedName: null, sealedPhone: null, last4: null, numberHash: null }
  tx.update(callback)
    .set({ ...nothing, purgedAt: now })
    .where(among(callback.id, ids))
    .run()
  recordAudit(tx, now, null, 'callback.purged', 'callbacks', { note: `${ids.length}: ${ids.join(' ')}` })
  return ids.length
}

/** Call-backs whose question was closed at `until` (ms) or before, not yet purged. */
function expired(tx: Tx, until: number): number[] {
  const lead = sql`select 1 from question l
    where l.id = coalesce(${question.leadId}, ${question.id}) and l.state = 'closed' and l.ended_at <= ${until}`
  return tx
    .select({ id: callback.id })
    .from(callback)
    .innerJoin(question, eq(question.id, callback.questionId))
    .where(and(isNull(callback.purgedAt), sql`exists (${lead})`))
    .orderBy(asc(callback.id))
    .limit(BATCH)
    .all()
    .map(row => row.id)
}
