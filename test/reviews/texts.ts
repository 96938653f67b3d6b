import type { DraftText } from '#server/contract/writing.ts'
import { HOUR, iso } from '#server/platform/kernel/clock.ts'
import { DRAFT, POLICY } from '../support/committee.ts'
import { DEPARTMENTS, pick } from './cast.ts'

/** Text number `text`, which nobody wrote before, as the model and as the service take it. */
export function textOf(text: number, now: number, how: number) {
  const validFrom = how % 4 === 0 ? now + 9 * HOUR : 0
  const validUntil = how % 5 === 0 ? now + 70 * HOUR : Infinity
  const owner = pick(DEPARTMENTS, how >> 1)!
  const category = how % 6 === 0 ? ('供电安全' as const) : ('供电可靠' as const)
  const payload: DraftText = {
    ...(DRAFT as DraftText),
    category,
    ownerDepartment: owner,
    standardQuestion: `停电口径${text}号？`,
    similarQuestions: [`口径${text}号`],
    say: `口径${text}号。`,
    body: `口径${text}号。`,
    basis: how % 3 === 0 ? [{ sourceId: 3 }] : [],
    validFrom: validFrom ? iso(validFrom) : null,
    validUntil: validUntil === Infinity ? null : iso(validUntil),
  }
  return [{ text, owner, category, validFrom, validUntil }, payload] as const
}

/** A policy that can be met or, now and then, cannot. */
export const policyOf = (what: number, how: number) => ({
  ...POLICY,
  departments: DEPARTMENTS.filter((_, index) => (how >> index) % 4 === 1),
  minimum: 1 + (what % 4),
  keepApprovals: how % 2 === 0,
  verifyDays: 1 + (how % 3),
  hideOverdue: what % 5 === 0,
  hideSuperseded: what % 7 === 0,
})
