import { gramKey, initialsKey, MOST_INITIALS } from '#server/platform/text/grams.ts'
import { findRuns, splitMixed, type Run } from '#server/platform/text/runs.ts'
import { readingsOf } from '#server/platform/text/syllables.ts'
import type { Synonyms } from '#server/platform/text/synonyms.ts'

/** Receives the terms of a text, one call an occurrence. */
export interface TermSink {
  gram(key: number): void
  word(word: string): void
}

const MOST_VARIANTS = 8

/** Tells a sink every gram and every letter or digit run of a folded text. */
export function readTerms(text: string, sink: TermSink): void {
  const runs = findRuns(text)
  runs.forEach((run, index) => {
    if (run.kind === 'ideographs') {
      for (let at = run.start; at < run.end; at += 1) {
        sink.gram(gramKey(text.charCodeAt(at), at + 1 < run.end ? text.charCodeAt(at + 1) : 0))
      }
      return
    }
    const word = text.slice(run.start, run.end)
    sink.word(word)
    const parts = splitMixed(word)
    if (parts.length > 1) for (const part of parts) sink.word(part)
    const joined = joinedWord(text, run, runs[index + 1])
    if (joined) sink.word(joined)
  })
}

/** How many searchable units a folded text has: characters, and runs of letters or digits. */
export function countUnits(text: string): number {
  return findRuns(text).reduce(
    (sum, { kind, start, end }) => sum + (kind === 'ideographs' ? end - start : 1),
    0,
  )
}

/**
 * The keys of all first letters in a row, two to `MOST_INITIALS`, that a folded text can be typed by: in its own words
 * and with a synonym in the place of a word.
 */
export function readInitialKeys(text: string, synonyms: Synonyms): Set<number> {
  const keys = new Set<number>()
  for (const variant of variants(text, synonyms)) {
    for (const run of findRuns(variant)) {
      if (run.kind === 'ideographs') addInitials(keys, variant.slice(run.start, run.end))
    }
  }
  return keys
}

/** `gb/t` is also typed as `gbt`. */
function joinedWord(text: string, run: Run, next: Run | undefined): string | undefined {
  if (
    !next ||
    next.kind !== 'alphanumeric' ||
    next.start !== run.end + 1 ||
    !/[/-]/u.test(text[run.end] ?? '')
  ) {
    return undefined
  }
  const joined = text.slice(run.start, run.end) + text.slice(next.start, next.end)
  return /\p{N}/u.test(joined) ? undefined : joined
}

function variants(text: string, synonyms: Synonyms): string[] {
  const all = [text]
  for (const { start, end, others } of synonyms.findIn(text)) {
    for (const other of others) all.push(text.slice(0, start) + other + text.slice(end))
  }
  return all.slice(0, MOST_VARIANTS)
}

function addInitials(keys: Set<number>, run: string): void {
  const choices = Array.from({ length: run.length }, (_, at) => initialChoices(run.charCodeAt(at)))
  const usual = choices.map(letters => letters[0] ?? 0)
  addKeys(keys, usual, 0, usual.length)
  choices.forEach((letters, at) => {
    for (const letter of letters.slice(1)) {
      const from = Math.max(0, at - MOST_INITIALS + 1)
      addKeys(keys, usual.with(at, letter), from, Math.min(usual.length, at + MOST_INITIALS))
    }
  })
}

function addKeys(keys: Set<number>, letters: readonly number[], from: number, to: number): void {
  for (let start = from; start < to; start += 1) {
    for (let end = start + 2; end <= Math.min(to, start + MOST_INITIALS); end += 1) {
      if (letters[end - 1] === 0 || letters[start] === 0) break
      keys.add(initialsKey(letters, start, end))
    }
  }
}

function initialChoices(unit: number): number[] {
  return [...new Set(readingsOf(unit).map(reading => reading.syllable.charCodeAt(0) - 96))]
}
