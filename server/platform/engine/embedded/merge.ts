import { buildDocumentTable } from './documents.ts'
import type { DocumentTable, LiveSegment, Segment } from './segment.ts'
import { indexSounds } from './sound-index.ts'
import {
  countStrings,
  lowerNumber,
  packStrings,
  sharedBytes,
  sharedUint32,
  shareUint32,
  stringAt,
} from './strings.ts'

/** Makes one segment of several, without the documents that are gone. Impacts stay as they are. */
export function mergeSegments(live: readonly LiveSegment[]): Segment {
  const grams = unite(live.map(({ segment }) => segment.grams))
  const initials = unite(live.map(({ segment }) => segment.initials))
  const words = [...new Set(live.flatMap(({ segment }) => allWords(segment)))].toSorted()
  const wordAt = new Map(words.map((word, index) => [word, index]))
  const firstWord = grams.length + initials.length
  const terms = live.map(({ segment }) => {
    const renumbered = new Uint32Array(segment.peaks.length)
    segment.grams.forEach((key, at) => (renumbered[at] = lowerNumber(grams, key)))
    const second = segment.grams.length
    segment.initials.forEach(
      (key, at) => (renumbered[second + at] = grams.length + lowerNumber(initials, key)),
    )
    const third = second + segment.initials.length
    allWords(segment).forEach((word, at) => (renumbered[third + at] = firstWord + (wordAt.get(word) ?? 0)))
    return renumbered
  })
  return {
    documents: buildDocumentTable(live.flatMap(livingRows)),
    grams,
    initials,
    words: packStrings(words),
    ...mergePostings(live, terms, firstWord + words.length),
    sounds: indexSounds(grams),
    meanLengths: live[0]?.segment.meanLengths ?? {},
  }
}

function mergePostings(
  live: readonly LiveSegment[],
  terms: readonly Uint32Array[],
  count: number,
): Pick<Segment, 'starts' | 'peaks' | 'postings'> {
  const renumbered = renumberDocuments(live)
  const starts = sharedUint32(count + 1)
  eachPosting(live, terms, renumbered, term => {
    starts[term + 1] = (starts[term + 1] ?? 0) + 1
  })
  for (let term = 0; term < count; term += 1) starts[term + 1] = (starts[term + 1] ?? 0) + (starts[term] ?? 0)
  const next = starts.slice()
  const peaks = sharedBytes(count)
  const postings = sharedUint32(starts[count] ?? 0)
  eachPosting(live, terms, renumbered, (term, posting) => {
    const place = next[term] ?? 0
    postings[place] = posting
    next[term] = place + 1
    peaks[term] = Math.max(peaks[term] ?? 0, posting & 0xff)
  })
  return { starts, peaks, postings }
}

function eachPosting(
  live: readonly LiveSegment[],
  terms: readonly Uint32Array[],
  renumbered: readonly Uint32Array[],
  visit: (term: number, posting: number) => void,
): void {
  live.forEach(({ segment, alive }, index) => {
    const ordinals = renumbered[index] ?? new Uint32Array()
    terms[index]?.forEach((term, old) => {
      const end = segment.starts[old + 1] ?? 0
      for (let at = segment.starts[old] ?? 0; at < end; at += 1) {
        const posting = segment.postings[at] ?? 0
        const ordinal = posting >>> 8
        if (alive[ordinal] === 1) visit(term, (((ordinals[ordinal] ?? 0) << 8) | (posting & 0xff)) >>> 0)
      }
    })
  })
}

/** New ordinals: the living documents of the first segment, then those of the second, and so on. */
function renumberDocuments(live: readonly LiveSegment[]): Uint32Array[] {
  let next = 0
  return live.map(({ alive }) => Uint32Array.from(alive, living => (living === 1 ? next++ : 0)))
}

function livingRows({ segment, alive }: LiveSegment) {
  const rows: Parameters<typeof buildDocumentTable>[0][number][] = []
  alive.forEach((living, ordinal) => {
    if (living === 1) rows.push(rowAt(segment.documents, ordinal))
  })
  return rows
}

function rowAt({ ids, priors, facets, areas }: DocumentTable, ordinal: number) {
  const values = Object.entries(facets).flatMap(([name, facet]) => {
    const code = facet.codes[ordinal] ?? 0
    return code === 0 ? [] : [[name, facet.values[code] ?? ''] as const]
  })
  return {
    id: stringAt(ids, ordinal),
    facets: Object.fromEntries(values),
    areas: areas.sets[areas.codes[ordinal] ?? 0] ?? [],
    prior: (priors[ordinal] ?? 0) / 255,
  }
}

function allWords({ words }: Segment): string[] {
  return Array.from({ length: countStrings(words) }, (_, index) => stringAt(words, index))
}

function unite(sorted: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(sorted.reduce((sum, keys) => sum + keys.length, 0))
  let end = 0
  for (const keys of sorted) {
    all.set(keys, end)
    end += keys.length
  }
  all.sort()
  return shareUint32(all.filter((key, at) => at === 0 || key !== all[at - 1]))
}
