import { shallowRef } from 'vue'
import { SCRIPT_VARIABLES } from '#server/contract/script-lists.ts'
import { call } from '../api/index.ts'
import { noteQuotes } from '../reading/quotes.ts'
import { insertAt, type Spot } from './editing.ts'
import { edit, focusLine } from './writing.ts'

/** What is set into a line. */
export type Insert = 'quote' | 'variable'

/** What is being set in, where, and in place of what; undefined while nothing is. */
export const inserting = shallowRef<{ what: Insert; spot: Spot; range: readonly [number, number] }>()

/** What a key begins to set in after the text `before` the caret: “/” where no word or number goes on, “{” anywhere. */
export function opensInsert(key: string, before: string): Insert | undefined {
  if (key === '{') return 'variable'
  return key === '/' && !/[\p{Script=Latin}\p{N}/:.]$/u.test(before) ? 'quote' : undefined
}

export const startInsert = (what: Insert, spot: Spot, range: readonly [number, number]): void =>
  void (inserting.value = { what, spot, range })

/** Sets the words in and goes on after them. */
export function insert(words: string): void {
  const now = inserting.value
  inserting.value = undefined
  if (now) void edit(script => insertAt(script, now.spot, now.range, words))
}

/** Goes on without setting anything in. */
export function leaveInsert(): void {
  const now = inserting.value
  inserting.value = undefined
  if (now) void focusLine(now.spot, now.range[1])
}

/** Something that can be set in; `words` is how it is written. */
export interface Offer {
  id: number
  words: string
  title: string
  note: string
}

const NOTICES = 5
const fold = (text: string): string => text.normalize('NFKC').toLowerCase()

/** Variables whose name has the words. */
export const findVariables = async (asked: string): Promise<Offer[]> =>
  SCRIPT_VARIABLES.filter(one => fold(one).includes(fold(asked).replace(/[{}]/gu, ''))).map((one, index) => ({
    id: index,
    words: `{${one}}`,
    title: one,
    note: '',
  }))

/** Entries that answer the words, the caller's active notice, and notices that are in force now. */
export async function findQuotes(asked: string, signal: AbortSignal, active: string): Promise<Offer[]> {
  const [entries, notices] = await Promise.all([
    call('GET /api/search', { query: { q: asked, limit: 12 }, signal }),
    call('GET /api/notices', { query: { state: 'active', limit: 30 }, signal }).catch(() => ({
      notices: [],
    })),
  ])
  const answers = entries.hits.filter(hit => hit.kind !== 'notice' && hit.kind !== 'script')
  const offers = answers.map(hit => ({
    id: hit.id,
    words: `[[entry:${hit.id}]]`,
    title: hit.title,
    note: hit.say,
  }))
  const fitting = notices.notices
    .filter(one => fold(one.title + one.say).includes(fold(asked)))
    .slice(0, NOTICES)
  return [
    ...offers,
    ...(fold(active).includes(fold(asked))
      ? [{ id: 0, words: '[[notice:active]]', title: active, note: '' }]
      : []),
    ...fitting.map(one => ({ id: -one.id, words: `[[notice:${one.id}]]`, title: one.title, note: one.say })),
  ]
}

/** Pins an entry that was chosen to the revision in force, which is what its author read. */
export async function pinned({ id, words }: Offer): Promise<string> {
  if (id <= 0) return words
  const { title, say, revision } = await call('GET /api/entries/:id', { params: { id } })
  const ref = `entry:${id}@${revision}`
  noteQuotes([{ ref, kind: 'entry', id, title, say, pinned: revision, current: revision, state: 'current' }])
  return `[[${ref}]]`
}
