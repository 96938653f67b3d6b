import { createHash, randomBytes } from 'node:crypto'
import type { Settings } from 'meilisearch'
import type { EngineSettings } from '#server/platform/engine/port.ts'
import { areaAttribute, fieldAttribute, MOST_AREAS } from './documents.ts'

/** Raised when documents are made otherwise: an index of another layout is built anew. */
const LAYOUT = 2
/** The synonym that holds an index's mark, which thus moves with it; no document and no query has the word. */
const MARK = 'firstlinemark'

/** The attributes our own terms are in, the weightiest first. */
export function termAttributes({ fields }: EngineSettings): string[] {
  const names = Object.entries(fields)
    .toSorted(([, one], [, other]) => other.weight - one.weight)
    .map(([name]) => fieldAttribute(name))
  return [...names.slice(0, 1), 'words', ...names.slice(1), 'words_long']
}

/** Whose an index is, what it was built with, and which build it is. */
export interface Mark {
  owner: string
  layout: string
  build: string
}

/** The settings of an index with its mark. */
export function indexSettings(settings: EngineSettings, { owner, layout, build }: Mark): Settings {
  return { ...settingsWithoutMark(settings), synonyms: { [MARK]: [owner, layout, build] } }
}

/** The mark of an index about to be built. */
export const newMark = (owner: string, settings: EngineSettings): Mark => {
  return { owner, layout: layoutOf(settings), build: randomBytes(6).toString('hex') }
}

/** Tells indexes apart that would have to be built anew to become one another. */
export function layoutOf(settings: EngineSettings): string {
  const made = { LAYOUT, settings: settingsWithoutMark(settings), fields: settings.fields }
  return createHash('sha256').update(JSON.stringify(made)).digest('hex').slice(0, 16)
}

/** The mark of an index, or undefined when it is not one of ours. */
export function markOf(settings: Settings): Mark | undefined {
  const [owner, layout, build] = settings.synonyms?.[MARK] ?? []
  return owner && layout && build ? { owner, layout, build } : undefined
}

/** The names of the settings that an index has otherwise than one with that mark should. */
export function changedSettings(actual: Settings, settings: EngineSettings, mark: Mark): string[] {
  const wanted = Object.entries(indexSettings(settings, mark)) as [keyof Settings, unknown][]
  return wanted.filter(([name, value]) => !isLike(actual[name], value, name)).map(([name]) => name)
}

/** The server sorts some lists and fills objects up; order tells only where attributes and rules rank. */
function isLike(actual: unknown, wanted: unknown, name: string): boolean {
  if (Array.isArray(wanted)) {
    const isRanked = ['searchableAttributes', 'rankingRules'].includes(name)
    const [one, other] = [actual, wanted].map(list =>
      Array.isArray(list) ? list.map(value => JSON.stringify(value)) : [],
    )
    return (
      JSON.stringify(isRanked ? one : one!.toSorted()) ===
      JSON.stringify(isRanked ? other : other!.toSorted())
    )
  }
  if (typeof wanted !== 'object' || wanted === null) return actual === wanted
  const given = (actual ?? {}) as Record<string, unknown>
  return Object.entries(wanted).every(([part, value]) => isLike(given[part], value, part))
}

function settingsWithoutMark(settings: EngineSettings): Settings {
  const terms = termAttributes(settings)
  return {
    searchableAttributes: [...terms, 'text'],
    displayedAttributes: ['id', 'key', 'v', 'text'],
    filterableAttributes: [
      'facets',
      ...Array.from({ length: MOST_AREAS }, (_, place) => areaAttribute(place)),
    ],
    rankingRules: ['words', 'typo', 'attributeRank', 'prior:desc'],
    typoTolerance: {
      enabled: true,
      disableOnAttributes: [...terms.filter(name => !name.startsWith('words')), 'text'],
      minWordSizeForTypos: { oneTypo: 6, twoTypos: 10 }, // with the letter our words begin with
    },
    localizedAttributes: [{ attributePatterns: ['*'], locales: ['cmn'] }],
    faceting: { maxValuesPerFacet: 1000, sortFacetValuesBy: { '*': 'count' } },
    pagination: { maxTotalHits: 1000 },
  }
}
