import type { ScriptView } from '#server/contract/script-views.ts'
import type { ScriptText } from '#server/contract/script.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import {
  publishedRevisions,
  revisionRow,
  standingBeside,
  type PublishedRevision,
} from '#server/entries/index.ts'
import { requireAnyRole, type Actor } from '#server/people/index.ts'
import { guidesInForce, profileOf } from './method.ts'
import { quotesOf, quoteViews } from './quotes.ts'
import { readBody } from './read-body.ts'
import { readSeconds as secondsToRead } from './reading.ts'

/** A script in force with its steps; refuses `script.not_found` for anything else, to everyone alike. */
export function scriptInForce(
  db: Reader,
  now: number,
  id: number,
): PublishedRevision & { script: ScriptText } {
  const [found] = publishedRevisions(db, now, [id])
  const script = found?.kind === 'script' ? readBody(found.body) : undefined
  if (!found || !script || Array.isArray(script)) throw new Refusal('script.not_found')
  return { ...found, script }
}

/** The steps of a revision that was in force as a script, whatever its standing now. */
export function scriptOfRevision(db: Reader, revisionId: number): ScriptText {
  const script = readBody(revisionRow(db, revisionId).body)
  if (Array.isArray(script)) throw new Error(`revision ${revisionId} is no script`)
  return script
}

/** A script in force as it is read and followed; refuses `script.not_found` for anything else, to everyone alike. */
export function publishedScript(db: Reader, now: number, actor: Actor, id: number): ScriptView {
  requireAnyRole(actor)
  const { script, ...found } = scriptInForce(db, now, id)
  const { standardQuestion: title, topic, revisionId } = found
  const { basis: _basis, verifiedAt: _verifiedAt, ...standing } = standingBeside(db, now, found)
  const quotes = quoteViews(db, now, quotesOf(script))
  const says = new Map(quotes.map(quote => [quote.ref, quote.say ?? '']))
  const { charactersAMinute } = profileOf(guidesInForce(db, now))
  const readSeconds = script.steps.map(one => ({
    step: one.step,
    seconds: secondsToRead(one, charactersAMinute, ref => says.get(ref) ?? ''),
  }))
  return { ...script, id, revisionId, title, topic, ...standing, quotes, readSeconds }
}
