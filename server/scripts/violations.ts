import type { Severity } from '#server/contract/script-lists.ts'
import type { Finding } from '#server/contract/script-views.ts'
import type { Tx } from '#server/platform/db/db.ts'
import { scriptViolation } from './tables.ts'

/**
 * Notes the rules that a revision broke when it was handed in, each once, also where the submission is refused for them: then in a
 * transaction of its own. A warning that stands with its reason breaks none.
 */
export function noteFindings(tx: Tx, now: number, revisionId: number, findings: readonly Finding[]): void {
  const broken = new Map<string, Severity>()
  for (const { rule, severity, reasoned } of findings)
    if (!reasoned && broken.get(rule) !== 'error') broken.set(rule, severity)
  for (const [rule, severity] of broken)
    tx.insert(scriptViolation).values({ revisionId, rule, severity, at: now }).run()
}
