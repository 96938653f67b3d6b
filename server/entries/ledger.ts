import { asc, eq } from 'drizzle-orm'
import type { Reader } from '#server/platform/db/db.ts'
import { contentHash } from '#server/platform/kernel/chain.ts'
import { iso, isoOrNull } from '#server/platform/kernel/clock.ts'
import { noteOf, rowHash, type Fact, type Ledger } from '#server/platform/kernel/ledger.ts'
import { contentOf } from './content.ts'
import { policyOf } from './policy.ts'
import { approval, publication, publicationEnd, retirement, revision } from './tables.ts'
import { entryTask, entryTaskEnd, policy, verification } from './upkeep-tables.ts'

/** Entries on the trail: texts, what put them in force and out of it, policies, tasks and verifications. */
export const entryLedger: Ledger = {
  tells: {
    'revision.written': ({ after }, note) => [[`revision:${note.get('revision')}`, after]],
    'revision.saved': ({ subject, after }) => [[subject, after]],
    'revision.published': ({ at, after }, note) => [
      [`revision:${note.get('revision')}`, after],
      [publicationOf(Number(note.get('revision')), at, note.get('until')), note.get('approvals') ?? null],
    ],
    'review.fast_lane': ({ after }, note) => [
      [`reason of the fast lane of revision:${note.get('revision')}`, after],
    ],
    'publication.ended': ({ at }, note) => [[`fast lane of revision:${note.get('revision')}`, String(at)]],
    'entry.retired': ({ subject, at, after }) => [[`retirement of ${subject} at ${at}`, after]],
    'entry.verified': ({ after }, note) => [[`verification:${note.get('verification')}`, after]],
    'task.opened': ({ after }, note) => [[`task:${note.get('task')}`, after]],
    'task.ended': ({ after }, note) => [[`end of task:${note.get('task')}`, after]],
    'policy.set': ({ subject, after }) => [[subject, after]],
  },
  *holds(db) {
    for (const { id } of db.select({ id: revision.id }).from(revision).all())
      yield [`revision:${id}`, contentHash(contentOf(db, id))]
    yield* publications(db)
    for (const row of db.select().from(retirement).all())
      yield [`retirement of entry:${row.entryId} at ${row.at}`, rowHash(row)]
    for (const row of db.select().from(verification).all()) yield [`verification:${row.id}`, rowHash(row)]
    for (const row of db.select().from(entryTask).all()) yield [`task:${row.id}`, rowHash(row)]
    for (const row of db.select().from(entryTaskEnd).all()) yield [`end of task:${row.taskId}`, rowHash(row)]
    yield* policiesSet(db)
  },
}

const publicationOf = (revisionId: number, at: number, until?: string): string =>
  `publication of revision:${revisionId} at ${at}${until === undefined ? '' : ` until ${until}`}`

type Approvals = readonly { department: string; personId: number | null }[]

/** What the trail notes of a publication: until when it and its text hold, and on whose word. */
export const publicationNote = (
  { id, validFrom, validUntil }: typeof revision.$inferSelect,
  until: number | null,
  approvals: Approvals,
): string =>
  noteOf({
    revision: id,
    until: isoOrNull(until),
    validFrom: isoOrNull(validFrom),
    validUntil: isoOrNull(validUntil),
    approvals: wordsOf(approvals),
  })

/** Department and person of each approval; no person stands for the founding committee. */
const wordsOf = (given: Approvals): string =>
  given.map(({ department, personId }) => `${department}/${personId ?? ''}`).join(',')

function* publications(db: Reader): Generator<Fact> {
  const rows = db
    .select({ publication, end: publicationEnd.at })
    .from(publication)
    .leftJoin(publicationEnd, eq(publicationEnd.publicationId, publication.id))
    .all()
  const given = Map.groupBy(
    db.select().from(approval).orderBy(asc(approval.id)).all(),
    row => `${row.revisionId} ${row.at}`,
  )
  for (const { publication: row, end } of rows) {
    const { revisionId, at, until } = row
    const key = `${revisionId} ${at}`
    yield [
      publicationOf(revisionId, at, until === null ? undefined : iso(until)),
      wordsOf(given.get(key) ?? []),
    ]
    given.delete(key)
    if (row.reason !== null)
      yield [`reason of the fast lane of revision:${revisionId}`, contentHash(row.reason)]
    if (end !== null) yield [`fast lane of revision:${revisionId}`, String(end)]
  }
  for (const key of given.keys()) yield [`approval of revision:${key.replace(' ', ' at ')}`, '']
}

/** The policy that holds for each kind and category: the last that was set. */
function policiesSet(db: Reader): Iterable<Fact> {
  const rows = db.select().from(policy).orderBy(asc(policy.id)).all()
  return new Map(
    rows.map(row => [`policy:${row.kind}:${row.category ?? ''}`, contentHash(policyOf(row))] as const),
  )
}
