import { randomBytes } from 'node:crypto'
import type { Config } from '#server/config.ts'
import type { Deps } from '#server/deps.ts'
import { write, type Db } from '#server/platform/db/db.ts'
import type { EmbeddedEngine } from '#server/platform/engine/embedded/engine.ts'
import {
  createMeilisearchEngine,
  type MeilisearchOptions,
} from '#server/platform/engine/meilisearch/engine.ts'
import { faultOf } from '#server/platform/engine/meilisearch/faults.ts'
import { pairEngines, type Pair } from '#server/platform/engine/paired.ts'
import { readSetting, writeSetting } from '#server/platform/kernel/records.ts'
import type { Lexicon } from '#server/platform/text/lexicon.ts'
import { SEARCH_FIELDS } from './fields.ts'

const INSTALLATION = 'installation'

/** How long (ms) the server may take, in which index, and by which clock it is tried again; what is absent is as usual. */
type Patience = Pick<MeilisearchOptions, 'searchTimeout' | 'timeout' | 'taskTimeout' | 'uid'> &
  Pick<Pair, 'clock'>

/** Puts a Meilisearch server before the engine in the process, which stands in whenever the server does not answer. */
export function createRemote(
  db: Db,
  { url, key }: NonNullable<Config['meili']>,
  fallback: EmbeddedEngine,
  lexicon: Lexicon,
  { clock, ...patience }: Patience = {},
): NonNullable<Deps['remote']> {
  const { frequencyOf } = fallback
  const settings = { fields: SEARCH_FIELDS, lexicon }
  const server = { url, key, owner: installationOf(db), ...patience }
  const main = createMeilisearchEngine({ ...server, settings, frequencyOf })
  return { main, pair: pairEngines({ main, fallback, faultOf, ...(clock && { clock }) }) }
}

/** What this installation calls itself, so that two on one server do not take each other's index; made once. */
export function installationOf(db: Db): string {
  return write(db, tx => {
    const known = readSetting(tx, INSTALLATION)
    if (known !== undefined) return known
    const made = randomBytes(8).toString('hex')
    writeSetting(tx, INSTALLATION, made)
    return made
  })
}
