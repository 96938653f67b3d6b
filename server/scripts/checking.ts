import type { Scope } from '#server/contract/entry.ts'
import type { CheckReply, Finding, NewCheck } from '#server/contract/script-views.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { Refusal, type FieldFault } from '#server/platform/kernel/refusal.ts'
import { plainText } from '#server/platform/markdown/render.ts'
import { lastPublication, publishedRevisions, type NewRevision } from '#server/entries/index.ts'
import { requireAnyRole, type Actor } from '#server/people/index.ts'
import type { CheckContext, QuoteFacts } from './check-context.ts'
import { checkReply, checkScript } from './checks.ts'
import { sizeFaults } from './draft-faults.ts'
import { textOfDraft } from './drafts.ts'
import { readGuide } from './guide.ts'
import type { Lexicons } from './lexicon.ts'
import { guidesInForce, profileOf, stepGuides } from './method.ts'
import { entryIdOf, quotedBy, quotesOf, quoteViews } from './quotes.ts'
import { readBody } from './read-body.ts'

/** What the checks go by at `now`: the lexicons, the method in force, and the entries that are quoted. */
export function checkContext(
  db: Reader,
  now: number,
  lexicons: Lexicons,
  more: Pick<CheckContext, 'notice' | 'whole'> & { scope?: Scope } = {},
): CheckContext {
  const guides = guidesInForce(db, now)
  const { authorityLimit, charactersAMinute } = profileOf(guides)
  const known = new Map<string, QuoteFacts | undefined>()
  const { scope, ...rest } = more
  return {
    lexicons,
    guides: new Map(stepGuides(guides).map(({ guide }) => [guide.step, guide])),
    quote: ref => {
      if (!known.has(ref)) known.set(ref, quoteFacts(db, now, ref))
      return known.get(ref)
    },
    ...(scope?.company && { company: scope.company }),
    now,
    authorityLimit,
    charactersAMinute,
    ...rest,
  }
}

function quoteFacts(db: Reader, now: number, ref: string): QuoteFacts | undefined {
  const quoted = quotedBy(ref)
  if (quoted?.kind !== 'entry') return quoted && { state: 'current', pinned: null, current: null }
  const id = entryIdOf(db, quoted.entry)
  // what was never in force is nobody's to know of
  if (id === undefined || !lastPublication(db, id)) return undefined
  const [found] = publishedRevisions(db, now, [id])
  const { pinned } = quoted
  if (!found) return { state: 'gone', pinned, current: null }
  // what a script or a guide says of itself is for authors, not for a customer's ear
  if (found.kind === 'script' || found.kind === 'step') return undefined
  const { say, body, number: current, scope } = found
  const state = current === pinned ? 'current' : 'changed'
  // most checks ask for no figure of what is quoted, and reading its Markdown takes longer than the rest of them
  const text = once(() => `${say}\n${plainText(body)}`)
  return { state, pinned, current, company: scope.company, say, text }
}

function once(make: () => string): () => string {
  let made: string | undefined
  return () => (made ??= make())
}

/** Checks what a person sent; anyone who is signed in may. Refuses `request.invalid` more than a script may hold. */
export function checked(
  db: Reader,
  now: number,
  actor: Actor,
  lexicons: Lexicons,
  asked: NewCheck,
): CheckReply {
  requireAnyRole(actor)
  const { notice, scope, whole, ...script } = asked
  const faults = sizeFaults(textOfDraft({ class: 'quality', ...script }))
  if (faults.length > 0) throw new Refusal('request.invalid', faults)
  const times = notice && { estimate: ms(notice.estimate), nextUpdateAt: ms(notice.nextUpdateAt) }
  const report = checkReply(script, checkContext(db, now, lexicons, { scope, whole, notice: times }))
  return { ...report, quotes: quoteViews(db, now, quotesOf(script)) }
}

const ms = (instant: string | null): number | null => (instant === null ? null : Date.parse(instant))

/** What a submission of a script or of a guide is refused for; and, of a script, all that the checks found. */
export interface Submitted {
  faults: FieldFault[]
  findings: Finding[]
}

/**
 * Looks at a revision that is to be submitted: a script must be readable, without an error, and every warning needs its word of
 * reason; a guide must be readable. Other kinds have nothing to look at here.
 */
export function examine(db: Reader, now: number, lexicons: Lexicons, text: NewRevision): Submitted {
  if (text.kind === 'step') return { faults: bodyFaults(readGuide(text.body)), findings: [] }
  if (text.kind !== 'script') return { faults: [], findings: [] }
  const script = readBody(text.body)
  if (Array.isArray(script)) return { faults: bodyFaults(script), findings: [] }
  const findings = checkScript(script, checkContext(db, now, lexicons, { scope: text.scope, whole: true }))
  return { faults: findings.filter(one => !one.reasoned).map(faultOf), findings }
}

const bodyFaults = (read: object | { line: number; reason: string }[]): FieldFault[] =>
  Array.isArray(read) ? read.map(({ line, reason }) => ({ path: `body.${line}`, message: reason })) : []

/** The path leads to the place: steps.5.lines.2, steps.5.branches.0.lines.1, steps.5.fields.<name>, steps.5. */
function faultOf({ step, branch, line, field, rule, severity, message }: Finding): FieldFault {
  const parts = [
    `steps.${step}`,
    ...(branch === undefined ? [] : [`branches.${branch}`]),
    ...(line === undefined ? [] : [`lines.${line}`]),
    ...(field === undefined ? [] : [`fields.${field}`]),
  ]
  return { path: parts.join('.'), message: `${severity} ${rule}: ${message}` }
}
