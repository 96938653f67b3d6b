import { createHmac, randomUUID } from 'node:crypto'
import { StubError } from './errors.ts'

export interface Key {
  name: string | null
  description: string | null
  key: string
  uid: string
  actions: string[]
  indexes: string[]
  expiresAt: string | null
  createdAt: string
  updatedAt: string
}

/** The keys of an instance and what each may do. */
export class Keys {
  readonly all: Key[] = []
  readonly #master: string

  constructor(master: string) {
    this.#master = master
  }

  create(given: Partial<Key>): Key {
    const uid = given.uid ?? randomUUID()
    const now = new Date().toISOString()
    const key = createHmac('sha256', this.#master).update(uid).digest('hex')
    const { name = null, description = null, actions = [], indexes = [], expiresAt = null } = given
    const made = { name, description, key, uid, actions, indexes, expiresAt, createdAt: now, updatedAt: now }
    this.all.push(made)
    return made
  }

  /** Whether a key may touch all indexes. */
  coversAll(header: string | undefined): boolean {
    const given = header?.replace(/^Bearer /u, '')
    return (
      given === this.#master || this.all.some(({ key, indexes }) => key === given && indexes.includes('*'))
    )
  }

  /** Refuses unless the header names a key that may do this with all of these indexes. */
  require(header: string | undefined, action: string, indexes: readonly string[]): void {
    if (header === undefined) throw new StubError('missing_authorization_header')
    const given = header.replace(/^Bearer /u, '')
    if (given === this.#master) return
    const found = this.all.find(({ key }) => key === given)
    const isAllowed =
      found?.actions.some(one => isCovered(one, action)) && action.startsWith('keys.') === false
    const fits = indexes.every(index => found?.indexes.some(one => isCovered(one, index)))
    if (!isAllowed || !fits) throw new StubError('invalid_api_key')
  }
}

/** `documents.*` covers `documents.add`, `firstline*` covers `firstline-build`. */
const isCovered = (pattern: string, name: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name
