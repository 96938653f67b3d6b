import { join } from 'node:path'
import { buildApp } from './app.ts'
import { databasePath, readConfig, type Config } from './config.ts'
import { openDb, type Db } from './platform/db/db.ts'
import { lockFile, lockUntilExit } from './platform/db/only-one.ts'
import { openVault } from './keys.ts'
import { createEmbeddedEngine } from './platform/engine/embedded/engine.ts'
import { systemClock } from './platform/kernel/clock.ts'
import { keyedHash } from './platform/kernel/keys.ts'
import { fillWhenEmpty, makeDataDir } from './prepare.ts'
import { explainStart } from './start-faults.ts'
import { createLexicon } from './platform/text/lexicon.ts'
import { createRemote, readWords, SEARCH_FIELDS } from './search/index.ts'
import { readLexicons } from './scripts/index.ts'
import { CONTENT } from './starter.ts'

/** The longest (ms) that requests under way may take to finish once the service is told to stop. */
const DRAIN = 9_000

/** What is written here is for the account of the service alone, also in a folder that others may read. */
const OWNER_ONLY = 0o077

try {
  await start(readConfig(process.env))
} catch (error) {
  console.error(explainStart(error))
  process.exit(1)
}

async function start(config: Config): Promise<void> {
  process.umask(OWNER_ONLY)
  makeDataDir(config.dataDir)
  const unlock = lockUntilExit(lockFile(config.dataDir))
  const db = openDb(databasePath(config))
  fillWhenEmpty(db, systemClock(), config)
  const hash = keyedHash(join(config.dataDir, 'keys', 'numbers.key'))
  const vault = openVault(db, config)
  const lexicon = createLexicon(readWords(CONTENT))
  const embedded = createEmbeddedEngine({ fields: SEARCH_FIELDS, lexicon })
  const remote = config.meili && createRemote(db, config.meili, embedded, lexicon)
  const engine = remote?.pair ?? embedded
  const scriptWords = readLexicons()
  scriptWords.faults.forEach(fault => console.error(fault))
  const search = { engine, remote, lexicon, scriptWords }
  const { app } = await buildApp({ db, ...search, clock: systemClock, config, hash, vault })
  const address = await app.listen({ host: config.host, port: config.port })
  stopOnSignal(async () => {
    await app.close()
    await engine.close()
    close(db)
    unlock()
  })
  console.log(`ready ${address}`)
}

function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false
  const onSignal = () => {
    if (stopping) return // a killed group of processes is told twice: directly and by npm
    stopping = true
    setTimeout(() => process.exit(0), DRAIN).unref()
    void stop().then(() => process.exit(0))
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
}

function close(db: Db): void {
  db.$client.pragma('optimize')
  db.$client.close()
}
