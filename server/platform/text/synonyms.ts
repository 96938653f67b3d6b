import { fold } from './fold.ts'

/** A phrase of a text that has synonyms, `[start, end)` in folded units. */
export interface SynonymMatch {
  start: number
  end: number
  /** Folded phrases that mean the same, without the one found. */
  others: readonly string[]
}

/** Groups of folded phrases that mean the same, ready to be found in a text. */
export interface Synonyms {
  /** Every phrase, folded, with the others of its groups. */
  phrases: ReadonlyMap<string, readonly string[]>
  /** The longest known phrase at each place of a folded text, left to right, not overlapping. */
  findIn(text: string): SynonymMatch[]
}

/** Prepares groups of phrases. A phrase in two groups has the others of both. */
export function createSynonyms(groups: readonly (readonly string[])[]): Synonyms {
  const others = new Map<string, Set<string>>()
  for (const group of groups) {
    const phrases = group.map(phrase => fold(phrase).text.trim()).filter(phrase => phrase !== '')
    for (const phrase of phrases) {
      const known = others.get(phrase) ?? new Set()
      for (const other of phrases) if (other !== phrase) known.add(other)
      others.set(phrase, known)
    }
  }
  const longest = new Map<number, number>()
  for (const phrase of others.keys()) {
    const first = phrase.charCodeAt(0)
    longest.set(first, Math.max(phrase.length, longest.get(first) ?? 0))
  }
  const phrases = new Map(Array.from(others, ([phrase, same]) => [phrase, [...same]]))
  return { phrases, findIn: text => findPhrases(text, phrases, longest) }
}

/** `longest`: the length of the longest phrase that begins with a character, by UTF-16 unit. */
function findPhrases(
  text: string,
  phrases: Synonyms['phrases'],
  longest: ReadonlyMap<number, number>,
): SynonymMatch[] {
  const matches: SynonymMatch[] = []
  for (let at = 0; at < text.length;) {
    const end = phraseEnd(text, at, phrases, longest.get(text.charCodeAt(at)) ?? 0)
    if (end > at) matches.push({ start: at, end, others: phrases.get(text.slice(at, end)) ?? [] })
    at = Math.max(end, at + 1)
  }
  return matches
}

function phraseEnd(text: string, at: number, phrases: Synonyms['phrases'], longest: number): number {
  for (let end = Math.min(text.length, at + longest); end > at; end -= 1) {
    if (phrases.has(text.slice(at, end)) && !cutsWord(text, at, end)) return end
  }
  return at
}

/** Latin letters and digits count as a phrase only when nothing of the kind goes on before or after them. */
function cutsWord(text: string, start: number, end: number): boolean {
  return isWordy(text, start - 1, start) || isWordy(text, end - 1, end)
}

function isWordy(text: string, left: number, right: number): boolean {
  const before = text[left] ?? ' '
  const after = text[right] ?? ' '
  return /[\p{Script=Latin}\p{N}]/u.test(before) && /[\p{Script=Latin}\p{N}]/u.test(after)
}
