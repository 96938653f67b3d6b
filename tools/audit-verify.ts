import { databasePath, readConfig } from '#server/config.ts'
import { verifyChain } from '#server/audit/index.ts'
import { openToRead } from '#server/platform/db/db.ts'

/**
 * `npm run audit-verify`: follows the chain of the audit trail of DATA_DIR, also while the service runs, and changes
 * nothing. Prints its length and last hash, which kept elsewhere prove that nothing was rewritten since; or the first
 * row that is broken and why, and exits 1.
 */
try {
  const db = openToRead(databasePath(readConfig(process.env)))
  const found = verifyChain(db)
  db.$client.close()
  if ('why' in found) throw new Error(`row ${found.id} ${found.why}`)
  console.log(`${found.length} rows, unbroken; the last hash is ${found.hash || 'none'}`)
} catch (error) {
  console.error(`audit-verify: ${(error as Error).message}`)
  process.exitCode = 1
}
