import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LexiconWords } from '#server/platform/text/lexicon.ts'

/**
 * Reads synonyms.txt (words that mean the same) and framing.txt (words that frame a question without telling anything
 * about it) of a content folder: words separated by spaces, `#` begins a comment. A missing file means no such words.
 */
export function readWords(folder: string): LexiconWords {
  return {
    synonyms: wordLines(join(folder, 'synonyms.txt')),
    framing: wordLines(join(folder, 'framing.txt')).flat(),
  }
}

function wordLines(path: string): string[][] {
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8').split(/\r?\n/u)
  return lines
    .map(line => line.replace(/#.*/u, '').trim())
    .filter(Boolean)
    .map(line => line.split(/\s+/u))
}
