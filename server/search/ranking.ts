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
  /** What its kind keeps of its score, 0 to 1; 1 when absent. */
  worth?: number
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
const FIELD_WORTH: Record<string, number> = { title: 1, similar: 1, topic: 0.95, tags: 0.85, say: 0.6 }
/** Parts of the final score; found by leaving questions out of the starter content and asking them. */
const MIX = { closest: 0.6, together: 0.15, engine: 0.5 }
/** How much of a sentence's worth depends on the query using all of it. */
const USED = 0.8
/** What an ask counts for besides its rarity among the candidates. */
const BASE_RARITY = 1
/** What a further hit of the same topic keeps of its score, so that the first few show different answers. */
const SAME_TOPIC = 0.85
/** From this strength on the best hits may be called the answer; a long query says more than it needs. */
const SURE = 1.4
const LENGTH_ALLOWANCE = 0.3
const LOOKED_AT = 3

/** What comparing a candidate came to, 0 to 1 each. */
interface Closeness {
  /** How well its best sentence matches the query, both ways. */
  closest: number
  /** How much of the query all its sentences together answer. */
  together: number
}

interface Scored {
  candidate: Candidate
  compared: Compared[]
  score: number
}

type Compared = ReturnType<Asks['compare']> & { worth: number }

/** Makes the ranking; it remembers sentences compared before, so one is made at the start and kept. */
export function createRank(lexicon: Lexicon): Rank {
  const shelf = createSentenceShelf()
  return (text, candidates) => {
    const asks = createAsks(analyseQuery(text, lexicon))
    const compared = candidates.map(candidate => compareAll(candidate, asks, shelf))
    const weights = weigh(asks, compared)
    const top = Math.max(Number.MIN_VALUE, ...candidates.map(({ score }) => score))
    const scored = candidates.map((candidate, index): Scored => {
      const own = compared[index] ?? []
      const { closest, together } = measure(own, weights)
      const engine = Math.max(0, candidate.score) / top
      const mixed = MIX.closest * closest + MIX.together * together + MIX.engine * engine
      const score = mixed * (candidate.worth ?? 1)
      return { candidate, compared: own, score }
    })
    const ordered = spreadTopics(scored)
    const ranked = ordered.map(({ candidate, score }) => ({ id: candidate.id, score: score / totalMix() }))
    return { ranked, confident: ordered.slice(0, LOOKED_AT).some(one => isSure(one, asks)) }
  }
}

function compareAll(candidate: Candidate, asks: Asks, shelf: SentenceShelf): Compared[] {
  return Object.entries(FIELD_WORTH).flatMap(([name, worth]) =>
    (candidate.fields[name] ?? []).map(text => ({ ...asks.compare(shelf(text)), worth })),
  )
}

/** What each ask counts for: the rarer among the candidates, the more it tells. */
function weigh(asks: Asks, compared: readonly Compared[][]): number[] {
  const all = compared.length
  return asks.weights.map((weight, ask) => {
    const having = compared.filter(sentences => sentences.some(({ met }) => (met[ask] ?? 0) > 0)).length
    return weight * (BASE_RARITY + Math.log(1 + (all - having + 0.5) / (having + 0.5)))
  })
}

function measure(sentences: readonly Compared[], weights: readonly number[]): Closeness {
  const all = weights.reduce((sum, weight) => sum + weight, 0) || 1
  const best = new Float32Array(weights.length)
  let closest = 0
  for (const { met, used, worth } of sentences) {
    let answered = 0
    for (let ask = 0; ask < weights.length; ask += 1) {
      const level = met[ask] ?? 0
      answered += level * (weights[ask] ?? 0)
      if (level > (best[ask] ?? 0)) best[ask] = level
    }
    closest = Math.max(closest, (worth * answered * (1 - USED + USED * used)) / all)
  }
  const together = best.reduce((sum, level, ask) => sum + level * (weights[ask] ?? 0), 0) / all
  return { closest, together }
}

/** Sorts by score; each further one of a topic gives way a little more. */
function spreadTopics(scored: readonly Scored[]): Scored[] {
  const seen = new Map<string, number>()
  const spread = byScore(scored).map(one => {
    const topic = one.candidate.fields.topic?.[0]
    if (topic === undefined) return one
    const before = seen.get(topic) ?? 0
    seen.set(topic, before + 1)
    return { ...one, score: one.score * SAME_TOPIC ** before }
  })
  return byScore(spread)
}

function byScore(scored: readonly Scored[]): Scored[] {
  return scored.toSorted((left, right) => right.score - left.score)
}

function isSure({ compared }: Scored, asks: Asks): boolean {
  const { closest, together } = measure(compared, asks.weights)
  const asked = asks.weights.reduce((sum, weight) => sum + weight, 0)
  return (closest + together) * asked ** LENGTH_ALLOWANCE >= SURE
}

function totalMix(): number {
  return MIX.closest + MIX.together + MIX.engine
}
