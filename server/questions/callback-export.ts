import type { Tx } from '#server/platform/db/db.ts'
import { isoOrNull } from '#server/platform/kernel/clock.ts'
import { recordAudit } from '#server/platform/kernel/records.ts'
import type { Vault } from '#server/platform/kernel/vault.ts'
import { BYTE_ORDER_MARK, csvLine } from '#server/platform/text/csv.ts'
import type { Actor } from '#server/people/index.ts'
import { requireAnyRole } from '#server/people/index.ts'
import { opened } from './callback-commands.ts'
import { openOnes, madeTries, saysOf } from './callback-queries.ts'
import type { Standing } from './callback-standing.ts'

/** The most numbers that leave the service in one file. */
const MOST = 5000

const HEADINGS = [
  '回拨编号',
  '问题编号',
  '姓名',
  '电话',
  '客户的问题',
  '口径',
  '不予答复的原因',
  '可回拨自',
  '已拨次数',
  '坐席工号',
  '坐席',
]

/**
 * The call-backs that are due, the longest waiting first and at most 5,000, as CSV for the dialler: the actor's own, or
 * with `all` everyone's for a supervisor. One whose answer is in force no more is left out, since nothing may be told.
 * The numbers leave the service, so a row of the audit trail says whose.
 */
export function exportCallbacks(tx: Tx, now: number, actor: Actor, vault: Vault, all: boolean): string {
  requireAnyRole(actor)
  const due = openOnes(tx, now, actor, { all, state: 'due' })
  const says = saysOf(tx, now, due)
  const told = due.filter(one => one.entryId === null || says.has(one.entryId)).slice(0, MOST)
  const ids = told.map(one => one.callback.id).join(' ')
  const note = `${all ? 'all' : 'own'}, ${told.length} numbers: ${ids}`
  recordAudit(tx, now, actor, 'callback.exported', 'callbacks', { note })
  return BYTE_ORDER_MARK + csvLine(HEADINGS) + told.map(one => lineOf(one, vault, says)).join('')
}

function lineOf(one: Standing, vault: Vault, says: ReadonlyMap<number, string>): string {
  const { name, phone } = opened(vault, one)
  const say = one.entryId === null ? '' : says.get(one.entryId)
  const reason = one.lead.state === 'refused' ? one.reason : ''
  return csvLine([
    one.callback.id,
    one.callback.questionId,
    name,
    phone,
    one.text,
    say,
    reason,
    isoOrNull(one.readyAt),
    madeTries(one),
    one.holder.workNo,
    one.holder.name,
  ])
}
