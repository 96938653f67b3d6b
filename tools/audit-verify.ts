import { databasePath, readConfig } from '#server/config.ts'
import { untold, verifyChain } from '#server/audit/index.ts'
import { entryLedger } from '#server/entries/index.ts'
import { openToRead } from '#server/platform/db/db.ts'
import { reviewLedger } from '#server/reviews/index.ts'

/** The most differences that are printed by name. */
const MAX_NAMED = 20

/**
 * `npm run audit-verify`: follows the chain of the audit trail of DATA_DIR, also while the service runs, and changes
 * nothing. Prints its length and last hash, which kept elsewhere prove that nothing was rewritten since; or the first
 * row that is broken and why, and exits 1. A trail that is whole is then held against the tables: what of entries and
 * reviews is not as the trail tells it is named, and it exits 1 as well.
 */
try {
  const db = openToRead(databasePath(readConfig(process.env)))
  const [found, differing] = db.transaction(
    () => [verifyChain(db), untold(db, [entryLedger, reviewLedger])] as const,
  )
  db.$client.close()
  if ('why' in found) throw new Error(`row ${found.id} ${found.why}`)
  console.log(`${found.length} rows, unbroken; the last hash is ${found.hash || 'none'}`)
  for (const one of differing.slice(0, MAX_NAMED)) console.error(`audit-verify: ${one}`)
  if (differing.length > 0) throw new Error(`not as the trail tells it: ${differing.length}`)
  console.log('entries and reviews are as the trail tells them')
} catch (error) {
  console.error(`audit-verify: ${(error as Error).message}`)
  process.exitCode = 1
}
