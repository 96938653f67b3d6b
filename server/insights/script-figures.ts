import { and, avg, count, desc, eq, gte, lt, sql } from 'drizzle-orm'
import { VERDICTS, type Verdict } from '#server/contract/lists.ts'
import { STEP_NUMBERS } from '#server/contract/script-lists.ts'
import type { ScriptFigures, ScriptFiguresQuery } from '#server/contract/script-use.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { call, scriptStep } from '#server/calls/index.ts'
import { lastPublication, revision, revisionRow, revisionsInForce } from '#server/entries/index.ts'
import type { Actor } from '#server/people/index.ts'
import { questionPolicyOf } from '#server/questions/index.ts'
import { practice, scriptViolation } from '#server/scripts/index.ts'
import { countedContacts, type Counted } from './fcr.ts'
import { periodOf, type Period } from './periods.ts'
import { departmentFor } from './rights.ts'
import { ratioOf } from './rules.ts'

/** The most scripts and rules of one reply. */
const MOST = 200

type Figures = ScriptFigures['scripts'][number]

/**
 * What scripts were followed and practised in a period, the most used first, at most 200, and which rules submissions broke
 * (docs/figures.md). Supervisors and the chair see all, experts the scripts of their department; refuses `right.missing` to others.
 */
export function scriptFigures(
  db: Reader,
  now: number,
  actor: Actor,
  query: ScriptFiguresQuery,
): ScriptFigures {
  const department = departmentFor(actor, undefined)
  const period = periodOf(now, query)
  const uses = usesOf(db, period)
  const practices = practicesOf(db, period)
  const known = namesOf(db, now, [...new Set([...uses.keys(), ...practices.keys()])])
  const counted = countedContacts(db, now, period, questionPolicyOf(db).repeatDays)
  const alone = new Map(counted.fcr_no_repeat_48h.map(one => [one.callId, one]))
  const scripts = [...known]
    .filter(([, { owner }]) => department === undefined || owner === department)
    .map(([scriptId, { title }]): Figures => ({
      scriptId,
      title,
      ...figuresOfUses(uses.get(scriptId) ?? [], alone),
      ...(practices.get(scriptId) ?? { practices: 0, averageScore: null }),
    }))
    .toSorted((a, b) => b.uses - a.uses || b.practices - a.practices || a.scriptId - b.scriptId)
  const { from, until } = period
  return { from, until, scripts: scripts.slice(0, MOST), violations: violationsOf(db, period, department) }
}

/** One call in which a script was followed: the last word on it, and the steps it came to. */
interface Use {
  callId: number
  verdict: Verdict | null
  steps: number[]
}

/** The uses of each script in the calls begun in a period. */
function usesOf(db: Reader, { start, end }: Period): Map<number, Use[]> {
  const verdict = sql<Verdict | null>`(
    select o.verdict from call_outcome o where o.call_id = ${call.id} order by o.id desc limit 1)`
  const { scriptId, callId, step } = scriptStep
  const rows = db
    .select({ scriptId, callId, verdict, steps: sql<string>`json_group_array(distinct ${step})` })
    .from(scriptStep)
    .innerJoin(call, eq(call.id, callId))
    .where(and(gte(call.startedAt, start), lt(call.startedAt, end)))
    .groupBy(scriptId, callId)
    .all()
    .map(row => ({ ...row, steps: JSON.parse(row.steps) as number[] }))
  return Map.groupBy(rows, row => row.scriptId)
}

function figuresOfUses(uses: readonly Use[], alone: ReadonlyMap<number | null, Counted>) {
  const judged = uses.flatMap(({ callId }) => alone.get(callId) ?? [])
  const outcomes = [...VERDICTS, null].map(verdict => ({
    verdict,
    calls: uses.filter(one => one.verdict === verdict).length,
  }))
  return {
    uses: uses.length,
    outcomes: outcomes.filter(one => one.calls > 0),
    fcr: ratioOf(judged.filter(one => one.counted).length, judged.length),
    reached: STEP_NUMBERS.map(step => uses.filter(one => one.steps.includes(step)).length),
  }
}

/** How often each script was practised in a period, and with what score on average. */
function practicesOf(db: Reader, { start, end }: Period) {
  const { scriptId, met, at } = practice
  const rows = db
    .select({ scriptId, practices: count(), score: avg(sql`json_array_length(${met})`) })
    .from(practice)
    .where(and(gte(at, start), lt(at, end)))
    .groupBy(scriptId)
    .all()
  return new Map(
    rows.map(row => [row.scriptId, { practices: row.practices, averageScore: Number(row.score) }]),
  )
}

/** Title and owner of scripts as they are in force, else as they were last. */
function namesOf(
  db: Reader,
  now: number,
  ids: readonly number[],
): Map<number, { title: string; owner: string }> {
  const current = new Map(revisionsInForce(db, now, ids).map(one => [one.entryId, one]))
  return new Map(
    ids.map(id => {
      const found = current.get(id) ?? revisionRow(db, lastPublication(db, id)!.revisionId)
      return [id, { title: found.standardQuestion, owner: found.ownerDepartment }]
    }),
  )
}

/** How many submissions broke each rule in a period, those of the revisions of a department when it is named. */
function violationsOf(db: Reader, { start, end }: Period, department?: string): ScriptFigures['violations'] {
  const { rule, severity, at, revisionId } = scriptViolation
  const own = department === undefined ? undefined : eq(revision.ownerDepartment, department)
  return db
    .select({ rule, severity, submissions: count() })
    .from(scriptViolation)
    .innerJoin(revision, eq(revision.id, revisionId))
    .where(and(gte(at, start), lt(at, end), own))
    .groupBy(rule, severity)
    .orderBy(desc(count()), rule)
    .limit(MOST)
    .all()
}
