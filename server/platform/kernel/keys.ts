import { createHmac, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** A keyed one-way hash: the same text gives the same hash here and tells nothing elsewhere. */
export type KeyedHash = (text: string) => string

const KEY_BYTES = 32

/** A key file that cannot be used; restoring it from a backup is better than beginning with a new one. */
export class KeyFault extends Error {}

/**
 * The keyed hash whose 32-byte key is in `path`; the key is made, readable by the owner alone, when there is none.
 * Throws KeyFault when the file holds no whole key: the hashes of a short one could be undone.
 */
export function keyedHash(path: string): KeyedHash {
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeFileSync(path, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx' })
    chmodSync(path, 0o600)
  }
  const key = readFileSync(path)
  if (key.length !== KEY_BYTES) throw new KeyFault(`${path} holds no key of ${KEY_BYTES} bytes`)
  return hashWith(key)
}

/** The keyed hash of a key in hand. */
export const hashWith =
  (key: Uint8Array): KeyedHash =>
  text =>
    createHmac('sha256', key).update(text).digest('base64url')
