import { and, asc, desc, eq } from 'drizzle-orm'
import type { FollowedStep } from '#server/contract/script-use.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { iso } from '#server/platform/kernel/clock.ts'
import { revision } from '#server/entries/index.ts'
import { scriptInForce } from '#server/scripts/index.ts'
import { scriptStep } from './tables.ts'

const MAX_ROWS = 200

/** What was followed in a call, in order, with the number of each revision, at most 200 steps. */
export const followedIn = (db: Reader, callId: number): FollowedStep[] =>
  db
    .select({ row: scriptStep, revision: revision.number })
    .from(scriptStep)
    .innerJoin(revision, eq(revision.id, scriptStep.revisionId))
    .where(eq(scriptStep.callId, callId))
    .orderBy(asc(scriptStep.id))
    .limit(MAX_ROWS)
    .all()
    .map(({ row: { scriptId, step, branch, note, at }, revision: number }) => ({
      scriptId,
      revision: number,
      step,
      branch,
      note,
      at: iso(at),
    }))

/** The revision of a script that was followed last in a call, else the one in force. Refuses `script.not_found`. */
export function scriptRevisionFor(db: Reader, now: number, callId: number, scriptId: number): number {
  const same = and(eq(scriptStep.callId, callId), eq(scriptStep.scriptId, scriptId))
  const last = db.select().from(scriptStep).where(same).orderBy(desc(scriptStep.id)).get()
  return last?.revisionId ?? scriptInForce(db, now, scriptId).revisionId
}
