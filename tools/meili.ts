import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { databasePath, readConfig } from '#server/config.ts'
import { openDb } from '#server/platform/db/db.ts'
import { examine } from '#server/platform/engine/meilisearch/doctor.ts'
import { makeKey } from '#server/platform/engine/meilisearch/key.ts'
import { systemClock } from '#server/platform/kernel/clock.ts'
import { createLexicon } from '#server/platform/text/lexicon.ts'
import { documentsInForce, installationOf, readWords, SEARCH_FIELDS } from '#server/search/index.ts'
import { CONTENT } from '#server/starter.ts'

const USAGE = 'usage: npm run meili -- doctor [--make-key]'
const MARKS = { right: 'ok  ', doubtful: '?   ', wrong: 'WRONG' }

/**
 * `npm run meili -- doctor`: looks the Meilisearch server of MEILI_URL over and prints a line for each thing; exits 1
 * when something is wrong. With `--make-key` it asks for the master key, which it keeps nowhere, and prints a key for
 * MEILI_KEY that may touch the service's own indexes alone.
 */
try {
  const [command, option] = process.argv.slice(2)
  const config = readConfig(process.env)
  if (command !== 'doctor' || (option !== undefined && option !== '--make-key')) throw new Error(USAGE)
  if (!config.meili) throw new Error('MEILI_URL is not set')
  if (option) console.log(`MEILI_KEY=${await makeKey(config.meili.url, await ask('master key: '))}`)
  else if (!(await report(config, config.meili))) process.exitCode = 1
} catch (error) {
  console.error(`meili: ${(error as Error).message}`)
  process.exitCode = 1
}

async function report(
  config: ReturnType<typeof readConfig>,
  { url, key }: NonNullable<ReturnType<typeof readConfig>['meili']>,
): Promise<boolean> {
  const path = databasePath(config)
  const db = openDb(existsSync(path) ? path : ':memory:') // a server may be looked over before the first start
  const settings = { fields: SEARCH_FIELDS, lexicon: createLexicon(readWords(CONTENT)) }
  const documents = documentsInForce(db, systemClock()).length
  const patient = { url, key, settings, owner: installationOf(db), documents }
  let isWell = true
  for await (const { what, is, found } of examine(patient)) {
    console.log(`${MARKS[is].padEnd(6)}${what}: ${found}`)
    if (is === 'wrong') isWell = false
  }
  db.$client.close()
  return isWell
}

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await lines.question(question)
  lines.close()
  return answer.trim()
}
