import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { createEmbeddedEngine } from '#server/platform/engine/embedded/engine.ts'
import type { EngineDocument, EngineSettings, SearchEngine } from '#server/platform/engine/port.ts'
import { createLexicon } from '#server/platform/text/lexicon.ts'
import { readWords, SEARCH_FIELDS } from '#server/search/index.ts'
import { createRank } from '#server/search/ranking.ts'
import { measureFailover } from './failover.ts'
import { readContent, readHotlineQueries, type HotlineQuery } from './hotline.ts'
import { LAW_FIELDS, readLaw } from './law.ts'
import { openOutside } from './outside.ts'
import { createAsk, createTally, QUALITY_HEAD } from './tally.ts'
import { printMachine, printTable, timeEach, TIMING_HEAD, timingRow } from './timing.ts'

/** A query, and the ids that answer it. */
interface Asked {
  text: string
  kind: string
  isRight: (id: string) => boolean
}

const MOST_LAW = 200
/** `--pid` names the process of the server, whose memory is read; `--law` measures the large collection too. */
const { pid: server, law: isLarge } = parseArgs({
  options: { pid: { type: 'string' }, law: { type: 'boolean' } },
}).values
const lexicon = createLexicon(readWords(new URL('../content', import.meta.url).pathname))
const rank = createRank(lexicon)

printMachine()
const outside = await openOutside()
if (outside.name === 'stub')
  console.log(
    '\nMEILI_URL is not set: the stub stands in, and its times say what the adapter costs, not Meilisearch',
  )
const content = readContent()
const queries = readHotlineQueries() ?? []
await measure('starter content', content, { fields: SEARCH_FIELDS, lexicon }, queries.map(askedOf))
const law = isLarge && outside.name === 'meilisearch' ? readLaw('law-stard') : undefined
if (law) {
  const every = Math.ceil(law.queries.length / MOST_LAW)
  const asked = law.queries
    .filter((_, at) => at % every === 0)
    .map(({ text, relevant }) => ({
      text,
      kind: 'lay question',
      isRight: (id: string) => relevant.includes(id),
    }))
  await measure('law-stard', law.documents, { fields: LAW_FIELDS, lexicon }, asked)
} else console.log('\nlaw-stard: only with --law, MEILI_URL and ../shared/data/law-stard')
await outside.close()
await measureFailover(queries.map(query => query.text))

function askedOf({ text, topic, kind }: HotlineQuery): Asked {
  const right = new Set(content.filter(({ fields }) => fields.topic?.[0] === topic).map(({ id }) => id))
  return { text, kind: topic === '__none__' ? 'no answer' : kind, isRight: id => right.has(id) }
}

/** The same documents and queries on both engines. */
async function measure(
  name: string,
  documents: readonly EngineDocument[],
  settings: EngineSettings,
  asked: readonly Asked[],
): Promise<void> {
  const tally = createTally()
  const rows: string[][] = []
  const timings: string[][] = []
  const embedded = createEmbeddedEngine(settings)
  const makers: [string, () => Promise<SearchEngine>][] = [
    ['embedded', () => embedded.rebuild(documents).then(() => embedded)],
    [outside.name, () => outside.fill(documents, settings, embedded)],
  ]
  for (const [engineName, make] of makers) {
    const before = memoryOf(engineName)
    const began = performance.now()
    const engine = await make()
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    const texts = asked.map(({ text }) => text)
    const search = (text: string) => engine.search({ text, limit: 50, offset: 0 })
    await timeEach(texts, search)
    timings.push(timingRow(engineName, await timeEach(texts, search)))
    const after = memoryOf(engineName)
    rows.push([engineName, String(engine.size), seconds, ...[before, after].map(inMebibytes)])
    const ask = createAsk(engine, documents, rank)
    for (const { text, kind, isRight } of asked) tally.count(kind, engineName, await ask(text), isRight)
  }
  await embedded.close()
  printTable(
    `${name}: indexing`,
    ['engine', 'documents', 'seconds', 'MiB resident before', 'after searches'],
    rows,
  )
  printTable(`${name}: a search`, TIMING_HEAD, timings)
  printTable(`${name}: quality`, QUALITY_HEAD, tally.rows())
}

/** Resident bytes of the process that holds the index: this one, or the server where it is known. */
function memoryOf(engine: string): number | undefined {
  if (engine === 'embedded') return process.memoryUsage.rss()
  if (server === undefined) return undefined
  return 1024 * Number(/VmRSS:\s+(\d+)/u.exec(readFileSync(`/proc/${server}/status`, 'utf8'))?.[1] ?? NaN)
}

function inMebibytes(bytes: number | undefined): string {
  return bytes === undefined ? '' : (bytes / 2 ** 20).toFixed(0)
}
