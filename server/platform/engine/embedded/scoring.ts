import type { Wish } from './plan.ts'
import type { Segment } from './segment.ts'

/** A document belongs to the answer when the leading wishes give it at least this part of the best one's score. */
export const REACH = 0.3

/** A stretch of postings of one segment, and what one step of impact in it is worth. */
export interface WeightedList {
  postings: Uint32Array
  start: number
  end: number
  weight: number
  /** Where the documents of the segment begin among all. */
  base: number
}

/** Room for scores that is used again and again; scores rest at 0 between searches. Documents of all segments count on. */
export interface Workspace {
  scores: Float32Array
  /** The documents that have a score, `count` of them. */
  touched: Uint32Array
  count: number
  /** The best score of an eligible document. */
  best: number
}

/** Makes room for `documents` documents. */
export function createWorkspace(documents: number): Workspace {
  return { scores: new Float32Array(documents), touched: new Uint32Array(documents), count: 0, best: 0 }
}

/**
 * The lists of the wishes in one segment, those to be added for every document and those to be followed for the best
 * only. A range of several terms is not in order of document and therefore never followed.
 */
export function listsOf(segment: Segment, wishes: readonly Wish[], index: number, base: number) {
  const leading: WeightedList[] = []
  const following: WeightedList[] = []
  for (const { weight, terms, isLeading } of wishes) {
    for (const [from, to] of terms[index] ?? []) {
      const start = segment.starts[from] ?? 0
      const end = segment.starts[to] ?? 0
      const list = { postings: segment.postings, start, end, weight: weight / 255, base }
      if (isLeading || to - from > 1) leading.push(list)
      else following.push(list)
    }
  }
  return { leading, following }
}

/**
 * Adds a list to the scores of its documents. `eligible`, by ordinal, holds 0 for documents to leave out, 1 for those
 * that count, more for those that are only counted in facets.
 */
export function addList(list: WeightedList, eligible: Uint8Array, room: Workspace): void {
  const { postings, start, end, weight, base } = list
  const { scores, touched } = room
  let { count, best } = room
  for (let at = start; at < end; at += 1) {
    const posting = postings[at]!
    const ordinal = posting >>> 8
    const standing = eligible[ordinal]!
    if (standing === 0) continue
    const document = base + ordinal
    const before = scores[document]!
    if (before === 0) {
      touched[count] = document
      count += 1
    }
    const score = before + weight * (posting & 0xff)
    scores[document] = score
    if (score > best && standing === 1) best = score
  }
  room.count = count
  room.best = best
}

/** Keeps the documents within reach of the best and puts the scores of the others back to 0. */
export function keepWithinReach(room: Workspace): void {
  const { scores, touched } = room
  const least = REACH * room.best
  let kept = 0
  for (let at = 0; at < room.count; at += 1) {
    const document = touched[at]!
    if (scores[document]! < least) scores[document] = 0
    else {
      touched[kept] = document
      kept += 1
    }
  }
  room.count = kept
}

/** The `most` documents with the greatest scores so far, in ascending order; a few more where scores are equal. */
export function bestSoFar({ scores, touched, count }: Workspace, most: number): Uint32Array {
  const met = touched.subarray(0, count).toSorted()
  if (count <= most) return met
  const least = Float32Array.from(met, document => scores[document]!).toSorted()[count - most]!
  return met.filter(document => scores[document]! >= least)
}

/** Adds a list for some documents only, which are in ascending order as the list is; both are walked in step. */
export function followList(list: WeightedList, documents: Uint32Array, { scores }: Workspace): void {
  const { postings, start, end, weight, base } = list
  let from = start
  for (const document of documents) {
    if (document < base) continue
    from = findFrom(postings, document - base, from, end)
    if (from === end) return
    const posting = postings[from]!
    if (posting >>> 8 === document - base) scores[document] = scores[document]! + weight * (posting & 0xff)
  }
}

/** Puts all scores back to 0. */
export function clearWorkspace(room: Workspace): void {
  for (let at = 0; at < room.count; at += 1) room.scores[room.touched[at]!] = 0
  room.count = 0
  room.best = 0
}

/** The place of the first posting not before an ordinal: steps that double, then halves. */
function findFrom(postings: Uint32Array, ordinal: number, from: number, end: number): number {
  let step = 1
  let low = from
  while (low + step < end && postings[low + step]! >>> 8 < ordinal) {
    low += step
    step *= 2
  }
  let high = Math.min(end, low + step + 1)
  while (low < high) {
    const middle = (low + high) >>> 1
    if (postings[middle]! >>> 8 < ordinal) low = middle + 1
    else high = middle
  }
  return low
}
