import type { EngineHit, EngineQuery } from '#server/platform/engine/port.ts'
import type { LiveSegment, Segment } from './segment.ts'
import { stringAt } from './strings.ts'

/** What a document with the full prior gains over one with none. */
const PRIOR_GAIN = 0.1

interface Pick {
  segment: Segment
  ordinal: number
  score: number
  /** Where it stands in the index; the earlier of equals comes first, on every page. */
  place: number
}

/** Takes scored documents one by one and keeps the best, with counts of all. */
export interface Selection {
  /** Offers a document, by its place among all and its ordinal in the segment; `standing` as in `judgeDocuments`. */
  offer(live: LiveSegment, place: number, ordinal: number, score: number, standing: number): void
  finish(): { hits: EngineHit[]; total: number; facets: Record<string, Record<string, number>> }
}

/**
 * Says of each document of a segment how it stands to the filters of a query: 0 out, 1 in, `2 + f` out by the filter
 * of the `f`th facet alone.
 */
export function judgeDocuments({ segment, alive }: LiveSegment, query: EngineQuery): Uint8Array {
  const filters = Object.entries(query.facets ?? {})
  const { areas: readerAreas } = query
  if (filters.length === 0 && !readerAreas) return alive
  const { areas, facets } = segment.documents
  const fits = areas.sets.map(set => !readerAreas || set.every(area => readerAreas.includes(area)))
  const standings = alive.map((living, ordinal) => (living === 1 && fits[areas.codes[ordinal] ?? 0] ? 1 : 0))
  filters.forEach(([name, accepted], index) => {
    const facet = Object.hasOwn(facets, name) ? facets[name] : undefined
    const accepts = facet?.values.map((value, code) => code > 0 && accepted.includes(value)) ?? []
    for (let ordinal = 0; ordinal < standings.length; ordinal += 1) {
      const standing = standings[ordinal] ?? 0
      if (standing === 0 || accepts[facet?.codes[ordinal] ?? 0]) continue
      standings[ordinal] = standing === 1 ? 2 + index : 0
    }
  })
  return standings
}

/** Begins a selection of the hits from `offset` on, `limit` at most. */
export function createSelection(query: EngineQuery): Selection {
  const filtered = Object.keys(query.facets ?? {})
  const wanted = query.offset + query.limit
  const heap: Pick[] = []
  const counts = new Map<string, Map<string, number>>()
  let total = 0
  return {
    offer: ({ segment }, place, ordinal, textScore, standing) => {
      countFacets(counts, segment, ordinal, standing === 1 ? undefined : filtered[standing - 2])
      if (standing !== 1) return
      total += 1
      const prior = (segment.documents.priors[ordinal] ?? 0) / 255
      const score = textScore * (1 + PRIOR_GAIN * prior)
      keepBest(heap, { segment, ordinal, score, place }, wanted)
    },
    finish: () => {
      const best = heap.toSorted((left, right) => (isBetter(left, right) ? -1 : 1))
      const hits = best.slice(query.offset).map(({ segment, ordinal, score }) => {
        return { id: stringAt(segment.documents.ids, ordinal), score }
      })
      const facets = Object.fromEntries(
        Array.from(counts, ([name, values]) => [name, Object.fromEntries(values)]),
      )
      return { hits, total, facets }
    },
  }
}

/** Counts a document's values, of one facet or of all. */
function countFacets(
  counts: Map<string, Map<string, number>>,
  segment: Segment,
  ordinal: number,
  only: string | undefined,
): void {
  for (const [name, { values, codes }] of Object.entries(segment.documents.facets)) {
    const code = codes[ordinal] ?? 0
    if (code === 0 || (only !== undefined && only !== name)) continue
    const facet = counts.get(name) ?? new Map<string, number>()
    const value = values[code] ?? ''
    facet.set(value, (facet.get(value) ?? 0) + 1)
    counts.set(name, facet)
  }
}

function isBetter(one: Pick, other: Pick): boolean {
  return one.score === other.score ? one.place < other.place : one.score > other.score
}

/** A heap with the least pick at its root holds the best picks. */
function keepBest(heap: Pick[], pick: Pick, most: number): void {
  if (heap.length < most) {
    heap.push(pick)
    siftUp(heap, heap.length - 1)
  } else if (heap[0] && isBetter(pick, heap[0])) {
    heap[0] = pick
    siftDown(heap)
  }
}

function siftUp(heap: Pick[], from: number): void {
  let at = from
  while (at > 0) {
    const parent = (at - 1) >>> 1
    if (isBetter(heap[at]!, heap[parent]!)) return
    swap(heap, at, parent)
    at = parent
  }
}

function siftDown(heap: Pick[]): void {
  let at = 0
  for (;;) {
    const left = 2 * at + 1
    if (left >= heap.length) return
    const right = left + 1
    const least = right < heap.length && isBetter(heap[left]!, heap[right]!) ? right : left
    if (isBetter(heap[least]!, heap[at]!)) return
    swap(heap, at, least)
    at = least
  }
}

function swap(heap: Pick[], left: number, right: number): void {
  const moved = heap[left]!
  heap[left] = heap[right]!
  heap[right] = moved
}
