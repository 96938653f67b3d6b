import type { Wish } from './plan.ts'
import type { Segment } from './segment.ts'

/** A document belongs to the answer when it scores at least this part of the best one. */
export const REACH = 0.3

/** One stretch of postings with what they are worth. */
interface WeightedList {
  start: number
  end: number
  /** What one step of impact adds. */
  weight: number
  /** The most that the list adds to one document. */
  bound: number
  isSorted: boolean
  isLeading: boolean
}

/** Room for scores that is used again and again; scores rest at 0 between searches. */
export interface Workspace {
  scores: Float32Array
  touched: Uint32Array
}

/** What scoring a segment came to. `count` documents stand in `workspace.touched`, their scores in `workspace.scores`. */
export interface Scored {
  count: number
  /** The best score so far of an eligible document. */
  best: number
}

/** Makes room for segments of up to `documents` documents. */
export function createWorkspace(documents: number): Workspace {
  return { scores: new Float32Array(documents), touched: new Uint32Array(documents) }
}

/**
 * Scores the documents of one segment. Lists are taken in order of what they can add; once the rest cannot lift a new
 * document within reach of the best, only documents already met are followed, and those that fall behind are dropped.
 * `eligible` holds 0 for documents to leave out, 1 for those that count, more for those only counted in facets.
 */
export function scoreSegment(
  segment: Segment,
  wishes: readonly Wish[],
  index: number,
  eligible: Uint8Array,
  room: Workspace,
  bestBefore: number,
): Scored {
  const lists = listsOf(segment, wishes, index)
  let rest = lists.reduce((sum, list) => sum + list.bound, 0)
  let state: Scored = { count: 0, best: bestBefore }
  for (const list of lists) {
    if (list.isLeading && rest >= REACH * state.best)
      state = addAll(segment.postings, list, eligible, room, state)
    else {
      const kept = dropBehind(room, state.count, REACH * state.best - rest)
      state = addToMet(segment.postings, list, eligible, room, { count: kept, best: state.best })
    }
    rest -= list.bound
  }
  return { count: dropBehind(room, state.count, REACH * state.best), best: state.best }
}

/** Puts the scores of the documents met back to 0. */
export function clearWorkspace(room: Workspace, count: number): void {
  for (let at = 0; at < count; at += 1) room.scores[room.touched[at] ?? 0] = 0
}

function listsOf(segment: Segment, wishes: readonly Wish[], index: number): WeightedList[] {
  const lists: WeightedList[] = []
  for (const { weight, terms, isLeading } of wishes) {
    for (const [from, to] of terms[index] ?? []) {
      const isSorted = to - from === 1
      const start = segment.starts[from] ?? 0
      const end = segment.starts[to] ?? 0
      const bound = isSorted ? (weight * (segment.peaks[from] ?? 0)) / 255 : weight * (to - from)
      lists.push({ start, end, weight: weight / 255, bound, isSorted, isLeading })
    }
  }
  return lists.toSorted(
    (left, right) => Number(right.isLeading) - Number(left.isLeading) || right.bound - left.bound,
  )
}

function addAll(
  postings: Uint32Array,
  { start, end, weight }: WeightedList,
  eligible: Uint8Array,
  { scores, touched }: Workspace,
  { count: met, best: bestBefore }: Scored,
): Scored {
  let count = met
  let best = bestBefore
  for (let at = start; at < end; at += 1) {
    const posting = postings[at]!
    const document = posting >>> 8
    const standing = eligible[document]!
    if (standing === 0) continue
    const before = scores[document]!
    if (before === 0) {
      touched[count] = document
      count += 1
    }
    const score = before + weight * (posting & 0xff)
    scores[document] = score
    if (score > best && standing === 1) best = score
  }
  return { count, best }
}

function addToMet(
  postings: Uint32Array,
  list: WeightedList,
  eligible: Uint8Array,
  room: Workspace,
  state: Scored,
): Scored {
  const { scores, touched } = room
  const { start, end, weight, isSorted } = list
  const steps = Math.ceil(Math.log2(end - start + 1)) + 1
  if (!isSorted || state.count * steps > end - start)
    return addScanning(postings, list, eligible, room, state)
  let best = state.best
  for (let at = 0; at < state.count; at += 1) {
    const document = touched[at]!
    const posting = findPosting(postings, document, start, end)
    if (posting === 0) continue
    const score = scores[document]! + weight * (posting & 0xff)
    scores[document] = score
    if (score > best && eligible[document] === 1) best = score
  }
  return { count: state.count, best }
}

function addScanning(
  postings: Uint32Array,
  { start, end, weight }: WeightedList,
  eligible: Uint8Array,
  { scores }: Workspace,
  state: Scored,
): Scored {
  let best = state.best
  for (let at = start; at < end; at += 1) {
    const posting = postings[at]!
    const document = posting >>> 8
    const before = scores[document]!
    if (before === 0) continue
    const score = before + weight * (posting & 0xff)
    scores[document] = score
    if (score > best && eligible[document] === 1) best = score
  }
  return { count: state.count, best }
}

/** The posting of a document in a sorted list, or 0. */
function findPosting(postings: Uint32Array, document: number, start: number, end: number): number {
  let low = start
  let high = end
  while (low < high) {
    const middle = (low + high) >>> 1
    if (postings[middle]! >>> 8 < document) low = middle + 1
    else high = middle
  }
  return low < end && postings[low]! >>> 8 === document ? postings[low]! : 0
}

/** Keeps the documents that score at least `least`, clears the others, and returns how many are left. */
function dropBehind({ scores, touched }: Workspace, count: number, least: number): number {
  let kept = 0
  for (let at = 0; at < count; at += 1) {
    const document = touched[at]!
    if (scores[document]! < least) scores[document] = 0
    else {
      touched[kept] = document
      kept += 1
    }
  }
  return kept
}
