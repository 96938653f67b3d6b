import { createEmbeddedEngine } from '#server/platform/engine/embedded/engine.ts'
import type { EngineDocument, EngineSettings, SearchEngine } from '#server/platform/engine/port.ts'
import { createLexicon } from '#server/platform/text/lexicon.ts'
import { readWords, SEARCH_FIELDS } from '#server/search/index.ts'
import { createRank, type Ranking } from '#server/search/ranking.ts'
import { readContent, readHotlineQueries } from './hotline.ts'
import { LAW_FIELDS, readLaw } from './law.ts'
import { openOutside } from './outside.ts'
import { createAsk, createTally, QUALITY_HEAD } from './tally.ts'
import { printMachine, printTable } from './timing.ts'

const lexicon = createLexicon(readWords(new URL('../content', import.meta.url).pathname))
const rank = createRank(lexicon)

/** Whether the stub of the tests, or the server of MEILI_URL, is measured beside the embedded engine. */
const outside = process.argv.includes('--both') ? await openOutside() : undefined

printMachine()
const content = readContent()
await measureHotline()
await measureLeftOut()
await measureLaw()
await outside?.close()

/** Queries as agents and callers put them; a hit is right when it has the topic asked for. */
async function measureHotline(): Promise<void> {
  const queries = readHotlineQueries()
  if (!queries) return console.log('\nhotline: skipped, ../shared/data/hotline is not there')
  const tally = createTally()
  await withIndex(content, { fields: SEARCH_FIELDS, lexicon }, async (ask, engine) => {
    for (const { text, topic, kind } of queries) {
      const shown = topic === '__none__' ? 'no answer' : kind
      tally.count(shown, engine, await ask(text), id => topicOf(id) === topic)
    }
  })
  printTable(`hotline, ${content.length} entries`, QUALITY_HEAD, tally.rows())
}

/** Every 5th similar question, taken out of its entry and asked: wordings nobody has seen. */
async function measureLeftOut(): Promise<void> {
  const asked: { text: string; topic: string }[] = []
  const documents = content.map(document => {
    const { similar = [], topic = [] } = document.fields
    const left = similar.filter((text, at) => {
      const isOut = at % 5 === 2
      if (isOut) asked.push({ text, topic: topic[0] ?? '' })
      return !isOut
    })
    return { ...document, fields: { ...document.fields, similar: left } }
  })
  const tally = createTally()
  await withIndex(documents, { fields: SEARCH_FIELDS, lexicon }, async (ask, engine) => {
    for (const { text, topic } of asked) {
      tally.count('left out', engine, await ask(text), id => topicOf(id) === topic)
    }
  })
  printTable('similar questions taken out of their entries', QUALITY_HEAD, tally.rows())
}

async function measureLaw(): Promise<void> {
  const law = readLaw('law-lecoqa')
  if (!law) return console.log('\nlaw-lecoqa: skipped, ../shared/data/law-lecoqa is not there')
  const tally = createTally()
  await withIndex(law.documents, { fields: LAW_FIELDS, lexicon }, async (ask, engine) => {
    for (const { text, relevant } of law.queries) {
      tally.count('lay question', engine, await ask(text), id => relevant.includes(id))
    }
  })
  printTable(`law-lecoqa, ${law.documents.length} answers`, QUALITY_HEAD, tally.rows())
}

/** Lets each engine in turn be asked, with the same documents in it. */
async function withIndex(
  documents: readonly EngineDocument[],
  settings: EngineSettings,
  work: (ask: (text: string) => Promise<Ranking>, engine: string) => Promise<void>,
): Promise<void> {
  const embedded = createEmbeddedEngine(settings)
  await embedded.rebuild(documents)
  const engines: [string, SearchEngine][] = [['embedded', embedded]]
  // the stub answers from plain maps: more than a few hundred documents take it for ever
  const isMeasured = outside && (outside.name === 'meilisearch' || documents.length < 1000)
  if (isMeasured) engines.push([outside.name, await outside.fill(documents, settings, embedded)])
  for (const [name, engine] of engines) await work(createAsk(engine, documents, rank), name)
  for (const [, engine] of engines) await engine.close()
}

function topicOf(id: string): string | undefined {
  return content.find(document => document.id === id)?.fields.topic?.[0]
}
