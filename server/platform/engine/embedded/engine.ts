import type { EngineChanges, EngineSettings, SearchEngine } from '#server/platform/engine/port.ts'
import { createBackground, type Background } from './background.ts'
import { createSearcher } from './search.ts'
import { countGram } from './segment.ts'
import { latest, Shelf } from './shelf.ts'

/** More documents than this in one change are indexed in a worker. */
const MOST_AT_ONCE = 50

/** The embedded engine also tells how large its index is. */
export interface EmbeddedEngine extends SearchEngine {
  /** Memory of the index, in bytes. */
  readonly bytes: number
  /** How many documents have a gram; those that are gone count until the next merge. */
  frequencyOf(gram: number): number
}

/**
 * An engine inside the process: an immutable big segment, small ones for what changed since, and marks for what is
 * gone. Rebuilding and merging run in a worker.
 */
export function createEmbeddedEngine({ fields, lexicon }: EngineSettings): EmbeddedEngine {
  const search = createSearcher(lexicon)
  const background = createBackground({ fields, synonyms: lexicon.words.synonyms })
  const shelf = new Shelf()
  const [changes, replacements] = [createQueue(), createQueue()]

  const apply = async ({ put, remove }: EngineChanges) => {
    const documents = latest(put)
    const build = documents.length > MOST_AT_ONCE ? background.build : background.buildHere
    const fresh = documents.length > 0 ? await build(documents, shelf.meanLengths) : undefined
    shelf.change([...remove, ...documents.map(document => document.id)], fresh)
    if (shelf.isScattered) void replacements(() => compact(shelf, background)).catch(() => undefined)
  }
  return {
    name: 'embedded',
    get size() {
      return shelf.size
    },
    get bytes() {
      return shelf.bytes
    },
    frequencyOf: gram => countGram(shelf.segments, gram),
    search: async query => search(shelf.segments, query),
    apply: change => changes(() => apply(change)),
    rebuild: documents => {
      const changed = shelf.watch()
      return replacements(() => shelf.replace(() => background.build(documents), changed))
    },
    close: background.close,
  }
}

/** What is scattered may have been replaced while this waited for its turn. */
async function compact(shelf: Shelf, { merge }: Background): Promise<void> {
  if (shelf.isScattered) await shelf.replace(merge)
}

/** Runs jobs one after the other, in the order they were given; a failed one does not hold up the next. */
function createQueue(): <T>(job: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return job => {
    const next = last.then(job)
    last = next.catch(() => undefined)
    return next
  }
}
