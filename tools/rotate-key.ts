import { databasePath, readConfig } from '#server/config.ts'
import { rotation, type Rotation } from '#server/key-rotation.ts'
import { openDb } from '#server/platform/db/db.ts'
import { lockWhileStopped } from '#server/platform/db/only-one.ts'
import { systemClock } from '#server/platform/kernel/clock.ts'

/**
 * `npm run rotate-key`: changes the key of names and numbers while the service is stopped, which would go on sealing
 * with the old one. Broken off, it is run again. Prints what was done, or one line of why not, and exits 1.
 */
try {
  const config = readConfig(process.env)
  const unlock = lockWhileStopped(config.dataDir)
  const db = openDb(databasePath(config))
  console.log(sentence(drain(rotation(db, systemClock, config)), config.vaultKeys !== undefined))
  db.$client.close()
  unlock()
} catch (error) {
  console.error(`rotate-key: ${(error as Error).message}`)
  process.exitCode = 1
}

function drain(steps: Generator<string, Rotation>): Rotation {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

function sentence({ key, dropped, rows, isResumed }: Rotation, isFromOutside: boolean): string {
  const done = `${isResumed && !isFromOutside ? 'went on with a change that was broken off: ' : ''}${rows} call-backs are sealed anew with the key ${key}`
  return isFromOutside
    ? `${done}; take ${dropped.join(', ')} out of VAULT_KEY: all but the first`
    : `${done}; the old key ${dropped.join(', ')} is gone`
}
