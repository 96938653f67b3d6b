import { VERDICTS } from '#server/contract/lists.ts'
import { DAY, HOUR } from '#server/platform/kernel/clock.ts'
import type { TestApp } from '../support/app.ts'
import { publishScript } from '../support/scripting.ts'
import { addCall, addCallback, addQuestion, newestOf } from './rows.ts'

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Distances at which a window ends, or does just not. */
const EDGES = [0, 1, 48 * HOUR - 1, 48 * HOUR, 7 * DAY - 1, 7 * DAY, 7 * DAY + 1]

/**
 * A month of calls up to the clock's now and some weeks before: few customers who call often, many who call once, calls
 * without number, with an account only, with several outcomes, and repeats across midnight and at the windows' edges.
 */
export function addMonth(t: TestApp, seed: number, calls: number): void {
  const next = random(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!
  const entries = ['停电赔偿', '电费发票', '充电桩报装', '表箱'].map(topic => t.build.entry({ topic }))
  const scripts = ['停电赔偿', '停电投诉'].map(topic => publishScript(t, { topic }))
  let last: { at: number; callerHash: string | undefined; topic: string | undefined } | undefined
  for (let n = 0; n < calls; n++) {
    const isRepeat = last !== undefined && next() < 0.2
    const at = isRepeat ? last!.at + pick(EDGES) : t.clock.now - Math.floor(next() * 45 * DAY)
    const callerHash = isRepeat
      ? last!.callerHash
      : next() < 0.8
        ? `c${Math.floor(next() ** 2 * 900)}`
        : undefined
    const accountHash = next() < 0.4 ? `a${Math.floor(next() * 300)}` : undefined
    const topic = isRepeat ? last!.topic : next() < 0.6 ? pick(['停电赔偿', '电费发票']) : undefined
    const outcomes = Array.from(
      { length: pick([0, 1, 1, 1, 1, 2, 3]) },
      (): [(typeof VERDICTS)[number], number?, number?] => [
        pick(VERDICTS),
        next() < 0.7 ? pick(entries) : undefined,
        next() < 0.2 ? pick(scripts) : undefined,
      ],
    )
    const queries = next() < 0.7 ? ['停电'] : []
    const followed = next() < 0.2 ? [1, 5].map((step): [number, number] => [pick(scripts), step]) : []
    const id = addCall(t, { at, callerHash, accountHash, topic, outcomes, queries, followed })
    last = { at, callerHash, topic }
    if (next() < 0.1) addAsking(t, next, id, at, entries[0]!)
  }
}

function addAsking(t: TestApp, next: () => number, callId: number, raisedAt: number, entryId: number): void {
  const questionId = addQuestion(t, { callId, raisedAt })
  if (next() < 0.3) return
  const revisionId = next() < 0.8 ? newestOf(t, entryId) : undefined
  const tries = Array.from({ length: 1 + Math.floor(next() * 3) }, (_, n) => ({
    result: next() < 0.6 ? ('reached' as const) : ('not_reached' as const),
    at: raisedAt + Math.floor((n + next()) * 2 * DAY),
    solved: next() < 0.5 ? next() < 0.7 : undefined,
    revisionId,
  }))
  addCallback(t, questionId, tries)
}
