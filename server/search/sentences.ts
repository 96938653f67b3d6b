import { fold } from '#server/platform/text/fold.ts'
import { firstOf, gramKeys, secondOf } from '#server/platform/text/grams.ts'
import { findRuns, splitMixed } from '#server/platform/text/runs.ts'
import { soundKey } from '#server/platform/text/sounds.ts'
import { readingsOf } from '#server/platform/text/syllables.ts'

/** A sentence made ready to be compared with queries. */
export interface Sentence {
  /** The key of each character with the one after it, in order. */
  grams: Uint32Array
  /** The usual sound of each gram, 0 when it has none. */
  sounds: Uint32Array
  /** Its runs of letters and digits, and the pieces of mixed ones. */
  words: ReadonlySet<string>
  /** Characters and runs of letters or digits. */
  length: number
}

/** Profiles of the sentences last compared: candidates are the same few again and again. */
export type SentenceShelf = (text: string) => Sentence

/** Makes a shelf that remembers `most` sentences. */
export function createSentenceShelf(most = 20_000): SentenceShelf {
  const known = new Map<string, Sentence>()
  return text => {
    const found = known.get(text)
    if (found) return found
    const sentence = readSentence(text)
    if (known.size >= most) known.clear()
    known.set(text, sentence)
    return sentence
  }
}

function readSentence(text: string): Sentence {
  const folded = fold(text).text
  const grams: number[] = []
  const words = new Set<string>()
  let runCount = 0
  for (const run of findRuns(folded)) {
    if (run.kind === 'ideographs') {
      grams.push(...gramKeys(folded, run.start, run.end))
      continue
    }
    const word = folded.slice(run.start, run.end)
    for (const piece of [word, ...splitMixed(word)]) words.add(piece)
    runCount += 1
  }
  const keys = Uint32Array.from(grams)
  return { grams: keys, sounds: keys.map(usualSound), words, length: grams.length + runCount }
}

/** The sound key of a gram as it is usually read, 0 when it has none. */
export function usualSound(gram: number): number {
  const first = readingsOf(firstOf(gram))[0]?.id
  const second = readingsOf(secondOf(gram))[0]?.id
  return first === undefined || second === undefined ? 0 : soundKey(first, second)
}
