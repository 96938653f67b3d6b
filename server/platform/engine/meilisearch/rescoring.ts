import { gramKey } from '#server/platform/text/grams.ts'
import { readingsOf, spellingOf } from '#server/platform/text/syllables.ts'
import type { TellingField } from './documents.ts'
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

/** Where in a document a token is looked for. */
type Shape = 'text' | 'heard' | 'initials'

/** What is looked for, once for all documents: pairs of characters at one pass, everything else by itself. */
interface Needles {
  /** The place of each token. */
  places: ReadonlyMap<string, number>
  pairs: ReadonlyMap<number, number>
  /** By character, whether a pair begins with it. */
  begins: Uint8Array
  others: readonly { place: number; shape: Shape; needle: string }[]
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
  const worths = fields.map((field, at) => worthOfOne(field, proposed, at))
  const all = units.reduce((sum, { telling }) => sum + telling, 0) || 1
  const given = proposed.map(one => {
    const impacts = impactsOf(one, needles, worths)
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

function impactsOf(
  { text }: Proposed,
  { places, pairs, begins, others }: Needles,
  worths: readonly ((length: number) => number)[],
): Float32Array {
  const sums = new Float32Array(places.size)
  text.forEach((one, at) => {
    const worth = worths[at]?.(one.length) ?? 0
    for (let mark = 0; mark + 1 < one.length; mark += 1) {
      if (begins[one.charCodeAt(mark)] === 0) continue
      const place = pairs.get(gramKey(one.charCodeAt(mark), one.charCodeAt(mark + 1)))
      if (place !== undefined) sums[place]! += worth
    }
    const shapes: Partial<Record<Shape, string>> = { text: one }
    for (const { place, shape, needle } of others)
      sums[place]! += worth * count((shapes[shape] ??= SHAPES[shape](one)), needle)
  })
  return sums.map(sum => sum / (sum + HALF))
}

function needlesOf(units: readonly Unit[]): Needles {
  const ways = units.flatMap(unit => unit.ways)
  const opens = new Set(ways.flatMap(({ open }) => open ?? []))
  const tokens = [...new Set([...ways.flatMap(way => way.tokens), ...opens])]
  const pairs = new Map<number, number>()
  const begins = new Uint8Array(0x10000)
  const others = tokens.flatMap((token, place): Needles['others'] => {
    const plain = plainOf(token)
    if (token.startsWith('x') && plain?.length === 2) {
      pairs.set(gramKey(plain.charCodeAt(0), plain.charCodeAt(1)), place)
      begins[plain.charCodeAt(0)] = 1
      return []
    }
    if (plain !== undefined) return [{ place, shape: 'text', needle: plain }]
    const rest = token.slice(1)
    if (token.startsWith('i')) return [{ place, shape: 'initials', needle: rest }]
    const isWhole = !opens.has(token) && !rest.endsWith('v')
    return [{ place, shape: 'heard', needle: `v${rest}${isWhole ? 'v' : ''}` }]
  })
  return { places: new Map(tokens.map((token, place) => [token, place])), pairs, begins, others }
}

/** What a text is, sounds like, syllable by syllable between `v`s, and begins with; a bar where it has no sound. */
const SHAPES: Record<Shape, (text: string) => string> = {
  text: text => text,
  heard: text => `v${Array.from(text, mark => `${spelled(mark) || '|'}v`).join('')}`,
  initials: text => Array.from(text, mark => spelled(mark)[0] ?? '|').join(''),
}

const spelled = (mark: string): string => spellingOf(readingsOf(mark.charCodeAt(0))[0]?.id ?? 0)

function count(text: string, needle: string): number {
  let times = 0
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) times += 1
  return times
}
