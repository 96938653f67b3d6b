import { createHash } from 'node:crypto'
import { firstOf, secondOf } from '#server/platform/text/grams.ts'

/**
 * Terms as words of Latin letters and digits that Meilisearch leaves whole, whatever its segmentation: plain Chinese
 * pairs would be cut again. The first letter says of which kind a term is, so kinds share an attribute without clashing.
 */
export const gramToken = (key: number): string =>
  `x${hex4(firstOf(key))}${secondOf(key) === 0 ? '' : hex4(secondOf(key))}`

/** A run of letters and digits; one token is the beginning of another when the runs are. */
export const wordToken = (word: string): string => `w${spell(word)}`

/** Two syllables in a row, confusions folded; without `second`, the beginning of any such pair. `v` is in no syllable. */
export const soundToken = (first: string, second = ''): string => `s${first}v${second}`

/** First letters of syllables in a row. */
export const initialsToken = (letters: string): string => `i${letters}`

const hex4 = (unit: number): string => unit.toString(16).padStart(4, '0')

const spell = (text: string): string =>
  text.replace(/[^a-y0-9]/gu, mark => `z${(mark.codePointAt(0) ?? 0).toString(16)}z`)

/** The longest value that may be filtered by has 468 bytes, an id 511; longer ones go by their hash. */
const LONGEST_SLUG = 200
/** The server finds nothing by an empty value. */
const EMPTY = '_-'

/**
 * Any text as one of the alphabet that ids must keep to and that no filter can be broken by. Different texts have
 * different slugs, also where letter case is not told apart.
 */
export function slugOf(text: string): string {
  if (text === '') return EMPTY
  const slug = text.replace(/[^a-z0-9]/gu, mark => `_${(mark.codePointAt(0) ?? 0).toString(16)}-`)
  return slug.length <= LONGEST_SLUG ? slug : `-${createHash('sha256').update(text, 'utf16le').digest('hex')}`
}

/** The text of a slug; undefined when it is the hash of a long one. */
export function textOfSlug(slug: string): string | undefined {
  if (slug.startsWith('-')) return undefined
  if (slug === EMPTY) return ''
  return slug.replace(/_([0-9a-f]+)-/gu, (_, code: string) => String.fromCodePoint(parseInt(code, 16)))
}

/** What a gram or a word token stands for in folded text; undefined for sounds and initials, which no text shows. */
export function plainOf(token: string): string | undefined {
  const rest = token.slice(1)
  if (token.startsWith('w'))
    return rest.replace(/z([0-9a-f]+)z/gu, (_, code: string) => String.fromCodePoint(parseInt(code, 16)))
  if (!token.startsWith('x')) return undefined
  return (rest.match(/.{4}/gu) ?? []).map(unit => String.fromCharCode(parseInt(unit, 16))).join('')
}
