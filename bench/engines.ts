import { createEmbeddedEngine } from '#server/platform/engine/embedded/engine.ts'
import { faultOf } from '#server/platform/engine/meilisearch/faults.ts'
import { createMeilisearchEngine } from '#server/platform/engine/meilisearch/engine.ts'
import { pairEngines } from '#server/platform/engine/paired.ts'
import type { EngineSettings, SearchEngine } from '#server/platform/engine/port.ts'
import { createLexicon } from '#server/platform/text/lexicon.ts'
import { readWords, SEARCH_FIELDS } from '#server/search/index.ts'
import { MASTER_KEY, startStub } from '../test/support/meilisearch/stub.ts'
import { readContent, readHotlineQueries } from './hotline.ts'
import { openOutside } from './outside.ts'
import { printMachine, printTable, timeEach, TIMING_HEAD, timingOf, timingRow } from './timing.ts'

/** Searches before and after the server is killed. */
const AROUND = 200
const settings: EngineSettings = {
  fields: SEARCH_FIELDS,
  lexicon: createLexicon(readWords(new URL('../content', import.meta.url).pathname)),
}

printMachine()
const documents = readContent()
const asked = (readHotlineQueries() ?? []).map(query => query.text)
const queries = asked.length > 0 ? asked : documents.map(document => document.fields.title?.[0] ?? '')
await measureBoth()
await measureFailover()

/** The same documents and queries on both engines. */
async function measureBoth(): Promise<void> {
  const outside = await openOutside()
  if (outside.name === 'stub')
    console.log(
      '\nMEILI_URL is not set: the stub stands in, and its times say what the adapter costs, not Meilisearch',
    )
  const rows: string[][] = []
  const timings: string[][] = []
  const measure = async (name: string, make: () => Promise<SearchEngine>) => {
    const before = process.memoryUsage().rss
    const began = performance.now()
    const engine = await make()
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    const grown = Math.max(0, process.memoryUsage().rss - before) / 2 ** 20
    rows.push([name, String(engine.size), seconds, grown.toFixed(0)])
    const timing = await timeEach(queries, text => engine.search({ text, limit: 50, offset: 0 }))
    timings.push(timingRow(name, timing))
    await engine.close()
  }
  await measure('embedded', async () => {
    const engine = createEmbeddedEngine(settings)
    await engine.rebuild(documents)
    return engine
  })
  await measure(outside.name, () => outside.fill(documents, settings))
  printTable('indexing', ['engine', 'documents', 'seconds', 'MiB grown here'], rows)
  printTable('a search', TIMING_HEAD, timings)
  await outside.close()
}

/** A server that is killed between two searches: what the searches after it take, and whether any fails. */
async function measureFailover(): Promise<void> {
  const stub = await startStub()
  const fallback = createEmbeddedEngine(settings)
  await fallback.rebuild(documents)
  const { frequencyOf } = fallback
  const main = createMeilisearchEngine({
    url: stub.url,
    key: MASTER_KEY,
    settings,
    owner: 'bench',
    frequencyOf,
  })
  await main.rebuild(documents)
  const table: string[][] = []
  for (const [name, breakIt, mendIt] of [
    ['killed', () => stub.kill(), () => stub.start()],
    [
      'hung',
      async () => void (stub.faultOf = () => 'hang'),
      async () => void (stub.faultOf = () => undefined),
    ],
    [
      'dripping',
      async () => void (stub.faultOf = () => 'drip'),
      async () => void (stub.faultOf = () => undefined),
    ],
  ] as const) {
    const pair = pairEngines({ main, fallback, faultOf })
    pair.serve()
    let failed = 0
    let firstGood: number | undefined
    const times: number[] = []
    await breakIt()
    const broken = performance.now()
    for (let n = 0; n < AROUND; n += 1) {
      const began = performance.now()
      const text = queries[n % queries.length]!
      const found = await pair.search({ text, limit: 50, offset: 0 }).catch(() => undefined)
      times.push(performance.now() - began)
      if (!found) failed += 1
      else firstGood ??= performance.now() - broken
    }
    await mendIt()
    const { p50, p99, max } = timingOf(times)
    table.push([name, ...[firstGood ?? NaN, p50, p99, max].map(time => time.toFixed(1)), String(failed)])
  }
  printTable(
    `${AROUND} searches from the moment the stub is broken`,
    ['ms', 'next answer', 'p50', 'p99', 'max', 'failed'],
    table,
  )
  await fallback.close()
  await main.close()
  await stub.kill()
}
