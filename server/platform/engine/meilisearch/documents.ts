import { createHash } from 'node:crypto'
import type { EngineDocument, EngineSettings, FieldSettings } from '#server/platform/engine/port.ts'
import { fold } from '#server/platform/text/fold.ts'
import { firstOf, MOST_INITIALS, secondOf } from '#server/platform/text/grams.ts'
import { readingsOf, spellingOf } from '#server/platform/text/syllables.ts'
import { readInitialKeys, readTerms } from '../embedded/terms.ts'
import { gramToken, initialsToken, slugOf, soundToken, wordToken } from './tokens.ts'

/** A document as Meilisearch keeps it: our own terms, and nothing that is shown. */
export interface RemoteDocument {
  /** The slug of `key`. */
  id: string
  key: string
  /** Tells documents apart that were made of different texts. */
  v: string
  prior: number
  /** `name.value` as slugs. */
  facets: string[]
  /** Runs of letters and digits of short fields and of long ones: the only ones read with typing errors allowed. */
  words: string
  words_long: string
  /** The folded text of the fields that tell most, cut by the server itself; comes back with a hit, to order hits by; one a field. */
  text: string[]
  /** `t_<field>`: grams, sounds and initials; `area_<n>`: the n-th condition. */
  [attribute: string]: unknown
}

/** Fields of this weight and more make up `text`, and so much of each. */
const TELLING = 0.5
const LONGEST_TEXT = 1000
/** A document may have so many conditions; one with more is found by nobody. */
export const MOST_AREAS = 8
/** The place of a condition that holds for nobody. */
const NOBODY = '-'
const LETTERS = 26

/** A field of which `text` is made. */
export type TellingField = FieldSettings & { name: string }

/** The fields of which `text` is made, the weightiest first. */
export const tellingFields = (fields: EngineSettings['fields']): TellingField[] =>
  Object.entries(fields)
    .map(([name, field]) => ({ ...field, name }))
    .filter(({ weight }) => weight >= TELLING)
    .toSorted((one, other) => other.weight - one.weight)

export const fieldAttribute = (name: string): string => `t_${slugOf(name)}`
export const areaAttribute = (place: number): string => `area_${place}`
export const facetValue = (name: string, value: string): string => `${slugOf(name)}.${slugOf(value)}`

/** Makes what Meilisearch indexes of a document. */
export function remoteDocument(document: EngineDocument, settings: EngineSettings): RemoteDocument {
  const facets = Object.entries(document.facets).map(([name, value]) => facetValue(name, value))
  const made = {
    ...termsOf(document, settings),
    ...areasOf(document.areas),
    key: document.id,
    prior: document.prior,
    facets,
    text: tellingFields(settings.fields).map(({ name }) =>
      foldedOf(document, name).join('\n').slice(0, LONGEST_TEXT),
    ),
  }
  const v = createHash('sha256').update(JSON.stringify(made)).digest('base64url').slice(0, 16)
  return { ...made, id: slugOf(document.id), v }
}

function termsOf(
  document: EngineDocument,
  { fields, lexicon }: EngineSettings,
): { words: string; words_long: string } {
  const [short, long] = [new Set<string>(), new Set<string>()]
  const attributes: Record<string, string> = {}
  for (const [name, { initials }] of Object.entries(fields)) {
    const tokens = foldedOf(document, name).map(text =>
      tokensOf(text, initials, lexicon, initials ? short : long),
    )
    attributes[fieldAttribute(name)] = tokens.flat().join(' ')
  }
  return { ...attributes, words: [...short].join(' '), words_long: [...long].join(' ') }
}

const foldedOf = (document: EngineDocument, name: string): string[] =>
  valuesOf(document, name).map(value => fold(value).text)

const valuesOf = ({ fields }: EngineDocument, name: string): readonly string[] =>
  Object.hasOwn(fields, name) ? (fields[name] ?? []) : []

function areasOf(areas: readonly string[]): Record<string, string> {
  if (areas.length > MOST_AREAS) return { [areaAttribute(0)]: NOBODY }
  return Object.fromEntries(areas.map((area, place) => [areaAttribute(place), slugOf(area)]))
}

function tokensOf(
  text: string,
  isShort: boolean,
  lexicon: EngineSettings['lexicon'],
  words: Set<string>,
): string[] {
  const grams: string[] = []
  const more = new Set<string>()
  readTerms(text, {
    gram: key => {
      grams.push(gramToken(key))
      if (isShort) for (const sound of soundsOf(key)) more.add(sound)
    },
    word: word => words.add(wordToken(word)),
  })
  if (isShort) for (const letters of longestInitials(text, lexicon)) more.add(initialsToken(letters))
  return [...grams, ...more]
}

/** Every way a gram may sound. */
function soundsOf(key: number): string[] {
  const ends = secondOf(key) === 0 ? [''] : readingsOf(secondOf(key)).map(reading => spellingOf(reading.id))
  return readingsOf(firstOf(key)).flatMap(({ id }) => ends.map(end => soundToken(spellingOf(id), end)))
}

/** First letters in a row, those left out that are the beginning of others: a search is by beginnings. */
function longestInitials(text: string, lexicon: EngineSettings['lexicon']): string[] {
  const all = Array.from(readInitialKeys(text, lexicon.synonyms), lettersOf).toSorted()
  return all.filter((letters, at) => !all[at + 1]?.startsWith(letters))
}

function lettersOf(key: number): string {
  const letters: string[] = []
  for (let rest = key; rest > 1 && letters.length < MOST_INITIALS; rest >>>= 5) {
    const letter = rest & 31
    if (letter >= 1 && letter <= LETTERS) letters.unshift(String.fromCharCode(96 + letter))
  }
  return letters.join('')
}
