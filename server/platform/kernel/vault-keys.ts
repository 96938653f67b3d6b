import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { KeyFault } from './keys.ts'
import { KEY_BYTES } from './vault.ts'

const ONE_KEY = /^[A-Za-z0-9+/]{43}=$/u

/** Where the keys of the vault are kept, unless they come from the environment. */
export const vaultKeyFile = (dataDir: string): string => join(dataDir, 'keys', 'vault.key')

/** Keys in base64, apart by commas or line ends, the one that seals first; undefined unless each is one of 32 bytes. */
export function parseKeys(text: string): Buffer[] | undefined {
  const keys = text.split(/[\s,]+/u).filter(Boolean)
  const areWhole = keys.length > 0 && keys.every(key => ONE_KEY.test(key))
  return areWhole ? keys.map(key => Buffer.from(key, 'base64')) : undefined
}

/** A new key for the vault. */
export const newKey = (): Buffer => randomBytes(KEY_BYTES)

/** The keys in a file, the one that seals first; undefined when there is no file. Throws KeyFault when it is damaged. */
export function readKeyFile(path: string): Buffer[] | undefined {
  if (!existsSync(path)) return undefined
  const keys = parseKeys(readFileSync(path, 'utf8'))
  if (!keys) throw new KeyFault(`${path} holds no whole keys; restore it from a backup`)
  return keys
}

/** Writes the keys as one: a crash leaves the file as it was or as it shall be. For the owner of the service alone. */
export function writeKeyFile(path: string, keys: readonly Uint8Array[]): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const fresh = `${path}.new`
  const file = openSync(fresh, 'w', 0o600)
  writeSync(file, keys.map(key => `${Buffer.from(key).toString('base64')}\n`).join(''))
  fsyncSync(file)
  closeSync(file)
  renameSync(fresh, path)
  syncFolder(dirname(path))
}

/** Without it a power cut may take the new name back, though what was sealed with the new key is on the disk. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return // a folder cannot be opened there
  const folder = openSync(path, 'r')
  fsyncSync(folder)
  closeSync(folder)
}
