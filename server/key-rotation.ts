import type { Config } from './config.ts'
import { openVault, requireKeys } from './keys.ts'
import { shedDeleted, write, type Db } from './platform/db/db.ts'
import type { Clock } from './platform/kernel/clock.ts'
import { KeyFault } from './platform/kernel/keys.ts'
import { recordAudit } from './platform/kernel/records.ts'
import { keyId, vaultWith } from './platform/kernel/vault.ts'
import { newKey, readKeyFile, vaultKeyFile, writeKeyFile } from './platform/kernel/vault-keys.ts'
import { sealAnew } from './questions/index.ts'

/** How many rows are sealed anew in one transaction. */
const BATCH = 100

/** What a change of the vault's key did. Keys are named by their ids. */
export interface Rotation {
  key: string
  dropped: string[]
  rows: number
  /** It went on with a change that had been broken off. */
  isResumed: boolean
}

type Place = Pick<Config, 'dataDir' | 'vaultKeys'>

/**
 * Changes the key of the vault while the service is stopped: a new key, every row sealed anew, the old keys dropped.
 * Where the keys are in the environment, the first of them is the new one, and dropping the others is left to whoever
 * set them. Each step is on the disk before it is yielded; broken off after any of them, or within, it is gone on with
 * by the next run. Throws KeyFault when a key is missing.
 */
export function* rotation(db: Db, clock: Clock, place: Place): Generator<string, Rotation> {
  openVault(db, place)
  const file = place.vaultKeys ? undefined : vaultKeyFile(place.dataDir)
  const found = (file === undefined ? place.vaultKeys : readKeyFile(file)) ?? []
  if (file === undefined && found.length < 2)
    throw new KeyFault('VAULT_KEY has one key; put a new one before it, with a comma between')
  const keys = found.length > 1 ? found : [newKey(), ...found]
  const [first, ...others] = keys
  if (!first) throw new KeyFault('there is no key to change')
  if (file !== undefined) writeKeyFile(file, keys)
  yield 'keys'
  const rows = yield* sealAllAnew(db, clock, keys)
  requireKeys(db, [first], 'the new key alone')
  const told = { key: keyId(first), dropped: others.map(keyId), rows, isResumed: found.length > 1 }
  recordChange(db, clock(), told)
  yield 'audit'
  if (file !== undefined) writeKeyFile(file, [first])
  return told
}

function* sealAllAnew(db: Db, clock: Clock, keys: readonly Buffer[]): Generator<string, number> {
  const vault = vaultWith(keys)
  for (let rows = 0; ;) {
    const sealed = write(db, tx => {
      const count = sealAnew(tx, vault, BATCH)
      if (count > 0)
        recordAudit(tx, clock(), null, 'vault.sealed_anew', 'vault', { note: `${count} call-backs` })
      return count
    })
    rows += sealed
    if (sealed === 0) return rows
    yield 'rows'
  }
}

function recordChange(db: Db, now: number, { key, dropped, rows }: Rotation): void {
  const note = `key ${key} instead of ${dropped.join(', ')}; ${rows} call-backs sealed anew`
  write(db, tx => recordAudit(tx, now, null, 'vault.key_changed', 'vault', { note }))
  shedDeleted(db)
}
