import { firstOf, secondOf } from '#server/platform/text/grams.ts'
import { soundKey, soundKeys, type SyllableRange } from '#server/platform/text/sounds.ts'
import type { Segment } from './segment.ts'
import { lowerNumber, sharedUint32 } from './strings.ts'

/**
 * Says for every sound which grams of a sorted dictionary may be read so: sounds need no postings of their own, they
 * lead to the grams that have some.
 */
export function indexSounds(grams: Uint32Array): Segment['sounds'] {
  const pairs: number[] = []
  grams.forEach((gram, term) => {
    for (const key of soundKeys(firstOf(gram), secondOf(gram))) pairs.push(key * 0x100000000 + term)
  })
  const sorted = Float64Array.from(pairs).toSorted()
  const keys = sharedUint32(sorted.length)
  const terms = sharedUint32(sorted.length)
  sorted.forEach((pair, at) => {
    keys[at] = Math.floor(pair / 0x100000000)
    terms[at] = pair % 0x100000000
  })
  return { keys, grams: terms }
}

/**
 * The gram terms of a segment that may sound like two syllables in a row, or begin with one;
 * one that may in several ways stands there as often.
 */
export function soundTerms(
  segment: Segment,
  first: SyllableRange,
  second: SyllableRange | undefined,
): number[] {
  const { keys, grams } = segment.sounds
  const terms: number[] = []
  const [low, high] = second ?? [0, 0x3ff]
  for (let id = first[0]; id <= first[1]; id += 1) {
    const last = soundKey(id, high)
    for (let at = lowerNumber(keys, soundKey(id, low)); (keys[at] ?? Infinity) <= last; at += 1) {
      terms.push(grams[at] ?? 0)
    }
  }
  return terms
}
