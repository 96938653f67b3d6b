import type { Config } from './config.ts'
import type { Db } from './platform/db/db.ts'
import type { MeilisearchEngine } from './platform/engine/meilisearch/engine.ts'
import type { PairedEngine } from './platform/engine/paired.ts'
import type { SearchEngine } from './platform/engine/port.ts'
import type { Clock } from './platform/kernel/clock.ts'
import type { KeyedHash } from './platform/kernel/keys.ts'
import type { Vault } from './platform/kernel/vault.ts'
import type { Lexicon } from './platform/text/lexicon.ts'
import type { Lexicons } from './scripts/index.ts'

/** What `buildApp` is given and hands on: nothing is global. */
export interface Deps {
  db: Db
  engine: SearchEngine
  /** An engine outside the process, and the pair that `engine` is then. */
  remote?: { main: MeilisearchEngine; pair: PairedEngine }
  /** What the engine and the ranking of its hits know about words. */
  lexicon: Lexicon
  /** The words that the checks of call scripts look for. */
  scriptWords: Lexicons
  clock: Clock
  config: Config
  /** For numbers of customers: the same number gives the same hash, and only here. */
  hash: KeyedHash
  /** For names and numbers of customers who are to be called back. */
  vault: Vault
}
