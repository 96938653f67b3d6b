import { eq } from 'drizzle-orm'
import { among, type Reader } from '#server/platform/db/db.ts'
import { entry, revision, revisionsInForce, type PublishedRevision } from '#server/entries/index.ts'
import { entryIdOf, quotesOf, type Quoted } from './quotes.ts'
import { readBody } from './read-body.ts'

/** An entry that a script quotes, with the numbers of its revisions that were reviewed; null where none was named. */
export interface QuotedEntry {
  entryId: number
  pinned: (number | null)[]
}

/** The scripts in force that quote entries, also those a policy hides, each with the entries there are among what it quotes. */
export function quotingScripts(
  db: Reader,
  now: number,
): { script: PublishedRevision; quotes: QuotedEntry[] }[] {
  const scripts = db
    .selectDistinct({ id: revision.entryId })
    .from(revision)
    .where(eq(revision.kind, 'script'))
    .all()
  const found = revisionsInForce(
    db,
    now,
    scripts.map(row => row.id),
  )
  return found.flatMap(script => {
    const quotes = script.body.includes('[[entry:') ? quotedEntries(db, script.body) : []
    return quotes.length > 0 ? [{ script, quotes }] : []
  })
}

function quotedEntries(db: Reader, body: string): QuotedEntry[] {
  const script = readBody(body)
  if (Array.isArray(script)) return []
  const quoted = quotesOf(script).filter(
    (one): one is Extract<Quoted, { kind: 'entry' }> => one.kind === 'entry',
  )
  const byEntry = Map.groupBy(quoted, one => entryIdOf(db, one.entry))
  const named = [...byEntry.keys()].filter(id => id !== undefined)
  const known = db.select({ id: entry.id }).from(entry).where(among(entry.id, named)).all()
  return known.map(({ id }) => ({ entryId: id, pinned: byEntry.get(id)!.map(one => one.pinned) }))
}
