import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { buildApp } from '#server/app.ts'
import { readConfig } from '#server/config.ts'
import { openDb } from '#server/platform/db/db.ts'
import { createEmbeddedEngine } from '#server/platform/engine/embedded/engine.ts'
import { systemClock } from '#server/platform/kernel/clock.ts'
import { hashWith } from '#server/platform/kernel/keys.ts'
import { vaultWith } from '#server/platform/kernel/vault.ts'
import { createLexicon } from '#server/platform/text/lexicon.ts'
import { readLexicons } from '#server/scripts/index.ts'
import { SEARCH_FIELDS } from '#server/search/index.ts'

/** Where the description of the API is kept, so that a change of it shows in review. */
export const SNAPSHOT = join(dirname(import.meta.dirname), 'docs', 'openapi.json')

/** The app's own description of its API (OpenAPI 3) as it is kept in SNAPSHOT. */
export async function apiDescription(): Promise<string> {
  const db = openDb(':memory:')
  const lexicon = createLexicon({ synonyms: [], framing: [] })
  const engine = createEmbeddedEngine({ fields: SEARCH_FIELDS, lexicon })
  const config = readConfig({ LOG_LEVEL: 'silent' })
  const hash = hashWith(randomBytes(32))
  const vault = vaultWith([randomBytes(32)])
  const scriptWords = readLexicons()
  const { app } = await buildApp({
    db,
    engine,
    lexicon,
    scriptWords,
    clock: systemClock,
    config,
    hash,
    vault,
  })
  await app.ready()
  const description = `${JSON.stringify(app.swagger(), null, 2)}\n`
  await app.close()
  await engine.close()
  db.$client.close()
  return description
}

/** `npm run openapi`: writes the snapshot anew. */
if (import.meta.main) {
  writeFileSync(SNAPSHOT, await apiDescription())
  console.log(`wrote ${SNAPSHOT}`)
}
