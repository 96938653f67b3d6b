import { createHash } from 'node:crypto'

/** A line of the audit trail as it is hashed: every column but the hash itself. */
export interface AuditLine {
  id: number
  at: number
  personId: number | null
  /** IP address of the request; null for what the service did by itself or a tool did on its machine. */
  fromAddress: string | null
  action: string
  subject: string
  note: string | null
  before: string | null
  after: string | null
}

/** How far the chain goes and with which hash it ends. */
export interface ChainHead {
  length: number
  hash: string
}

/** The head of a chain that has no row yet. */
export const EMPTY_CHAIN: ChainHead = { length: 0, hash: '' }

/** JSON with the keys of every object in code unit order: the same value gives the same text. `undefined` is left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

/** SHA-256, in hexadecimal, of a value's canonical JSON: what the audit keeps of a content before and after. */
export const contentHash = (value: unknown): string => sha256(canonicalJson(value))

/** The hash that binds a line to the one before it: SHA-256 of that one's hash, a line feed and the canonical JSON. */
export function lineHash(previous: string, line: AuditLine): string {
  const { id, at, personId, fromAddress, action, subject, note, before, after } = line
  const columns = { id, at, personId, fromAddress, action, subject, note, before, after }
  return sha256(`${previous}\n${canonicalJson(columns)}`)
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
