import type { Lexicon } from '#server/platform/text/lexicon.ts'
import { analyseQuery } from '#server/platform/text/query.ts'
import { createAsks, type Asks } from './asks.ts'
import { createSentenceShelf, type SentenceShelf } from './sentences.ts'

/** A document an engine proposed, with its text read again from the truth. */
export interface Candidate {
  id: string
  /** The engine's score, comparable within one result. */
  score: number
  /** Its text fields by name, as they were given to the engine. */
  fields: Record<string, readonly string[]>
}

/** A candidate in its final place. */
export interface Ranked {
  id: string
  /** 0 to 1, falling. */
  score: number
}

/** The order of the candidates and whether the first of them may be shown as the answer. */
export interface Ranking {
  ranked: Ranked[]
  confident: boolean
}

/** Orders candidates; the first fifty or so of an engine are enough. */
export type Rank = (text: string, candidates: readonly Candidate[]) => Ranking

/** What a sentence of each field counts for when it alone answers the query. */
export const FIELD_WORTH: Record<string, number> = { title: 1, similar: 1, topic: 0.95, tags: 0.85, say: 0.6 }
export const MIX = { closest: 0.5, together: 0.25, engine: 0.25 , used: 0.35 }

/** What comparing a candidate came to, 0 to 1 each. */
interface Closeness {
  /** How well its best sentence matches the query, both ways. */
  closest: number
  /** How much of the query that sentence alone answers. */
  covered: number
  /** How much of the query all sentences together answer. */
  together: number
}

export function createRank(lexicon: Lexicon): Rank {
  const shelf = createSentenceShelf()
  return (text, candidates) => {
    const asks = createAsks(analyseQuery(text, lexicon))
    const given = candidates.map(candidate => compareAll(candidate, asks, shelf))
    const weights = weigh(asks, given)
    const top = Math.max(...candidates.map(candidate => candidate.score), Number.MIN_VALUE)
    const scored = candidates.map((candidate, index) => {
      const close = measure(given[index] ?? [], weights)
      const score = MIX.closest * close.closest + MIX.together * close.together + (MIX.engine * candidate.score) / top
      return { id: candidate.id, score, close }
    })
    const ranked = scored.toSorted((left, right) => right.score - left.score)
    return { ranked, confident: isConfident(ranked[0]?.close) } as Ranking
  }
}

type Compared = ReturnType<Asks['compare']> & { worth: number }

function compareAll(candidate: Candidate, asks: Asks, shelf: SentenceShelf): Compared[] {
  return Object.entries(FIELD_WORTH).flatMap(([name, worth]) =>
    (candidate.fields[name] ?? []).map(text => ({ ...asks.compare(shelf(text)), worth })),
  )
}

/** What each ask counts for: the rarer among the candidates, the more it tells. */
function weigh(asks: Asks, given: readonly Compared[][]): number[] {
  return asks.weights.map((weight, ask) => {
    const having = given.filter(sentences => sentences.some(({ met }) => (met[ask] ?? 0) > 0)).length
    return weight * Math.log(1 + (given.length - having + 0.5) / (having + 0.5)) 
  })
}

function measure(sentences: readonly Compared[], weights: readonly number[]): Closeness {
  const all = weights.reduce((sum, weight) => sum + weight, 0) || 1
  const together = new Float32Array(weights.length)
  let closest = 0
  let covered = 0
  for (const { met, used, worth } of sentences) {
    let sum = 0
    met.forEach((level, ask) => {
      sum += level * (weights[ask] ?? 0)
      together[ask] = Math.max(together[ask] ?? 0, level)
    })
    const coverage = sum / all
    const closeness = worth * coverage * (1 - MIX.used + MIX.used * used)
    if (closeness <= closest) continue
    closest = closeness
    covered = coverage
  }
  const total = together.reduce((sum, level, ask) => sum + level * (weights[ask] ?? 0), 0)
  return { closest, covered, together: total / all }
}

function isConfident(close: Closeness | undefined): boolean {
  return close !== undefined && close.covered >= 0.5
}
