import { readConfig, databasePath } from '#server/config.ts'
import { openDb, write } from '#server/platform/db/db.ts'
import { systemClock } from '#server/platform/kernel/clock.ts'
import { fillWhenEmpty, makeDataDir } from '#server/prepare.ts'
import { CONTENT, importContent } from '#server/starter.ts'

/**
 * `npm run import [-- FOLDER]`: takes a content folder, and the scripts in its folder scripts/, over into the database of DATA_DIR, also while the service runs.
 * Prints every bad file as path:line: reason, takes the others over, and exits 1 when there was one.
 */
const config = readConfig(process.env)
makeDataDir(config.dataDir)
const db = openDb(databasePath(config))
fillWhenEmpty(db, systemClock(), config)
const report = write(db, tx => importContent(tx, systemClock(), process.argv[2] ?? CONTENT))
db.$client.close()

for (const fault of report.faults) console.error(fault)
console.log(
  `${report.created} created, ${report.updated} updated, ${report.unchanged} unchanged, ${report.faults.length} faults`,
)
process.exitCode = report.faults.length > 0 ? 1 : 0
