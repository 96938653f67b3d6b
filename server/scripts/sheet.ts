import type { ApprovalView } from '#server/contract/entry.ts'
import type { ViewLabel } from '#server/contract/lists.ts'
import type { QuoteView } from '#server/contract/script-views.ts'
import type { ScriptText } from '#server/contract/script.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import {
  approvalsOfRevision,
  contentOf,
  revisionRow,
  standingBeside,
  type NewRevision,
} from '#server/entries/index.ts'
import { departments, requireAnyRole, type Actor } from '#server/people/index.ts'
import { guidesInForce, stepGuides } from './method.ts'
import { scriptInForce } from './queries.ts'
import { quotesOf, quoteViews } from './quotes.ts'
import { readBody } from './read-body.ts'

/** A script with all that stands on paper beside it. */
export interface ScriptSheet {
  entryId: number
  revision: number
  content: NewRevision
  script: ScriptText
  /** The names of the steps and of the departments, as they are now. */
  stepNames: ReadonlyMap<number, string>
  departments: ReadonlyMap<string, string>
  quotes: ReadonlyMap<string, QuoteView>
  approvedBy: ApprovalView[]
  labels: readonly ViewLabel[]
}

/**
 * The sheet of a revision that reads as `content`, its quotes as they stand at `now`. Whether its reader may read it is the caller's to
 * say. Refuses `script.not_found` for what is no script.
 */
export function sheetOf(
  db: Reader,
  now: number,
  revisionId: number,
  content: NewRevision,
  labels: readonly ViewLabel[] = [],
): ScriptSheet {
  const script = content.kind === 'script' ? readBody(content.body) : []
  if (Array.isArray(script)) throw new Refusal('script.not_found')
  const { entryId, number } = revisionRow(db, revisionId)
  return {
    entryId,
    revision: number,
    content,
    script,
    stepNames: new Map(stepGuides(guidesInForce(db, now)).map(({ guide }) => [guide.step, guide.name])),
    departments: new Map(departments(db).map(one => [one.slug, one.name])),
    quotes: new Map(quoteViews(db, now, quotesOf(script)).map(view => [view.ref, view])),
    approvedBy: approvalsOfRevision(db, revisionId),
    labels,
  }
}

/** The sheet of a script in force; refuses `script.not_found` for anything else, to everyone alike. */
export function publishedSheet(db: Reader, now: number, actor: Actor, id: number): ScriptSheet {
  requireAnyRole(actor)
  const found = scriptInForce(db, now, id)
  const { revisionId } = found
  const { labels } = standingBeside(db, now, found)
  return sheetOf(db, now, revisionId, contentOf(db, revisionId)!, labels)
}
