import { join } from 'node:path'
import { buildApp } from './app.ts'
import { ConfigFault, databasePath, readConfig, type Config } from './config.ts'
import { openDb, type Db } from './platform/db/db.ts'
import { lockUntilExit } from './platform/db/only-one.ts'
import { createEmbeddedEngine } from './platform/engine/embedded/engine.ts'
import { systemClock } from './platform/kernel/clock.ts'
import { keyedHash } from './platform/kernel/keys.ts'
import { ContentFault, fillWhenEmpty, makeDataDir } from './prepare.ts'
import { createLexicon } from './platform/text/lexicon.ts'
import { readWords, SEARCH_FIELDS } from './search/index.ts'
import { CONTENT } from './starter.ts'

/** The longest (ms) that requests under way may take to finish once the service is told to stop. */
const DRAIN = 9_000

/** What SQLite's and Node's error codes mean to the person who starts the service. */
const MEANINGS: [RegExp, string][] = [
  [/^EADDRINUSE$/u, 'the port is taken; set PORT to another one'],
  [/^EADDRNOTAVAIL$|^ENOTFOUND$/u, 'HOST is not an address of this machine'],
  [
    /^EACCES$|^EPERM$|^EROFS$|^SQLITE_READONLY|^SQLITE_CANTOPEN/u,
    'DATA_DIR or its database cannot be written',
  ],
  [/^SQLITE_BUSY|^SQLITE_LOCKED/u, 'the database is locked: another Firstline runs on this DATA_DIR'],
  [/^SQLITE_NOTADB|^SQLITE_CORRUPT/u, 'the database file is damaged or is no database'],
  [/^SQLITE_FULL|^ENOSPC/u, 'the disk is full'],
]

try {
  await start(readConfig(process.env))
} catch (error) {
  console.error(explain(error))
  process.exit(1)
}

async function start(config: Config): Promise<void> {
  makeDataDir(config.dataDir)
  const unlock = lockUntilExit(join(config.dataDir, 'running.lock'))
  const db = openDb(databasePath(config))
  fillWhenEmpty(db, systemClock(), config)
  const hash = keyedHash(join(config.dataDir, 'keys', 'numbers.key'))
  const lexicon = createLexicon(readWords(CONTENT))
  const engine = createEmbeddedEngine({ fields: SEARCH_FIELDS, lexicon })
  const { app } = await buildApp({ db, engine, lexicon, clock: systemClock, config, hash })
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

/** One clear line for what the person who starts the service can mend; the whole error for what they cannot. */
function explain(error: unknown): string {
  if (error instanceof ConfigFault || error instanceof ContentFault) return `firstline: ${error.message}`
  const { code = '', message = '' } = error as { code?: string; message?: string }
  const meaning = MEANINGS.find(([pattern]) => pattern.test(code))?.[1]
  return meaning
    ? `firstline: ${meaning} (${message})`
    : `firstline: could not start: ${(error as Error).stack ?? message}`
}
