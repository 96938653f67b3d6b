import type { Comparison, EntryHistory } from '#server/contract/writing.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { iso, isoOrNull } from '#server/platform/kernel/clock.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import {
  authorsOf,
  publicationsOf,
  requireWriter,
  retirementsOf,
  revisionRow,
  revisionsOf,
  type RevisionRow,
} from '#server/entries/index.ts'
import { nameOf, type Actor } from '#server/people/index.ts'
import { compareTexts } from './diff.ts'
import { roundsOf, stateOf, votesOf, type ReviewRow } from './queries.ts'
import { fieldTexts } from './text.ts'
import { revisionState } from './views.ts'

/** All that happened to an entry, for those who write and review. Drafts nobody submitted are their authors' alone. */
export function entryHistory(db: Reader, now: number, actor: Actor, entryId: number): EntryHistory {
  requireWriter(actor)
  const rows = revisionsOf(db, entryId).filter(row => maySee(db, actor, row.id))
  if (rows.length === 0) throw new Refusal('entry.not_found')
  return {
    revisions: rows.map(row => revisionHistory(db, now, row)),
    retirements: retirementsOf(db, entryId).map(({ at, reason }) => ({ at: iso(at), reason })),
  }
}

/** What changed between two revisions the actor may see; refuses `revision.not_found`. */
export function compareRevisions(
  db: Reader,
  now: number,
  actor: Actor,
  before: number,
  after: number,
): Comparison {
  requireWriter(actor)
  const [old, fresh] = [before, after].map(id => {
    if (!maySee(db, actor, id)) throw new Refusal('revision.not_found')
    return fieldTexts(db, now, revisionRow(db, id))
  })
  return { fields: compareTexts(old!, fresh!) }
}

/** Whether a writer may see a revision: its authors always, others once it was submitted or published. */
function maySee(db: Reader, actor: Actor, id: number): boolean {
  const isAuthor = authorsOf(db, id).some(author => author.id === actor.id)
  return isAuthor || roundsOf(db, id, 'publication').length > 0 || publicationsOf(db, id).length > 0
}

function revisionHistory(db: Reader, now: number, row: RevisionRow): EntryHistory['revisions'][number] {
  const rounds = [...roundsOf(db, row.id, 'publication'), ...roundsOf(db, row.id, 'retirement')]
  return {
    id: row.id,
    number: row.number,
    title: row.standardQuestion,
    state: revisionState(db, now, row.id),
    authors: authorsOf(db, row.id),
    createdAt: iso(row.createdAt),
    reviews: rounds.map(round => roundHistory(db, round)),
    publications: publicationsOf(db, row.id).map(({ at, until }) => ({
      at: iso(at),
      until: isoOrNull(until),
    })),
  }
}

const roundHistory = (db: Reader, round: ReviewRow) => ({
  id: round.id,
  kind: round.kind,
  round: round.round,
  state: stateOf(db, round.id),
  opened: { name: nameOf(db, round.openedBy), at: iso(round.openedAt) },
  votes: votesOf(db, round.id).map(cast => ({ ...cast, at: iso(cast.at) })),
})
