import { plainOf } from './tokens.ts'
import type { Unit } from './units.ts'

/** A document as the server proposed it. */
export interface Proposed {
  key: string
  /** The fields that tell most, folded. */
  text: readonly string[]
  /** The weight of the heaviest sub-query that found it, 0 to 1. */
  weight: number
}

/** What the server's own weight counts for beside the sum of what a document gives. */
const SERVER = 0.6

/** The weights of fields that together give half. */
const HALF = 4

/**
 * Orders what was proposed by all it gives of the query: the server can only say which combination it met, not add up.
 * Equals keep the server's order, which is that of their priors.
 */
export function rescored(
  proposed: readonly Proposed[],
  units: readonly Unit[],
  weights: readonly number[],
): Proposed[] {
  const asked = units.map(({ telling, ways }) => ({
    telling,
    ways: ways.map(({ tokens, open, factor }) => {
      return { parts: [...tokens, ...(open ? [open] : [])].map(plainOf), factor }
    }),
  }))
  const all = asked.reduce((sum, { telling }) => sum + telling, 0) || 1
  const given = (text: readonly string[]) =>
    asked.reduce((sum, { telling, ways }) => {
      const factors = ways.map(({ parts, factor }) => factor * gain(parts, text, weights))
      return sum + telling * Math.max(0, ...factors)
    }, 0)
  const scored = proposed.map(one => ({ one, score: given(one.text) / all + SERVER * one.weight }))
  return scored
    .toSorted((left, right) => right.score - left.score)
    .map(({ one, score }) => ({ ...one, weight: score }))
}

/** What the fields that have all parts give, less and less the more they are and the more often; 0 to 1. */
function gain(
  parts: readonly (string | undefined)[],
  text: readonly string[],
  weights: readonly number[],
): number {
  const sum = text.reduce((total, one, at) => {
    const times = Math.min(...parts.map(part => (part === undefined ? 0 : one.split(part).length - 1)))
    return total + (weights[at] ?? 0) * times
  }, 0)
  return sum / (sum + HALF)
}
