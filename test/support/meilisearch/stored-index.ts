import { segment } from './segment.ts'

export type Document = Record<string, unknown>
export type Settings = Record<string, unknown>

/** One index: documents by id, settings, and which documents have a token in which attributes. */
export class StoredIndex {
  readonly createdAt = new Date().toISOString()
  updatedAt = this.createdAt
  primaryKey: string | null
  settings: Settings = {}
  readonly documents = new Map<string, Document>()
  /** By token and document the attributes (bits, in the order of searchableAttributes) that hold it. */
  readonly postings = new Map<string, Map<string, number>>()
  #tokens: string[] | undefined
  #tolerant: { mask: number; tokens: string[] } | undefined

  constructor(primaryKey: string | null) {
    this.primaryKey = primaryKey
  }

  get searchable(): string[] {
    return list(this.settings.searchableAttributes)
  }

  /** All tokens that begin so. */
  tokensFrom(prefix: string): string[] {
    this.#tokens ??= [...this.postings.keys()].toSorted()
    const [from, to] = [lower(this.#tokens, prefix), lower(this.#tokens, `${prefix}\uffff`)]
    return this.#tokens.slice(from, to)
  }

  /** Tokens that some document has in one of these attributes. */
  tokensIn(mask: number): string[] {
    if (this.#tolerant?.mask === mask) return this.#tolerant.tokens
    const tokens = [...this.postings].filter(([, held]) => [...held.values()].some(one => (one & mask) !== 0))
    this.#tolerant = { mask, tokens: tokens.map(([token]) => token) }
    return this.#tolerant.tokens
  }

  put(document: Document): void {
    const id = String(document[this.primaryKey ?? 'id'])
    this.remove(id)
    this.documents.set(id, document)
    this.#add(id, document)
  }

  remove(id: string): boolean {
    const known = this.documents.get(id)
    if (known) for (const token of this.#tokensOf(known).keys()) this.postings.get(token)?.delete(id)
    return this.documents.delete(id)
  }

  /** Takes settings over and indexes everything anew. */
  set(settings: Settings): void {
    const given = Object.entries(settings).filter(([, value]) => value !== undefined)
    this.settings = { ...this.settings, ...Object.fromEntries(given) }
    this.postings.clear()
    this.#tokens = undefined
    this.#tolerant = undefined
    for (const [id, document] of this.documents) this.#add(id, document)
  }

  #add(id: string, document: Document): void {
    for (const [token, attributes] of this.#tokensOf(document)) {
      const held = this.postings.get(token) ?? new Map<string, number>()
      if (held.size === 0) this.#tokens = undefined
      this.#tolerant = undefined
      held.set(id, attributes)
      this.postings.set(token, held)
    }
  }

  #tokensOf(document: Document): Map<string, number> {
    const found = new Map<string, number>()
    this.searchable.forEach((attribute, at) => {
      const value = document[attribute]
      const text = Array.isArray(value) ? value.join(' . ') : typeof value === 'string' ? value : ''
      for (const token of segment(text)) found.set(token, (found.get(token) ?? 0) | (1 << at))
    })
    return found
  }
}

export const list = (value: unknown): string[] => (Array.isArray(value) ? (value as string[]) : [])

function lower(sorted: readonly string[], wanted: string): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! < wanted) low = middle + 1
    else high = middle
  }
  return low
}
