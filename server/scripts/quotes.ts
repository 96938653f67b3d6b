import { eq } from 'drizzle-orm'
import type { QuoteView } from '#server/contract/script-views.ts'
import type { ScriptText } from '#server/contract/script.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { entry, publishedRevisions, type PublishedRevision } from '#server/entries/index.ts'
import { linesOf } from './spoken.ts'

const QUOTE = /\[\[([^[\]]{1,80})\]\]/gu
const ENTRY = /^entry:([\w-]+)(?:@(\d{1,6}))?$/u
const NOTICE = /^notice:(\d{1,15}|active)$/u

/** What is quoted: an entry by its key or id, at a number of revision; a notice by its id, or the caller's active one. */
export type Quoted =
  | { kind: 'entry'; ref: string; entry: string; pinned: number | null }
  | { kind: 'notice'; ref: string; notice: number | 'active' }

/** What stands between [[ and ]] in a text, in order; what names nothing that can be quoted is undefined. */
export const quotesIn = (text: string): { ref: string; quoted: Quoted | undefined }[] =>
  [...text.matchAll(QUOTE)].map(([, ref = '']) => ({ ref, quoted: quotedBy(ref) }))

function quotedBy(ref: string): Quoted | undefined {
  const [, name, pinned] = ENTRY.exec(ref) ?? []
  if (name !== undefined) return { kind: 'entry', ref, entry: name, pinned: pinned ? Number(pinned) : null }
  const notice = NOTICE.exec(ref)?.[1]
  if (notice === undefined) return undefined
  return { kind: 'notice', ref, notice: notice === 'active' ? 'active' : Number(notice) }
}

/** Each quote of a script once. */
export function quotesOf(script: Pick<ScriptText, 'steps'>): Quoted[] {
  const found = new Map<string, Quoted>()
  for (const { text } of linesOf(script))
    for (const { ref, quoted } of quotesIn(text)) if (quoted) found.set(ref, quoted)
  return [...found.values()]
}

/**
 * Quotes as they stand at `now`. An entry's text is what is in force, whatever was pinned, and `state` says whether it is still what
 * was reviewed. A notice is left to whoever knows the call: its text is null here.
 */
export function quoteViews(db: Reader, now: number, quotes: readonly Quoted[]): QuoteView[] {
  const ids = new Map(
    quotes.map(one => [one.ref, one.kind === 'entry' ? entryIdOf(db, one.entry) : undefined]),
  )
  const known = [...ids.values()].filter(id => id !== undefined)
  const found = new Map(publishedRevisions(db, now, known).map(one => [one.entryId, one]))
  return quotes.map(one =>
    one.kind === 'notice' ? noticeQuote(one) : entryQuote(one, found.get(ids.get(one.ref) ?? 0)),
  )
}

const noticeQuote = ({ ref, notice }: Extract<Quoted, { kind: 'notice' }>): QuoteView => ({
  ref,
  kind: 'notice',
  id: notice === 'active' ? null : notice,
  title: null,
  say: null,
  pinned: null,
  current: null,
  state: 'current',
})

function entryQuote(
  { ref, pinned }: Extract<Quoted, { kind: 'entry' }>,
  found: PublishedRevision | undefined,
): QuoteView {
  const known = { ref, kind: 'entry' as const, pinned }
  if (!found) return { ...known, id: null, title: null, say: null, current: null, state: 'gone' }
  const { entryId: id, standardQuestion: title, say, number: current } = found
  return { ...known, id, title, say, current, state: current === pinned ? 'current' : 'changed' }
}

/** The id of an entry by what a quote calls it: its number, or the key of imported content. */
const entryIdOf = (db: Reader, name: string): number | undefined =>
  /^\d+$/u.test(name)
    ? Number(name)
    : db.select({ id: entry.id }).from(entry).where(eq(entry.key, name)).get()?.id
