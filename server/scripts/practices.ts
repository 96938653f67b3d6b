import { and, count, desc, eq } from 'drizzle-orm'
import type { NewPractice, PracticeList, PracticeQuery, PracticeView } from '#server/contract/script-use.ts'
import type { Reader, Tx } from '#server/platform/db/db.ts'
import { iso } from '#server/platform/kernel/clock.ts'
import { filled, noteOf } from '#server/platform/kernel/ledger.ts'
import { recordAudit } from '#server/platform/kernel/records.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { maskNumbers } from '#server/platform/text/personal.ts'
import { publishedRevisions, revision } from '#server/entries/index.ts'
import { person, requireAnyRole, type Actor } from '#server/people/index.ts'
import { scriptInForce } from './queries.ts'
import { practice } from './tables.ts'
import { brokenAt } from './walk.ts'

/**
 * Keeps a run through a script in force. Refuses `script.not_found`, and `script.no_such_step` for a path that the script does not
 * lead along.
 */
export function keepPractice(tx: Tx, now: number, actor: Actor, input: NewPractice): number {
  requireAnyRole(actor)
  const { scriptId, seconds, path, met } = input
  const { revisionId, script } = scriptInForce(tx, now, scriptId)
  const broken = brokenAt(script.steps, path)
  if (broken !== undefined)
    throw new Refusal('script.no_such_step', [
      { path: `body.path.${broken}`, message: 'the script does not lead there' },
    ])
  const note = input.note === undefined ? undefined : maskNumbers(input.note)
  const row = { personId: actor.id, scriptId, revisionId, seconds, path, met, note, at: now }
  const kept = tx.insert(practice).values(row).returning().get()
  const told = { note: noteOf({ script: scriptId, revision: revisionId }), after: filled(kept) }
  recordAudit(tx, now, actor, 'practice.kept', `practice:${kept.id}`, told)
  return kept.id
}

/** One's own run by its id. */
export const practiceById = (db: Reader, now: number, id: number): PracticeView =>
  viewsOf(db, now, rowsOf(db).where(eq(practice.id, id)).all())[0]!

/** Runs that were kept, the latest first: supervisors and the chair see everyone's, everybody else their own. */
export function practiceList(db: Reader, now: number, actor: Actor, query: PracticeQuery): PracticeList {
  requireAnyRole(actor)
  const seesAll = actor.roles.some(role => role === 'supervisor' || role === 'chair')
  const where = and(
    seesAll && !query.mine ? undefined : eq(practice.personId, actor.id),
    query.scriptId === undefined ? undefined : eq(practice.scriptId, query.scriptId),
  )
  const page = rowsOf(db).where(where).orderBy(desc(practice.id)).limit(query.limit).offset(query.offset)
  const total = db.select({ rows: count() }).from(practice).where(where).get()?.rows ?? 0
  return { total, practices: viewsOf(db, now, page.all()) }
}

const rowsOf = (db: Reader) =>
  db
    .select({ row: practice, person: person.name, revision: revision.number })
    .from(practice)
    .innerJoin(person, eq(person.id, practice.personId))
    .innerJoin(revision, eq(revision.id, practice.revisionId))

/** Titles are of what is in force now, as ever. */
function viewsOf(
  db: Reader,
  now: number,
  rows: ReturnType<ReturnType<typeof rowsOf>['all']>,
): PracticeView[] {
  const ids = [...new Set(rows.map(({ row }) => row.scriptId))]
  const titles = new Map(publishedRevisions(db, now, ids).map(one => [one.entryId, one.standardQuestion]))
  return rows.map(({ row: { personId: _person, revisionId: _revision, at, ...row }, ...names }) => ({
    ...row,
    ...names,
    title: titles.get(row.scriptId) ?? null,
    score: row.met.length,
    at: iso(at),
  }))
}
