import Database from 'better-sqlite3'

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
