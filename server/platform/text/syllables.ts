import { pinyin } from 'pinyin-pro'

/**
 * Syllables of Mandarin as callers and agents confuse them: z/zh, c/ch, s/sh, n/ng at the end, n/l at the beginning
 * and ü/u/v are one. Each confused syllable has an id from 1 up in alphabetical order, so that a prefix is a range.
 */
const FINALS: Record<string, string> = {
  '': 'a ai an ang ao e ei en eng er o ou',
  b: 'a ai an ang ao ei en eng i ian iao ie in ing o u',
  p: 'a ai an ang ao ei en eng i ian iao ie in ing o ou u',
  m: 'a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u',
  f: 'a an ang ei en eng o ou u',
  d: 'a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo',
  t: 'a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo',
  n: 'a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan uo v ve ue',
  l: 'a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan un uo v ve ue',
  g: 'a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo',
  k: 'a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo',
  h: 'a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo',
  j: 'i ia ian iang iao ie in ing iong iu u uan ue un',
  q: 'i ia ian iang iao ie in ing iong iu u uan ue un',
  x: 'i ia ian iang iao ie in ing iong iu u uan ue un',
  zh: 'a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo',
  ch: 'a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo',
  sh: 'a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo',
  r: 'an ang ao e en eng i ong ou u ua uan ui un uo',
  z: 'a ai an ang ao e ei en eng i ong ou u uan ui un uo',
  c: 'a ai an ang ao e en eng i ong ou u uan ui un uo',
  s: 'a ai an ang ao e en eng i ong ou u uan ui un uo',
  y: 'a an ang ao e i in ing o ong ou u uan ue un',
  w: 'a ai an ang ei en eng o u',
}

/** The longest syllable, in letters. */
export const LONGEST_SYLLABLE = 6

const spelled = new Set(
  Object.entries(FINALS).flatMap(([initial, finals]) => finals.split(' ').map(final => initial + final)),
)
const confused = [...new Set([...spelled].map(confuse))].toSorted()
const ids = new Map(confused.map((syllable, index) => [syllable, index + 1]))
const readings = new Map<number, readonly Reading[]>()

/** How a character may be read. */
export interface Reading {
  /** Id of the syllable, confusions folded. */
  id: number
  /** The syllable as spelled, without tone. */
  syllable: string
}

/** The id of a spelled syllable, or undefined when there is none such. */
export function syllableId(syllable: string): number | undefined {
  return spelled.has(syllable) ? ids.get(confuse(syllable)) : undefined
}

/** How the syllable of an id is spelled, confusions folded. Ids in order are spellings in order. */
export const spellingOf = (id: number): string => confused[id - 1] ?? ''

/** The ids `[first, last]` of all syllables that begin so, or undefined when none does. */
export function syllableRange(prefix: string): [number, number] | undefined {
  const start = confuse(prefix)
  const first = confused.findIndex(syllable => syllable.startsWith(start))
  const last = confused.findLastIndex(syllable => syllable.startsWith(start))
  return first < 0 ? undefined : [first + 1, last + 1]
}

/** The readings of a character (UTF-16 unit), the usual one first, at most three; empty when it has none. */
export function readingsOf(unit: number): readonly Reading[] {
  const known = readings.get(unit)
  if (known) return known
  const found = lookUp(String.fromCharCode(unit))
  readings.set(unit, found)
  return found
}

function lookUp(character: string): Reading[] {
  if (!/\p{Script=Han}/u.test(character)) return []
  const found: Reading[] = []
  for (const syllable of pinyin(character, { multiple: true, toneType: 'none', type: 'array', v: true })) {
    const id = syllableId(syllable)
    if (id !== undefined && found.length < 3 && !found.some(other => other.id === id))
      found.push({ id, syllable })
  }
  return found
}

function confuse(syllable: string): string {
  return syllable
    .replace(/^([zcs])h/u, '$1')
    .replace(/^l/u, 'n')
    .replace(/v/u, 'u')
    .replace(/ng$/u, 'n')
}
