import type {
  BehindLoop,
  BehindLoopQuery,
  LoopFigure,
  LoopFigures,
  LoopQuery,
} from '#server/contract/insight.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { iso } from '#server/platform/kernel/clock.ts'
import type { Actor } from '#server/people/index.ts'
import { runsOf, toldOf, type Run } from './loop.ts'
import { periodOf, type Period } from './periods.ts'
import { sparedBy } from './prevented.ts'
import { departmentFor } from './rights.ts'
import { ratioOf, spreadOf, weekName } from './rules.ts'

/** One question behind a figure: its time (ms), whether it was in time, or the calls it spared. */
interface Behind {
  id: number
  text: string
  department: string
  raisedAt: number
  /** The instant (ms) that says to which week it belongs. */
  at: number
  ms?: number
  inTime?: boolean
  calls?: number
}

/**
 * The figures of the loop in a period, of the actor's own department for experts. Refuses `right.missing` to whom they
 * do not concern.
 */
export function loopFigures(db: Reader, now: number, actor: Actor, query: LoopQuery): LoopFigures {
  const period = periodOf(now, query)
  const behind = behindEach(db, now, period, departmentFor(actor, query.department))
  const times = (['routed', 'answered', 'published', 'called_back'] as const).map(figure => ({
    definition: figure,
    ...cutBoth(behind[figure](), rows => spreadOf(rows.map(row => row.ms!))),
  }))
  return {
    from: period.from,
    until: period.until,
    times,
    inTime: { definition: 'answered_in_time', ...cutBoth(behind.answered_in_time(), shareInTime) },
    prevented: { definition: 'prevented', ...cutBoth(behind.prevented(), rows => ({ count: rows.length })) },
  }
}

const shareInTime = (rows: Behind[]) => ratioOf(rows.filter(row => row.inTime).length, rows.length)

/** The questions behind one figure, the slowest first, then the last raised; rights as for the figure. */
export function behindLoop(
  db: Reader,
  now: number,
  actor: Actor,
  figure: LoopFigure,
  query: BehindLoopQuery,
): BehindLoop {
  const period = periodOf(now, query)
  const rows = behindEach(db, now, period, departmentFor(actor, query.department))[figure]()
  const wanted = rows.filter(row => query.week === undefined || weekName(row.at) === query.week)
  const questions = figure === 'prevented' ? countedOnce(wanted) : wanted
  const sorted = questions.toSorted(
    (a, b) => (b.ms ?? 0) - (a.ms ?? 0) || b.raisedAt - a.raisedAt || b.id - a.id,
  )
  return {
    total: sorted.length,
    questions: sorted.slice(query.offset, query.offset + query.limit).map(row => ({
      id: row.id,
      text: row.text,
      department: row.department,
      raisedAt: iso(row.raisedAt),
      ms: row.ms ?? null,
      inTime: row.inTime ?? null,
      calls: row.calls ?? null,
    })),
  }
}

/** How each figure comes by what is behind it; only what is asked for is read. */
function behindEach(
  db: Reader,
  now: number,
  period: Period,
  department?: string,
): Record<LoopFigure, () => Behind[]> {
  let read: Run[] | undefined
  const runs = () => (read ??= runsOf(db, period, department))
  const until = (point: 'routedAt' | 'answeredAt' | 'publishedAt') => () =>
    runs().flatMap(run => (run[point] === null ? [] : [timed(run, run[point])]))
  return {
    routed: until('routedAt'),
    answered: until('answeredAt'),
    published: until('publishedAt'),
    called_back: () => toldOf(db, period, department).map(row => timed(row, row.calledBackAt!)),
    answered_in_time: () => runs().flatMap(run => judged(run, now)),
    prevented: () => sparedBy(db, period, department).map(one => ({ ...one, id: one.questionId })),
  }
}

const timed = (row: Pick<Behind, 'id' | 'text' | 'department' | 'raisedAt'>, reachedAt: number): Behind => ({
  ...row,
  at: row.raisedAt,
  ms: reachedAt - row.raisedAt,
})

/** Answered in time or not; left out while there is time left, and when no answer was due because it was refused. */
function judged(run: Run, now: number): Behind[] {
  const { id, text, department, raisedAt, dueAt, answeredAt } = run
  const isRefused = answeredAt === null && (run.state === 'refused' || run.state === 'closed')
  if (isRefused || (answeredAt === null && dueAt > now)) return []
  return [
    { id, text, department, raisedAt, at: raisedAt, inTime: answeredAt !== null && answeredAt <= dueAt },
  ]
}

function countedOnce(rows: readonly Behind[]): Behind[] {
  const counted = new Map<number, Behind>()
  for (const row of rows) counted.set(row.id, { ...row, calls: (counted.get(row.id)?.calls ?? 0) + 1 })
  return [...counted.values()]
}

/** A figure of all, of each department and of each week, in order. */
function cutBoth<F>(rows: Behind[], figureOf: (rows: Behind[]) => F) {
  const cut = (keyOf: (row: Behind) => string) =>
    [...Map.groupBy(rows, keyOf)].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return {
    all: figureOf(rows),
    departments: cut(row => row.department).map(([department, some]) => ({
      department,
      figure: figureOf(some),
    })),
    weeks: cut(row => weekName(row.at)).map(([week, some]) => ({ week, figure: figureOf(some) })),
  }
}
