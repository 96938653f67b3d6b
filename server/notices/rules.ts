import type { NoticeKind, NoticeState } from '#server/contract/lists.ts'
import type { FieldFault } from '#server/platform/kernel/refusal.ts'

export const KIND_NAMES: Record<NoticeKind, string> = {
  planned: '计划停电',
  temporary: '临时停电',
  fault: '故障停电',
  orderly: '有序用电',
  restoration: '恢复送电',
}

/** The headline: what, where, on which line. */
export const titleOf = ({
  kind,
  areas,
  line,
}: {
  kind: NoticeKind
  areas: readonly string[]
  line: string | null
}): string => [KIND_NAMES[kind], '·', areas.join('、'), line ?? ''].filter(Boolean).join(' ')

/** Where the clock stands with a notice. */
export function stateAt({ startsAt, endsAt }: { startsAt: number; endsAt: number }, at: number): NoticeState {
  if (at >= endsAt) return 'ended'
  return at < startsAt ? 'upcoming' : 'active'
}

/** Whether a notice for `areas` concerns `area`: one of the two names holds the other (东城区 and 东城区新民里). */
export const concerns = (areas: readonly string[], area: string): boolean => {
  const asked = area.normalize('NFKC').replace(/\s/gu, '')
  return (
    asked !== '' &&
    areas.some(one => one.includes(asked) || asked.includes(one.normalize('NFKC').replace(/\s/gu, '')))
  )
}

type Times = { startsAt: number; endsAt: number; estimate: number | null; nextUpdateAt: number | null }

/** What is wrong with the times of a new notice at `now`: domain.md §3.4 (end after start, estimate not in the past). */
export function timeFaults({ startsAt, endsAt, estimate, nextUpdateAt }: Times, now: number): FieldFault[] {
  const faults: FieldFault[] = []
  if (endsAt <= startsAt) faults.push({ path: 'body.endsAt', message: 'must be after startsAt' })
  if (endsAt <= now) faults.push({ path: 'body.endsAt', message: 'must be in the future' })
  if (estimate !== null && estimate < now)
    faults.push({ path: 'body.estimate', message: 'must not be in the past' })
  if (nextUpdateAt !== null && nextUpdateAt < now)
    faults.push({ path: 'body.nextUpdateAt', message: 'must not be in the past' })
  return faults
}

/** A fault without an estimate must promise its next word (domain.md §3.4). */
export const lacksNextUpdate = ({
  kind,
  estimate,
  nextUpdateAt,
}: {
  kind: NoticeKind
  estimate: number | null
  nextUpdateAt: number | null
}): boolean => kind === 'fault' && estimate === null && nextUpdateAt === null
