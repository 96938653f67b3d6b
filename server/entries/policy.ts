import { and, asc, desc, eq, isNull, or } from 'drizzle-orm'
import { ENTRY_KINDS, type Category, type EntryKind } from '#server/contract/lists.ts'
import type { Policy } from '#server/contract/policy.ts'
import type { Reader, Tx } from '#server/platform/db/db.ts'
import { leaveInOutbox, recordAudit } from '#server/platform/kernel/records.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { requireRole, seatsAt, type Actor } from '#server/people/index.ts'
import { revisionsInForce } from './published.ts'
import { INDEX_ENTRY, policyFaults } from './rules.ts'
import { policy } from './upkeep-tables.ts'

/** What holds where the chair has set nothing: two approvals, the owner's among them. */
const DEFAULTS: Record<EntryKind, Omit<Policy, 'kind' | 'category'>> = {
  rule: defaultsOf({ daysToDecide: 7, verifyDays: 365, fastLane: false, keepApprovals: false }),
  standard: defaultsOf({ daysToDecide: 7, verifyDays: 365, fastLane: false, keepApprovals: false }),
  answer: defaultsOf({ daysToDecide: 3, verifyDays: 180, fastLane: true, keepApprovals: true }),
  process: defaultsOf({ daysToDecide: 5, verifyDays: 270, fastLane: true, keepApprovals: true }),
  script: defaultsOf({ daysToDecide: 5, verifyDays: 180, fastLane: false, keepApprovals: true }),
  step: defaultsOf({ daysToDecide: 7, verifyDays: 365, fastLane: false, keepApprovals: false }),
}

function defaultsOf(own: Pick<Policy, 'daysToDecide' | 'verifyDays' | 'fastLane' | 'keepApprovals'>) {
  const hide = { hideOverdue: false, hideSuperseded: false }
  return { departments: [], minimum: 2, ...hide, feedbackWarning: 3, feedbackDays: 5, ...own }
}

/** Whatever is said on the safety of people, the safety department answers for (domain.md §3.3). */
const SAFETY: Category = '供电安全'

/**
 * The policy for a kind and category: its own, else the kind's, else the default. Only a policy of its own takes the
 * safety department out of what is said on safety.
 */
export function policyFor(db: Reader, kind: EntryKind, category: Category): Policy {
  const fitting = and(eq(policy.kind, kind), or(eq(policy.category, category), isNull(policy.category)))
  const rows = db.select().from(policy).where(fitting).orderBy(desc(policy.id)).all()
  const own = rows.find(row => row.category === category)
  if (own) return policyOf(own)
  const general = rows.find(row => row.category === null)
  const found: Policy = general ? policyOf(general) : { kind, category: null, ...DEFAULTS[kind] }
  const departments = category === SAFETY ? [...new Set([...found.departments, 'safety'])] : found.departments
  return { ...found, departments }
}

/** What holds now: each kind's own policy and each that was set for a category. */
export function policies(db: Reader): Policy[] {
  const latest = new Map<string, Policy>(
    ENTRY_KINDS.map(kind => [`${kind} `, { kind, category: null, ...DEFAULTS[kind] }]),
  )
  for (const row of db.select().from(policy).orderBy(asc(policy.id)).all())
    latest.set(`${row.kind} ${row.category ?? ''}`, policyOf(row))
  return [...latest.values()]
}

/** Sets a policy. Only the chair may; one that could never be met is refused with the reasons. */
export function setPolicy(tx: Tx, now: number, actor: Actor, input: Policy): void {
  requireRole(actor, 'chair')
  const faults = policyFaults(input, seatsAt(tx, now))
  if (faults.length > 0) throw new Refusal('policy.unreachable', faults)
  const before = policies(tx).find(one => one.kind === input.kind && one.category === input.category)
  tx.insert(policy)
    .values({ ...input, personId: actor.id, at: now })
    .run()
  const told = { note: JSON.stringify(input), before, after: input }
  recordAudit(tx, now, actor, 'policy.set', `policy:${input.kind}:${input.category ?? ''}`, told)
  reindex(tx, now, input.kind)
}

/** What a policy hides or shows again changes what the index must hold. */
function reindex(tx: Tx, now: number, kind: EntryKind): void {
  for (const one of revisionsInForce(tx, now))
    if (one.kind === kind) leaveInOutbox(tx, now, INDEX_ENTRY, String(one.entryId))
}

/** What a row sets, without who set it and when. */
export const policyOf = ({
  id: _id,
  personId: _person,
  at: _at,
  ...row
}: typeof policy.$inferSelect): Policy => row
