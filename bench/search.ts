import { createEmbeddedEngine } from '#server/platform/engine/embedded/engine.ts'
import type { EngineDocument, EngineSettings } from '#server/platform/engine/port.ts'
import { createLexicon } from '#server/platform/text/lexicon.ts'
import { readWords, SEARCH_FIELDS } from '#server/search/index.ts'
import { buildFts5 } from './fts5.ts'
import { readContent, readHotlineQueries } from './hotline.ts'
import { LAW_FIELDS, readLaw } from './law.ts'
import { startService } from './service.ts'
import { printMachine, printTable, timeEach, TIMING_HEAD, timingRow } from './timing.ts'

/** Queries as they are, and as they grow while they are typed. */
interface Asked {
  whole: string[]
  typing: string[]
}

const MOST_TYPED = 12
const MOST_GROWN = 200
/** FTS5 is measured on fewer: it takes a hundred times as long. */
const MOST_FTS5 = 200
const lexicon = createLexicon(readWords(new URL('../content', import.meta.url).pathname))

printMachine()
const content = readContent()
const dev = readHotlineQueries()?.map(query => query.text)
const similar = content.flatMap(document => document.fields.similar ?? [])
await measure('starter content', content, { fields: SEARCH_FIELDS, lexicon }, growing(dev ?? similar), false)
const law = readLaw('law-stard')
if (law) {
  const asked = growing(law.queries.map(query => query.text))
  await measure('law-stard', law.documents, { fields: LAW_FIELDS, lexicon }, asked, true)
} else console.log('\nlaw-stard: skipped, ../shared/data/law-stard is not there')

async function measure(
  name: string,
  documents: readonly EngineDocument[],
  settings: EngineSettings,
  asked: Asked,
  isAdded: boolean,
): Promise<void> {
  const engine = createEmbeddedEngine(settings)
  const start = performance.now()
  await engine.rebuild(documents)
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  const bytes = inMegabytes(engine.bytes)
  const fts5Start = performance.now()
  const fts5 = buildFts5(documents)
  const fts5Seconds = ((performance.now() - fts5Start) / 1000).toFixed(1)
  const perDocument = (size: number) => Math.round(size / documents.length).toString()
  printTable(
    `${name}: ${documents.length} documents`,
    ['index', 'seconds', 'MB', 'bytes a document'],
    [
      ['embedded, in a worker', seconds, bytes, perDocument(engine.bytes)],
      ['FTS5, same grams, in memory', fts5Seconds, inMegabytes(fts5.bytes), perDocument(fts5.bytes)],
    ],
  )
  const ask = (text: string) => engine.search({ text, limit: 50, offset: 0 })
  await timeEach(asked.whole, ask)
  const rows = [
    timingRow('embedded, whole queries', await timeEach(asked.whole, ask)),
    timingRow('embedded, as typed', await timeEach(asked.typing, ask)),
    timingRow('FTS5, whole queries', await timeEach(sample(asked.whole, MOST_FTS5), fts5.search)),
    timingRow('FTS5, as typed', await timeEach(sample(asked.typing, MOST_FTS5), fts5.search)),
  ]
  fts5.close()
  await engine.close()
  printTable(`${name}: search`, TIMING_HEAD, [
    ...rows,
    ...(await measureService(settings, isAdded ? documents : [], asked)),
  ])
  console.log(`resident memory of this process: ${inMegabytes(process.memoryUsage.rss())} MB`)
}

/** Over HTTP with sign-in, filters, texts read again, ranking and highlights. */
async function measureService(settings: EngineSettings, more: readonly EngineDocument[], asked: Asked) {
  const engine = createEmbeddedEngine(settings)
  const service = await startService(engine, lexicon, more)
  await timeEach(asked.whole, service.search)
  const rows = [
    timingRow('HTTP, whole queries', await timeEach(asked.whole, service.search)),
    timingRow('HTTP, as typed', await timeEach(asked.typing, service.search)),
  ]
  await service.close()
  await engine.close()
  return rows
}

function growing(whole: string[]): Asked {
  const typing = sample(whole, MOST_GROWN).flatMap(text =>
    Array.from({ length: Math.min(MOST_TYPED, text.length) }, (_, at) => text.slice(0, at + 1)),
  )
  return { whole, typing }
}

/** At most `most` of them, evenly spread. */
function sample(all: readonly string[], most: number): string[] {
  const every = Math.max(1, Math.floor(all.length / most))
  return all.filter((_, at) => at % every === 0)
}

function inMegabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1)
}
