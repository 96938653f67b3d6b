import type { Tx } from '#server/platform/db/db.ts'
import { openCallbacks } from './callback-standing.ts'
import { isSettled } from './callback-rules.ts'
import { questionRow, takeStep } from './steps.ts'

/** Closes a question that was published or refused, once every customer who wanted to hear of it was told. */
export function closeIfAllTold(tx: Tx, now: number, leadId: number): void {
  const row = questionRow(tx, leadId)
  if (!isSettled(row.state) || openCallbacks(tx, now, leadId) > 0) return
  takeStep(tx, now, null, takeStep(tx, now, null, row, 'called_back'), 'closed')
}
