import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { databasePath, readConfig } from '#server/config.ts'
import { lockWhileStopped } from '#server/platform/db/only-one.ts'
import { CARRIED, copyCarried, requireSound } from './backup.ts'

/**
 * Puts the backup in the folder `from` in the place of the database `path`. The stopped service's own database, where
 * there is one, is moved into a folder beside it, and only with `replace`. Returns that folder. Throws, with nothing
 * changed, when the service runs, when the backup is not sound, or when a database is in the way.
 */
export function restore(
  from: string,
  path: string,
  options: { replace: boolean; now: Date },
): string | undefined {
  const dataDir = dirname(path)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const unlock = lockWhileStopped(dataDir)
  const fresh = `${path}.restored`
  try {
    copySound(join(from, basename(path)), fresh)
    const old = moveAway(path, options)
    copyCarried(from, dataDir)
    renameSync(fresh, path)
    return old
  } finally {
    rmSync(fresh, { force: true })
    unlock()
  }
}

/** The check runs on a copy: it may write, and a backup is never written. */
function copySound(backup: string, copy: string): void {
  if (!existsSync(backup)) throw new Error(`there is no backup ${backup}`)
  cpSync(backup, copy)
  requireSound(copy)
}

function moveAway(path: string, { replace, now }: { replace: boolean; now: Date }): string | undefined {
  const dataDir = dirname(path)
  const files = [path, `${path}-wal`, `${path}-shm`, ...CARRIED.map(folder => join(dataDir, folder))]
  const present = files.filter(file => existsSync(file))
  if (present.length === 0) return undefined
  if (!replace) throw new Error(`${dataDir} has a database; --replace moves it aside`)
  const old = join(dataDir, `replaced-${now.toISOString().replaceAll(':', '')}`)
  mkdirSync(old, { mode: 0o700 })
  for (const file of present) renameSync(file, join(old, basename(file)))
  return old
}

/** `npm run restore -- FOLDER [--replace]`: prints what was done, or one line of why not. */
function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { replace: { type: 'boolean' } },
  })
  const from = positionals[0]
  if (!from) throw new Error('usage: npm run restore -- FOLDER [--replace]')
  const path = databasePath(readConfig(process.env))
  const old = restore(resolve(from), path, { replace: values.replace ?? false, now: new Date() })
  console.log(`restored ${path}${old ? `; what was there is in ${old}` : ''}`)
}

if (import.meta.main) {
  try {
    main()
  } catch (error) {
    console.error(`restore: ${(error as Error).message}`)
    process.exitCode = 1
  }
}
