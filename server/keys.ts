import type { Config } from './config.ts'
import type { Db } from './platform/db/db.ts'
import { KeyFault } from './platform/kernel/keys.ts'
import { keyId, vaultWith, type Vault } from './platform/kernel/vault.ts'
import { newKey, readKeyFile, vaultKeyFile, writeKeyFile } from './platform/kernel/vault-keys.ts'
import { keysInUse } from './questions/index.ts'

/**
 * The vault with the keys of the environment or else of the key file, which is made when nothing was sealed yet. Throws
 * KeyFault when a key is missing that something was sealed with: a new one would hide that for good.
 */
export function openVault(db: Db, config: Pick<Config, 'dataDir' | 'vaultKeys'>): Vault {
  const keys = config.vaultKeys ?? keysOfFile(db, vaultKeyFile(config.dataDir))
  requireKeys(db, keys, config.vaultKeys ? 'VAULT_KEY' : vaultKeyFile(config.dataDir))
  return vaultWith(keys)
}

function keysOfFile(db: Db, path: string): readonly Buffer[] {
  const found = readKeyFile(path)
  if (found) return found
  if (keysInUse(db).size > 0)
    throw new KeyFault(
      `${path} is missing, and names and numbers are sealed with it; restore it from a backup`,
    )
  const keys = [newKey()]
  writeKeyFile(path, keys)
  return keys
}

/** Throws KeyFault unless every key that something is sealed with is among `keys`, which came from `place`. */
export function requireKeys(db: Db, keys: readonly Uint8Array[], place: string): void {
  const known = new Set(keys.map(keyId))
  for (const [id, rows] of keysInUse(db)) {
    if (known.has(id)) continue
    throw new KeyFault(`${place} lacks the key ${id} that ${rows} call-backs are sealed with; restore it`)
  }
}
