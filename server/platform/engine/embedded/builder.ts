import type { EngineDocument, FieldSettings } from '#server/platform/engine/port.ts'
import { fold } from '#server/platform/text/fold.ts'
import { createSynonyms, type Synonyms } from '#server/platform/text/synonyms.ts'
import { Postings } from './postings.ts'
import type { Segment } from './segment.ts'
import { buildDocumentTable } from './documents.ts'
import { indexSounds } from './sound-index.ts'
import { countUnits, readInitialKeys, readTerms } from './terms.ts'

/** Saturation of repeated words: how much the second counts beside the first. */
const SATURATION = 1.2

/** What indexing goes by; can be sent to a worker. */
export interface BuildSettings {
  fields: Record<string, FieldSettings>
  synonyms: readonly (readonly string[])[]
}

interface FoldedDocument {
  document: EngineDocument
  /** Folded values and their length in units, by field. */
  fields: Record<string, { texts: string[]; length: number }>
}

/** Gathers documents and makes a segment of them. */
export interface SegmentBuilder {
  /** Adds a document, in the place of one of the same id. */
  add(document: EngineDocument): void
  /** Indexes what was added. `meanLengths`: of the index it joins, so that its impacts compare. */
  finish(meanLengths?: Record<string, number>): Segment
}

/** Begins a segment. */
export function createBuilder(settings: BuildSettings): SegmentBuilder {
  const synonyms = createSynonyms(settings.synonyms)
  const added = new Map<string, FoldedDocument>()
  return {
    add: document => {
      added.set(document.id, foldDocument(document, settings))
    },
    finish: meanLengths => {
      const documents = [...added.values()]
      return buildSegment(documents, settings, synonyms, meanLengths ?? measureMeans(documents, settings))
    },
  }
}

function foldDocument(document: EngineDocument, settings: BuildSettings): FoldedDocument {
  const fields: FoldedDocument['fields'] = {}
  for (const name of Object.keys(settings.fields)) {
    const texts = (document.fields[name] ?? []).map(value => fold(value).text)
    fields[name] = { texts, length: texts.reduce((sum, text) => sum + countUnits(text), 0) }
  }
  return { document: { ...document, fields: {} }, fields }
}

function measureMeans(added: readonly FoldedDocument[], settings: BuildSettings): Record<string, number> {
  const means: Record<string, number> = {}
  for (const name of Object.keys(settings.fields)) {
    const lengths = added.map(({ fields }) => fields[name]?.length ?? 0).filter(length => length > 0)
    means[name] = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length)
  }
  return means
}

function buildSegment(
  added: readonly FoldedDocument[],
  settings: BuildSettings,
  synonyms: Synonyms,
  meanLengths: Record<string, number>,
): Segment {
  const postings = new Postings()
  added.forEach(({ fields }, ordinal) => {
    for (const [name, { weight, lengthDiscount, initials }] of Object.entries(settings.fields)) {
      const { texts, length } = fields[name] ?? { texts: [], length: 0 }
      const worth =
        weight / (1 - lengthDiscount + (lengthDiscount * length) / Math.max(1, meanLengths[name] ?? 1))
      const sink = {
        gram: (key: number) => postings.addGram(key, worth),
        word: (word: string) => postings.addWord(word, worth),
      }
      for (const text of texts) {
        readTerms(text, sink)
        if (initials) for (const key of readInitialKeys(text, synonyms)) postings.raiseInitials(key, weight)
      }
    }
    postings.endDocument(ordinal, SATURATION)
  })
  const lists = postings.finish()
  const documents = buildDocumentTable(added.map(({ document }) => document))
  return { documents, ...lists, sounds: indexSounds(lists.grams), meanLengths }
}
