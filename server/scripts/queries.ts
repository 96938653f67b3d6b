import type { ScriptView } from '#server/contract/script-views.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { publishedEntry, publishedRevisions } from '#server/entries/index.ts'
import type { Actor } from '#server/people/index.ts'
import { quotesOf, quoteViews } from './quotes.ts'
import { readBody } from './read-body.ts'

/** A script in force; refuses `script.not_found` for anything else, to everyone alike. */
export function publishedScript(db: Reader, now: number, actor: Actor, id: number): ScriptView {
  const [found] = publishedRevisions(db, now, [id])
  const script = found?.kind === 'script' ? readBody(found.body) : undefined
  if (!found || !script || Array.isArray(script)) throw new Refusal('script.not_found')
  const { title, category, topic, similarQuestions, scope, labels, owner, ...entry } = publishedEntry(
    db,
    now,
    actor,
    id,
  )
  const { publishedAt, validUntil, verifyBy, approvedBy, revision } = entry
  const filed = {
    id,
    revisionId: found.revisionId,
    revision,
    title,
    category,
    topic,
    similarQuestions,
    scope,
    labels,
    owner,
  }
  const standing = { publishedAt, validUntil, verifyBy, approvedBy }
  return { ...script, ...filed, ...standing, quotes: quoteViews(db, now, quotesOf(script)), readSeconds: [] }
}
