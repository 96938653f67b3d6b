import type { AuditQuery } from '#server/contract/audit.ts'
import type { Tx } from '#server/platform/db/db.ts'
import { auditHead, recordAudit } from '#server/platform/kernel/records.ts'
import { requireRole, type Actor } from '#server/people/index.ts'

/** Notes that the audit trail is taken out of the service. Admins only. Returns the last row it may hold: its own. */
export function beginExport(tx: Tx, now: number, actor: Actor, query: AuditQuery): number {
  requireRole(actor, 'admin')
  recordAudit(tx, now, actor, 'audit.exported', 'audit', { note: JSON.stringify(query) })
  return auditHead(tx)?.length ?? 0
}
