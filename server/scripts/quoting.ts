import { and, eq, sql } from 'drizzle-orm'
import { among, type Reader } from '#server/platform/db/db.ts'
import { entry, revision, revisionsInForce, type PublishedRevision } from '#server/entries/index.ts'
import { entryIdOf, quotesOf, type Quoted } from './quotes.ts'
import { readBody } from './read-body.ts'

/** An entry that a script quotes, with the numbers of its revisions that were reviewed; null where none was named. */
export interface QuotedEntry {
  entryId: number
  pinned: (number | null)[]
}

/**
 * The scripts in force that quote one of the entries `changed` or are themselves among them, also those a policy hides, each with
 * the entries there are among what it quotes. Only these are read as scripts: there may be thousands of others.
 */
export function quotingScripts(
  db: Reader,
  now: number,
  changed: ReadonlySet<number>,
): { script: PublishedRevision; quotes: QuotedEntry[] }[] {
  return revisionsInForce(db, now, scriptsNaming(db, changed)).flatMap(script => {
    const quotes = quotedEntries(db, script.body)
    return quotes.length > 0 ? [{ script, quotes }] : []
  })
}

/** How a quote of an entry begins, up to what it calls the entry. */
const NAMED = /\[\[entry:([\w-]+)/gu

/** Ids of the scripts any revision of which names one of the entries, and of those that are among them. */
function scriptsNaming(db: Reader, changed: ReadonlySet<number>): number[] {
  const keys = db
    .select({ key: entry.key })
    .from(entry)
    .where(among(entry.id, [...changed]))
    .all()
  const names = new Set([...[...changed].map(String), ...keys.flatMap(row => row.key ?? [])])
  const isNamed = (body: string) =>
    [...body.matchAll(NAMED)].some(([, name = '']) =>
      names.has(/^\d+$/u.test(name) ? String(Number(name)) : name),
    )
  const found = new Set<number>()
  const { kind, body, entryId } = revision
  const quoting = and(eq(kind, 'script'), sql`instr(${body}, '[[entry:') > 0`)
  for (const row of db.select({ id: entryId, body }).from(revision).where(quoting).all())
    if (changed.has(row.id) || isNamed(row.body)) found.add(row.id)
  return [...found]
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
