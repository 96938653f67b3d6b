import type { Comparison, EntryHistory } from '#server/contract/writing.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { iso, isoOrNull } from '#server/platform/kernel/clock.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import {
  authorsOf,
  publicationsOf,
  requireWriter,
  retirementsOf,
  revisionsOf,
  type RevisionRow,
} from '#server/entries/index.ts'
import { nameOf, type Actor } from '#server/people/index.ts'
import { compareTexts } from './diff.ts'
import { roundsOf, stateOf, votesOf, type ReviewRow } from './queries.ts'
import { fieldTexts } from './text.ts'
import { withdrawalOf } from './withdrawing.ts'
import { contentFor, revisionState } from './views.ts'

/** All that happened to an entry, for those who write and review. Drafts nobody submitted are their authors' alone. */
export function entryHistory(db: Reader, now: number, actor: Actor, entryId: number): EntryHistory {
  requireWriter(actor)
  const revisions = revisionsOf(db, entryId).flatMap(row => {
    const title = contentFor(db, now, actor, row.id)?.standardQuestion
    return title === undefined ? [] : [revisionHistory(db, now, row, title)]
  })
  if (revisions.length === 0) throw new Refusal('entry.not_found')
  return {
    revisions,
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
    const content = contentFor(db, now, actor, id)
    if (!content) throw new Refusal('revision.not_found')
    return fieldTexts(db, now, content)
  })
  return { fields: compareTexts(old!, fresh!) }
}

function revisionHistory(
  db: Reader,
  now: number,
  row: RevisionRow,
  title: string,
): EntryHistory['revisions'][number] {
  const rounds = [...roundsOf(db, row.id, 'publication'), ...roundsOf(db, row.id, 'retirement')]
  return {
    id: row.id,
    number: row.number,
    title,
    state: revisionState(db, now, row.id),
    authors: authorsOf(db, row.id),
    createdAt: iso(row.createdAt),
    reviews: rounds.map(round => roundHistory(db, round)),
    publications: publicationsOf(db, row.id).map(({ at, until, reason }) => ({
      at: iso(at),
      until: isoOrNull(until),
      reason,
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
  withdrawal: withdrawalOf(db, round.id),
})
