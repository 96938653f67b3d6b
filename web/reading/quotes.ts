import { shallowRef } from 'vue'
import type { QuoteView } from '#server/contract/script-views.ts'
import { call } from '../api/index.ts'

const known = shallowRef<ReadonlyMap<string, QuoteView>>(new Map())
const wanted = new Set<string>()

/** Notes quotes as they stand, by what is written between [[ and ]]. A notice that is given without its words is asked for. */
export function noteQuotes(found: readonly QuoteView[]): void {
  const told = found.filter(one => one.kind === 'entry' || one.id === null || one.say !== null)
  known.value = new Map([...known.value, ...told.map(one => [one.ref, one] as const)])
}

/** A quote as it stands now; undefined until it is known. An entry by its id and a notice by its id are asked for once. */
export function quoteOf(ref: string): QuoteView | undefined {
  const found = known.value.get(ref)
  if (!found && !wanted.has(ref)) void fetchQuote(ref)
  return found
}

async function fetchQuote(ref: string): Promise<void> {
  wanted.add(ref)
  try {
    const found = await ((await entryQuote(ref)) ?? noticeQuote(ref))
    if (found) noteQuotes([found])
  } catch {
    wanted.delete(ref)
  }
}

async function entryQuote(ref: string): Promise<QuoteView | undefined> {
  const [, id, number] = /^entry:(\d+)(?:@(\d+))?$/u.exec(ref) ?? []
  if (id === undefined) return undefined
  const { title, say, revision } = await call('GET /api/entries/:id', { params: { id: Number(id) } })
  const pinned = number === undefined ? null : Number(number)
  const state = pinned === null || pinned === revision ? 'current' : 'changed'
  return { ref, kind: 'entry', id: Number(id), title, say, pinned, current: revision, state }
}

async function noticeQuote(ref: string): Promise<QuoteView | undefined> {
  const id = /^notice:(\d+)$/u.exec(ref)?.[1]
  if (id === undefined) return undefined
  const { title, say } = await call('GET /api/notices/:id', { params: { id: Number(id) } })
  return { ref, kind: 'notice', id: Number(id), title, say, pinned: null, current: null, state: 'current' }
}
