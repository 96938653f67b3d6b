import { fold } from './fold.ts'
import { createCut, type Cut } from './segmentation.ts'
import { createSynonyms, type Synonyms } from './synonyms.ts'

/** The words that a caller of this folder brings along. */
export interface LexiconWords {
  /** Groups of words that mean the same. */
  synonyms: readonly (readonly string[])[]
  /** Words that frame a question without telling anything about it; they weigh little. */
  framing: readonly string[]
}

/** What is known about words before any document is read. */
export interface Lexicon {
  /** What it was made of. */
  words: LexiconWords
  cut: Cut
  synonyms: Synonyms
  /** The framing words, folded. */
  framing: ReadonlySet<string>
}

/** Prepares a lexicon; loads the dictionary of the segmenter, about 40 MB and 0.15 s. */
export function createLexicon(words: LexiconWords): Lexicon {
  const synonyms = createSynonyms(words.synonyms)
  const framing = new Set(words.framing.map(word => fold(word).text))
  const cut = createCut([...synonyms.phrases.keys(), ...framing])
  return { words, cut, synonyms, framing }
}
