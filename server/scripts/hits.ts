import { RULES } from '#server/contract/script-rules.ts'
import type { Hit, Lexicon, Role } from './lexicon.ts'
import type { Match } from './matcher.ts'
import { isDenied, isReported } from './reported.ts'
import type { Span, Speech } from './speech.ts'
import { hasGap, type Pattern } from './term.ts'

/** A term of a lexicon that stands in an utterance. */
export type Found = Omit<Match, 'pattern'> & { pattern: Pattern }

/** The terms that stand in an utterance and are neither in an exception, nor denied, nor made good by what `unless` names. */
export function guilty(speech: Speech, lexicon: Lexicon, of: (role: Role) => readonly Found[]): Hit[] {
  const parts: readonly Span[] = lexicon.scope === 'line' ? [[0, speech.text.length]] : speech.sentences
  const [except, denied, unless] = [of('except'), of('denied'), of('unless')]
  const meant = unless.filter(one => !NOT.has(speech.text[one.start - 1] ?? ''))
  const good = parts.filter(([start, end]) => meant.some(one => one.start >= start && one.end <= end))
  const left = of('terms').filter(
    hit =>
      !speech.hidden[hit.start] &&
      !speech.hidden[hit.end - 1] &&
      !except.some(one => excepts(one, hit)) &&
      !denied.some(one => denies(speech, one, hit)) &&
      !good.some(([start, end]) => hit.start >= start && hit.end <= end) &&
      !(lexicon.group in RULES && (isReported(speech, hit) || isDenied(speech, hit))),
  )
  return longest(left).map(({ start, end }) => ({ lexicon, start, end }))
}

/** What stands before a word and takes it back: “不会触电” makes nothing good. */
const NOT: ReadonlySet<string> = new Set(['不', '没', '未'])

/**
 * A wording that is a part of a longer one says what the longer one says: “我也没办法” in “您不满意我也没办法” is no evasion beside the
 * giving up. An error is a part of no warning. What only marks something said is a part of nothing.
 */
export const withoutParts = (hits: readonly Hit[]): Hit[] =>
  hits.filter(
    one => !(one.lexicon.group in RULES) || !hits.some(other => other !== one && isPartOf(one, other)),
  )

const isPartOf = (one: Hit, { lexicon, start, end }: Hit): boolean =>
  lexicon.group in RULES &&
  lexicon.group !== one.lexicon.group &&
  (lexicon.severity === 'error' || one.lexicon.severity === 'warning') &&
  start <= one.start &&
  end >= one.end &&
  end - start > one.end - one.start

/** An exception is about all of a hit, or about the words before its gap. */
const excepts = (one: Found, hit: Found): boolean =>
  one.start <= hit.start && one.end >= (hasGap(hit.pattern) ? hit.start + hit.pattern.first.length : hit.end)

/** A word denies what comes after it in its clause, and what it stands in the gap of. */
function denies(speech: Speech, one: Found, hit: Found): boolean {
  if (isRhetorical(speech, one, hit)) return false
  if (one.start < hit.start) return one.end >= hit.start || !speech.isStop(one.end, hit.start)
  return hit.gaps.some(([start, end]) => one.start >= start && one.end <= end)
}

/** Of hits that overlap, the first and longest. */
function longest(matches: readonly Found[]): Found[] {
  const kept: Found[] = []
  for (const match of matches.toSorted((a, b) => a.start - b.start || b.end - a.end))
    if (match.start >= (kept.at(-1)?.end ?? 0)) kept.push(match)
  return kept
}

/** How far after a hit the particle stands that makes a question of a denial. */
const NEAR = 4

/** “您这不是没事找事吗” denies nothing. */
const isRhetorical = ({ text }: Speech, one: Found, hit: Found): boolean =>
  one.start < hit.start &&
  text.slice(one.start, one.end).endsWith('不是') &&
  text[one.start - 1] !== '是' &&
  /^[^,。!?;]{0,4}[吗嘛]/u.test(text.slice(hit.end, hit.end + NEAR + 1))
