import Database from 'better-sqlite3'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { databasePath, readConfig } from '#server/config.ts'

/** Folders of DATA_DIR without which the database is not whole: the keys of the callers' numbers and of the vault. */
export const CARRIED = ['keys']

/**
 * Copies the database `source` and the CARRIED folders beside it into the new folder `target`, also while the service
 * runs, and checks the copy. All of it or nothing is left behind. Throws when there is no database, when `target` is
 * taken, when the copy is not sound, or when a key was changed meanwhile.
 */
export async function backUp(source: string, target: string): Promise<void> {
  if (!existsSync(source)) throw new Error(`there is no database ${source}`)
  if (existsSync(target) && readdirSync(target).length > 0)
    throw new Error(`${target} is taken; name a new folder`)
  const partial = `${target}.partial`
  rmSync(partial, { recursive: true, force: true })
  mkdirSync(partial, { recursive: true, mode: 0o700 })
  try {
    copyCarried(dirname(source), partial)
    await copyDatabase(source, join(partial, basename(source)))
    requireSameKeys(dirname(source), partial)
    rmSync(target, { recursive: true, force: true })
    renameSync(partial, target)
  } finally {
    rmSync(partial, { recursive: true, force: true })
  }
}

/** Throws when the database at `path` is damaged, is none, or breaks its own references. Leaves one file, no journal. */
export function requireSound(path: string): void {
  const client = new Database(path, { fileMustExist: true })
  try {
    client.pragma('journal_mode = DELETE')
    const found = client.pragma('integrity_check', { simple: true })
    if (found !== 'ok') throw new Error(`${path} is damaged: ${String(found)}`)
    const broken = client.pragma('foreign_key_check') as unknown[]
    if (broken.length > 0) throw new Error(`${path} has ${broken.length} broken references`)
  } finally {
    client.close()
  }
}

/** Copies the CARRIED folders that `from` has. */
export function copyCarried(from: string, to: string): void {
  for (const folder of CARRIED.filter(name => existsSync(join(from, name)))) {
    cpSync(join(from, folder), join(to, folder), { recursive: true })
  }
}

/** A key that was changed meanwhile may be the only one that opens what was copied. */
function requireSameKeys(from: string, copy: string): void {
  for (const folder of CARRIED.filter(name => existsSync(join(from, name)))) {
    for (const file of readdirSync(join(from, folder))) {
      const [now, then] = [join(from, folder, file), join(copy, folder, file)]
      if (!existsSync(then) || !readFileSync(now).equals(readFileSync(then)))
        throw new Error(`${now} was changed while it was copied; back up again`)
    }
  }
}

async function copyDatabase(source: string, copy: string): Promise<void> {
  const client = new Database(source, { fileMustExist: true })
  try {
    await client.backup(copy)
  } finally {
    client.close()
  }
  requireSound(copy)
}

/** `npm run backup -- FOLDER`: prints the folder, or one line of why not. */
async function main(target: string | undefined): Promise<void> {
  if (!target) throw new Error('usage: npm run backup -- FOLDER')
  await backUp(databasePath(readConfig(process.env)), resolve(target))
  console.log(`backed up to ${resolve(target)}`)
}

if (import.meta.main) {
  await main(process.argv[2]).catch((error: Error) => {
    console.error(`backup: ${error.message}`)
    process.exitCode = 1
  })
}
