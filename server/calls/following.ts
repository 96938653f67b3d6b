import { and, eq } from 'drizzle-orm'
import type { NewScriptStep } from '#server/contract/script-use.ts'
import type { Reader, Tx } from '#server/platform/db/db.ts'
import { filled, noteOf } from '#server/platform/kernel/ledger.ts'
import { recordAudit } from '#server/platform/kernel/records.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { maskNumbers } from '#server/platform/text/personal.ts'
import type { Actor } from '#server/people/index.ts'
import { scriptInForce, scriptOfRevision } from '#server/scripts/index.ts'
import { ownCall } from './queries.ts'
import { scriptStep } from './tables.ts'

/**
 * Notes that the actor came to a step of a script in force in their open call. Refuses `call.not_found`, `call.over`,
 * `script.not_found`, and `script.no_such_step` for a step that the script has not, or a branch that leads there from no step of it
 * that was come to before.
 */
export function noteScriptStep(
  tx: Tx,
  now: number,
  actor: Actor,
  callId: number,
  input: NewScriptStep,
): void {
  if (ownCall(tx, actor, callId).endedAt !== null) throw new Refusal('call.over')
  const { scriptId, step, branch } = input
  const { revisionId, script } = scriptInForce(tx, now, scriptId)
  if (!script.steps.some(one => one.step === step))
    throw new Refusal('script.no_such_step', [{ path: 'body.step', message: 'is not in the script' }])
  if (branch !== undefined && !leadsTo(tx, callId, input, branch))
    throw new Refusal('script.no_such_step', [
      { path: 'body.branch', message: `does not lead to step ${step}` },
    ])
  const note = input.note === undefined ? undefined : maskNumbers(input.note)
  const row = { callId, scriptId, revisionId, step, branch, note, at: now }
  const stored = tx.insert(scriptStep).values(row).returning().get()
  const what = noteOf({ script: scriptId, revision: revisionId, step })
  recordAudit(tx, now, actor, 'script.followed', `call:${callId}`, { note: what, after: filled(stored) })
}

/** Whether a step of the script that was come to in the call has this branch, and it leads to the new one. */
function leadsTo(db: Reader, callId: number, { scriptId, step }: NewScriptStep, branch: number): boolean {
  const same = and(eq(scriptStep.callId, callId), eq(scriptStep.scriptId, scriptId))
  const come = { revisionId: scriptStep.revisionId, step: scriptStep.step }
  const rows = db.selectDistinct(come).from(scriptStep).where(same).all()
  return [...Map.groupBy(rows, row => row.revisionId)].some(([revisionId, steps]) => {
    const text = scriptOfRevision(db, revisionId)
    return steps.some(row => text.steps.find(one => one.step === row.step)?.branches[branch]?.to === step)
  })
}
