import type { NewNotice } from '#server/contract/notice.ts'
import type { Tx } from '#server/platform/db/db.ts'
import { announce, leaveInOutbox, recordAudit, type Who } from '#server/platform/kernel/records.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { requireRole, type Actor } from '#server/people/index.ts'
import { lacksNextUpdate, timeFaults } from './rules.ts'
import { notice } from './tables.ts'

/** The outbox effect that makes the index follow a notice; the subject is its id. */
export const INDEX_NOTICE = 'index.notice'

const ms = (instant: string | undefined): number | null =>
  instant === undefined ? null : Date.parse(instant)

/**
 * Posts a notice, in force at once. Reviewers, the chair and supervisors may; everyone else is refused.
 * Refuses `notice.times_out_of_order` with the fields that fail.
 */
export function postNotice(tx: Tx, now: number, actor: Actor, input: NewNotice): number {
  requireRole(actor, 'reviewer', 'chair', 'supervisor')
  const times = {
    startsAt: Date.parse(input.startsAt),
    endsAt: Date.parse(input.endsAt),
    estimate: ms(input.estimate),
    nextUpdateAt: ms(input.nextUpdateAt),
  }
  const faults = timeFaults(times, now)
  if (lacksNextUpdate({ kind: input.kind, ...times })) {
    faults.push({
      path: 'body.nextUpdateAt',
      message: 'a fault without an estimate must say when the next word comes',
    })
  }
  if (faults.length > 0) throw new Refusal('notice.times_out_of_order', faults)
  const id = insertNotice(tx, now, actor, { ...input, ...times })
  announce(tx, now, 'notice.posted', `notice:${id}`)
  return id
}

type Row = typeof notice.$inferInsert

/** Writes a notice without asking who or when: for the demo, whose times are relative to its start. */
export function insertNotice(
  tx: Tx,
  now: number,
  who: Who,
  row: Omit<Row, 'id' | 'postedAt' | 'postedBy'>,
): number {
  const { id } = tx
    .insert(notice)
    .values({ ...row, postedAt: now, postedBy: who?.id })
    .returning({ id: notice.id })
    .get()
  leaveInOutbox(tx, now, INDEX_NOTICE, String(id))
  recordAudit(tx, now, who, 'notice.posted', `notice:${id}`, { after: row })
  return id
}
