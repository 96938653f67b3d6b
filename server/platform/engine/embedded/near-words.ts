import { isNumber } from '#server/platform/text/runs.ts'

/** A word one slip of the finger away. */
export interface NearWord {
  word: string
  /** 0 to 1: how likely it was meant. */
  likeness: number
}

const SHORTEST = 4
const LONGEST = 24
const LIKENESS = { swapped: 0.8, other: 0.6 }

/**
 * Every word that differs from a letter or digit run by two neighbours swapped, or by one character replaced, left
 * out or put in. Short ones are left alone: they have too many neighbours.
 */
export function nearWords(word: string): NearWord[] {
  if (word.length < SHORTEST || word.length > LONGEST || !/^[a-z\p{N}.]+$/u.test(word)) return []
  const alphabet = isNumber(word) ? '0123456789' : 'abcdefghijklmnopqrstuvwxyz'
  const found = new Map<string, number>()
  for (let at = 0; at < word.length - 1; at += 1) {
    found.set(word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2), LIKENESS.swapped)
  }
  for (let at = 0; at <= word.length; at += 1) {
    const before = word.slice(0, at)
    const variants = [before + word.slice(at + 1)]
    for (const letter of alphabet)
      variants.push(before + letter + word.slice(at + 1), before + letter + word.slice(at))
    for (const variant of variants) if (!found.has(variant)) found.set(variant, LIKENESS.other)
  }
  found.delete(word)
  return Array.from(found, ([near, likeness]) => ({ word: near, likeness }))
}
