import { fold } from './fold.ts'
import { createCut, type Cut } from './segmentation.ts'
import { createSynonyms, type Synonyms } from './synonyms.ts'

/** What is known about words before any document is read. */
export interface Lexicon {
  cut: Cut
  synonyms: Synonyms
  /** Folded words that frame a question without telling anything about it. */
  framing: ReadonlySet<string>
}

/** Prepares a lexicon; loads the dictionary of the segmenter, about 40 MB and 0.15 s. */
export function createLexicon(words: {
  synonyms: readonly (readonly string[])[]
  framing: readonly string[]
}): Lexicon {
  const synonyms = createSynonyms(words.synonyms)
  const framing = new Set(words.framing.map(word => fold(word).text))
  return { cut: createCut([...synonyms.phrases, ...framing]), synonyms, framing }
}
