import { shallowRef } from 'vue'
import type { BasisView } from '#server/contract/entry.ts'
import type { SourceView } from '#server/contract/source.ts'
import type { DraftText } from '#server/contract/writing.ts'
import { call } from '../api/index.ts'
import { sortedBy } from '../ui/sorted.ts'

/** What is known of a document of the register. */
export type KnownSource = Pick<SourceView, 'id' | 'title' | 'number' | 'status'> &
  Partial<Pick<SourceView, 'supersededBy'>>

const known = shallowRef<ReadonlyMap<number, KnownSource>>(new Map())
const wanted = new Set<number>()

/** Notes documents, so that citations of them can be shown by their titles. */
export function noteSources(found: readonly KnownSource[]): void {
  known.value = new Map([...known.value, ...found.map(one => [one.id, one] as const)])
}

export const noteBasis = (basis: readonly BasisView[]): void =>
  noteSources(basis.map(({ sourceId, title, number, status }) => ({ id: sourceId, title, number, status })))

/** A document by its id; undefined until the register answered, which is asked once. */
export function sourceOf(id: number): KnownSource | undefined {
  const found = known.value.get(id)
  if (!found && !wanted.has(id)) void fetchSource(id)
  return found
}

async function fetchSource(id: number): Promise<void> {
  wanted.add(id)
  try {
    noteSources([await call('GET /api/sources/:id', { params: { id } })])
  } catch {
    wanted.delete(id)
  }
}

/** The citations of a draft as readers see them; those not known yet are left out. */
export const basisOf = (basis: DraftText['basis']): BasisView[] =>
  basis.flatMap(({ sourceId, clause }) => {
    const source = sourceOf(sourceId)
    if (!source) return []
    const { title, number, status } = source
    return [{ sourceId, title, number, clause: clause ?? null, status }]
  })

/** A citation as people compare it: by the title of its document. */
export const citationText = ({ sourceId, clause = '' }: DraftText['basis'][number]): string =>
  `${sourceOf(sourceId)?.title ?? `#${sourceId}`} ${clause}`.trim()

/** Documents whose title, number or issuer has the words; those in force first. */
export async function findSources(q: string, signal?: AbortSignal): Promise<SourceView[]> {
  const { sources } = await call('GET /api/sources', { query: { q, limit: 20 }, signal })
  noteSources(sources)
  return sortedBy(sources, rank)
}

const rank = (source: SourceView): number => (source.status === 'outdated' ? 1 : 0)

/** The documents, with one put first that is not among them; without it when the register has none such. */
export async function withSource(listed: readonly SourceView[], id: number): Promise<readonly SourceView[]> {
  if (listed.some(one => one.id === id)) return listed
  const found = await call('GET /api/sources/:id', { params: { id } }).catch(() => undefined)
  return found ? [found, ...listed] : listed
}
