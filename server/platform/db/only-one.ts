import Database from 'better-sqlite3'
import { join } from 'node:path'

/**
 * Takes a lock that lasts as long as this process, however it ends; throws when another process holds it. Returns what
 * lets go of it. SQLite's own file lock is used because it survives no crash and leaves nothing behind.
 */
export function lockUntilExit(path: string): () => void {
  const client = new Database(path)
  try {
    client.pragma('busy_timeout = 0')
    client.exec('begin exclusive')
  } catch (error) {
    client.close()
    throw error
  }
  return () => client.close()
}

/** The lock that the service on a folder holds. */
export const lockFile = (dataDir: string): string => join(dataDir, 'running.lock')

/** Keeps the service on a folder from starting until the returned function is called. Throws when it runs. */
export function lockWhileStopped(dataDir: string): () => void {
  try {
    return lockUntilExit(lockFile(dataDir))
  } catch (error) {
    throw new Error(`the service runs on ${dataDir}; stop it first`, { cause: error })
  }
}
