import type { EngineDocument } from '#server/platform/engine/port.ts'
import { mergeSegments } from './merge.ts'
import { bringToLife, bury, buryAllBut, measureSegment, type LiveSegment, type Segment } from './segment.ts'

/** Small segments up to this many documents together are merged at once. */
const MOST_MERGED = 200
/** More segments than this slow every search. */
const MOST_SEGMENTS = 12
/** Small segments and gaps may come to this part of the whole before it is merged anew. */
const MOST_SCATTERED = 0.1
const FEWEST_SCATTERED = 500
/** More than this part of the big segment may not be gone. */
const MOST_GAPS = 0.3

/**
 * The segments in use, the big one first. Changes are made at once and by nobody else; a replacement of what was there
 * may take its time meanwhile, and what changed since it was ordered wins over what it brings.
 */
export class Shelf {
  #segments: readonly LiveSegment[] = []
  /** What the replacement under way is to take the place of. */
  #olds: readonly LiveSegment[] | undefined
  readonly #watches = new Set<Set<string>>()

  get segments(): readonly LiveSegment[] {
    return this.#segments
  }

  get size(): number {
    return this.#segments.reduce((sum, { living }) => sum + living, 0)
  }

  /** The memory of all segments, in bytes. */
  get bytes(): number {
    return this.#segments.reduce(
      (sum, { segment, alive }) => sum + measureSegment(segment) + alive.byteLength,
      0,
    )
  }

  /** The mean lengths that a new small segment should go by. */
  get meanLengths(): Record<string, number> | undefined {
    return this.#segments[0]?.segment.meanLengths
  }

  /** Whether so much is scattered that merging everything pays, and nothing of the kind is under way. */
  get isScattered(): boolean {
    if (this.#olds) return false
    const [, ...small] = this.#segments
    const scattered = small.reduce((sum, { living }) => sum + living, 0)
    const allowed = Math.max(FEWEST_SCATTERED, MOST_SCATTERED * this.size)
    return scattered > allowed || this.#segments.length > MOST_SEGMENTS || this.#gaps() > MOST_GAPS
  }

  /** Takes out documents and puts a segment of new ones in, in one step. */
  change(ids: readonly string[], fresh: Segment | undefined): void {
    for (const id of ids) {
      for (const live of this.#segments) bury(live, id)
      for (const changed of this.#watches) changed.add(id)
    }
    if (fresh) this.#segments = this.#tidy([...this.#segments, bringToLife(fresh)])
  }

  /** Begins to note what changes, for a replacement ordered now. */
  watch(): Set<string> {
    const changed = new Set<string>()
    this.#watches.add(changed)
    return changed
  }

  /**
   * Replaces what is there by what `make` brings, except the documents changed since `changed` began to be watched.
   * One replacement at a time.
   */
  async replace(
    make: (olds: readonly LiveSegment[]) => Promise<Segment>,
    changed = this.watch(),
  ): Promise<void> {
    const olds = this.#segments
    this.#olds = olds
    try {
      const live = bringToLife(await make(olds))
      for (const id of changed) bury(live, id)
      for (const old of olds) buryAllBut(old, changed)
      this.#segments = [live, ...this.#segments.filter(({ living }) => living > 0)]
    } finally {
      this.#olds = undefined
      this.#watches.delete(changed)
    }
  }

  #gaps(): number {
    const [first] = this.#segments
    return first && first.alive.length > FEWEST_SCATTERED ? 1 - first.living / first.alive.length : 0
  }

  /** Merges the last segments while they are small and of like size, but none that a replacement has taken. */
  #tidy(segments: readonly LiveSegment[]): readonly LiveSegment[] {
    const last = segments.at(-1)
    const previous = segments.at(-2)
    if (!last || !previous || this.#olds?.includes(previous)) return segments
    const together = last.living + previous.living
    if (previous.living > 2 * last.living || together > MOST_MERGED) return segments
    return this.#tidy([...segments.slice(0, -2), bringToLife(mergeSegments([previous, last]))])
  }
}

/** The documents without those that a later one of the same id replaces. */
export function latest(documents: readonly EngineDocument[]): EngineDocument[] {
  return [...new Map(documents.map(document => [document.id, document])).values()]
}
