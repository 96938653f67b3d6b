import { gramKey } from '#server/platform/text/grams.ts'
import { readingsOf, spellingOf } from '#server/platform/text/syllables.ts'
import type { TellingField } from './documents.ts'
import { soundWanted, timesHeard, type SoundWanted } from './hearing.ts'
import { plainOf } from './tokens.ts'
import type { Unit } from './units.ts'

/** A document as the server proposed it. */
export interface Proposed {
  key: string
  /** The fields that tell most, folded; in their order. */
  text: readonly string[]
  /** The weight of the heaviest sub-query that found it, 0 to 1. */
  weight: number
}

/** The worth of occurrences that together give half. */
const HALF = 1.2

/** A field, and what one occurrence in it is worth in a text of a length. */
type ReadField = TellingField & { worthOf: (length: number) => number }

/** What is looked for, once for all documents: pairs of characters at one pass, everything else by itself. */
interface Needles {
  /** The place of each token. */
  places: ReadonlyMap<string, number>
  pairs: ReadonlyMap<number, number>
  /** By character, whether a pair begins with it. */
  begins: Uint8Array
  plain: readonly { place: number; needle: string }[]
  /** First letters of syllables in a row, which only short fields are found by. */
  initials: readonly { place: number; needle: string }[]
  sounds: readonly (SoundWanted & { place: number })[]
}

/**
 * Orders what was proposed by all it gives of the query: the server can only say which combination it met, not add up.
 * What no text shows, such as a number typed wrong, is left to the server's own weight. Equals keep its order, which is
 * that of their priors.
 */
export function rescored(
  proposed: readonly Proposed[],
  units: readonly Unit[],
  fields: readonly TellingField[],
): Proposed[] {
  const needles = needlesOf(units)
  const read = fields.map((field, at) => ({ ...field, worthOf: worthOfOne(field, proposed, at) }))
  const all = units.reduce((sum, { telling }) => sum + telling, 0) || 1
  const given = proposed.map(one => {
    const impacts = impactsOf(one, needles, read)
    return units.map(unit => unit.telling * giving(unit, needles, impacts))
  })
  const hidden = units
    .filter((unit, at) => isWord(unit) && given.every(one => one[at] === 0))
    .reduce((sum, { telling }) => sum + telling, 0)
  const scored = proposed.map((one, place) => {
    const shown = (given[place] ?? []).reduce((sum, gain) => sum + gain, 0)
    return { ...one, weight: (shown + hidden * one.weight) / all }
  })
  return scored.toSorted((left, right) => right.weight - left.weight)
}

/** Whether the server forgives slips in it. */
const isWord = ({ ways }: Unit): boolean =>
  ways.some(({ tokens, open = '' }) => [...tokens, open].some(token => token.startsWith('w')))

/** What one occurrence in a field is worth, the less the longer that document's field is among those proposed. */
function worthOfOne({ weight, lengthDiscount }: TellingField, proposed: readonly Proposed[], at: number) {
  const lengths = proposed.map(({ text }) => text[at]?.length ?? 0).filter(length => length > 0)
  const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length)
  return (length: number): number =>
    weight / (1 - lengthDiscount + (lengthDiscount * length) / Math.max(1, mean))
}

/** The best of a unit's ways, each as much as its rarest token has; 0 to 1. */
function giving({ ways }: Unit, { places }: Needles, impacts: Float32Array): number {
  const given = ways.map(({ tokens, open, factor }) => {
    const parts = open === undefined ? tokens : [...tokens, open]
    return factor * Math.min(...parts.map(part => impacts[places.get(part) ?? 0] ?? 0))
  })
  return Math.max(0, ...given)
}

function impactsOf({ text }: Proposed, needles: Needles, fields: readonly ReadField[]): Float32Array {
  const sums = new Float32Array(needles.places.size)
  text.forEach((one, at) => {
    const { initials, worthOf } = fields[at]!
    const worth = worthOf(one.length)
    const add = (place: number, times: number) => (sums[place]! += worth * times)
    countPairs(one, needles, add)
    for (const { place, needle } of needles.plain) add(place, count(one, needle))
    if (initials && needles.initials.length > 0) {
      const letters = initialsOf(one)
      for (const { place, needle } of needles.initials) add(place, count(letters, needle))
    }
    if (needles.sounds.length > 0)
      timesHeard(one, needles.sounds).forEach((times, which) => add(needles.sounds[which]!.place, times))
  })
  return sums.map(sum => sum / (sum + HALF))
}

function countPairs(
  text: string,
  { begins, pairs }: Needles,
  add: (place: number, times: number) => void,
): void {
  for (let at = 0; at + 1 < text.length; at += 1) {
    if (begins[text.charCodeAt(at)] === 0) continue
    const place = pairs.get(gramKey(text.charCodeAt(at), text.charCodeAt(at + 1)))
    if (place !== undefined) add(place, 1)
  }
}

function needlesOf(units: readonly Unit[]): Needles {
  const ways = units.flatMap(unit => unit.ways)
  const opens = new Set(ways.flatMap(({ open }) => open ?? []))
  const tokens = [...new Set([...ways.flatMap(way => way.tokens), ...opens])]
  const places = new Map(tokens.map((token, place) => [token, place]))
  const of = (kind: string) => tokens.filter(token => token.startsWith(kind))
  const pairs = new Map<number, number>()
  const begins = new Uint8Array(0x10000)
  const plain = [...of('x'), ...of('w')].flatMap(token => {
    const needle = plainOf(token) ?? ''
    if (token.startsWith('w') || needle.length !== 2) return [{ place: places.get(token)!, needle }]
    pairs.set(gramKey(needle.charCodeAt(0), needle.charCodeAt(1)), places.get(token)!)
    begins[needle.charCodeAt(0)] = 1
    return []
  })
  const initials = of('i').map(token => ({ place: places.get(token)!, needle: token.slice(1) }))
  const sounds = of('s').flatMap(token => {
    const wanted = soundWanted(token, opens.has(token))
    return wanted ? [{ ...wanted, place: places.get(token)! }] : []
  })
  return { places, pairs, begins, plain, initials, sounds }
}

function initialsOf(text: string): string {
  let letters = ''
  for (let at = 0; at < text.length; at += 1)
    letters += spellingOf(readingsOf(text.charCodeAt(at))[0]?.id ?? 0)[0] ?? '|'
  return letters
}

function count(text: string, needle: string): number {
  let times = 0
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) times += 1
  return times
}
