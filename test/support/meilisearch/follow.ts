import { openDb } from '#server/platform/db/db.ts'
import { createEmbeddedEngine } from '#server/platform/engine/embedded/engine.ts'
import { createLexicon } from '#server/platform/text/lexicon.ts'
import { createRemote, Indexer, RemoteSync, SEARCH_FIELDS } from '#server/search/index.ts'

/**
 * As much of the service as keeps a server in step with a database, as a process of its own that can be killed: starting
 * all of it takes longer than all else of such a test. Arguments: the database, the address of the server, its key.
 */
const [path = '', url = '', key] = process.argv.slice(2)
const db = openDb(path)
const lexicon = createLexicon({ synonyms: [], framing: [] })
const embedded = createEmbeddedEngine({ fields: SEARCH_FIELDS, lexicon })
const remote = createRemote(db, { url, key }, embedded, lexicon, { timeout: 60_000, searchTimeout: 60_000 })
const given = { db, remote, engine: remote.pair, clock: Date.now }
const sync = new RemoteSync(given, () => new Indexer(given).follow(), { warn: () => undefined })
sync.start()
setInterval(() => undefined, 1000) // stays until it is killed
