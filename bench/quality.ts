import { createEmbeddedEngine } from '#server/platform/engine/embedded/engine.ts'
import type { EngineDocument, EngineSettings, SearchEngine } from '#server/platform/engine/port.ts'
import { createLexicon } from '#server/platform/text/lexicon.ts'
import { readWords, SEARCH_FIELDS } from '#server/search/index.ts'
import { createRank, type Ranking } from '#server/search/ranking.ts'
import { worthOf } from '#server/search/documents.ts'
import { readContent, readHotlineQueries } from './hotline.ts'
import { LAW_FIELDS, readLaw } from './law.ts'
import { openOutside } from './outside.ts'
import { printMachine, printTable } from './timing.ts'

/** Counts over queries of one kind. */
interface Tally {
  count: number
  first: number
  firstThree: number
  reciprocal: number
  confident: number
}

const HEAD = ['kind', 'engine', 'queries', 'success@1', 'success@3', 'MRR@10', 'confident']
const POOL = 50
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
  const tallies = new Map<string, Tally>()
  await withIndex(content, { fields: SEARCH_FIELDS, lexicon }, async (ask, engine) => {
    for (const { text, topic, kind } of queries) {
      const { ranked, confident } = await ask(text)
      const place = ranked.findIndex(({ id }) => topicOf(id) === topic)
      count(tallies, [topic === '__none__' ? 'no answer' : kind, engine], place, confident)
    }
  })
  printTable(`hotline, ${content.length} entries`, HEAD, rowsOf(tallies))
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
  const tallies = new Map<string, Tally>()
  await withIndex(documents, { fields: SEARCH_FIELDS, lexicon }, async (ask, engine) => {
    for (const { text, topic } of asked) {
      const { ranked, confident } = await ask(text)
      count(
        tallies,
        ['left out', engine],
        ranked.findIndex(({ id }) => topicOf(id) === topic),
        confident,
      )
    }
  })
  printTable('similar questions taken out of their entries', HEAD, rowsOf(tallies))
}

async function measureLaw(): Promise<void> {
  const law = readLaw('law-lecoqa')
  if (!law) return console.log('\nlaw-lecoqa: skipped, ../shared/data/law-lecoqa is not there')
  const tallies = new Map<string, Tally>()
  await withIndex(law.documents, { fields: LAW_FIELDS, lexicon }, async (ask, engine) => {
    for (const { text, relevant } of law.queries) {
      const { ranked, confident } = await ask(text)
      count(
        tallies,
        ['lay question', engine],
        ranked.findIndex(({ id }) => relevant.includes(id)),
        confident,
      )
    }
  })
  printTable(`law-lecoqa, ${law.documents.length} answers`, HEAD, rowsOf(tallies))
}

/** Searches as the service does: engine first, then ranking on the texts of the first fifty. */
async function withIndex(
  documents: readonly EngineDocument[],
  settings: EngineSettings,
  work: (ask: (text: string) => Promise<Ranking>, engine: string) => Promise<void>,
): Promise<void> {
  const byId = new Map(documents.map(document => [document.id, document]))
  const embedded = createEmbeddedEngine(settings)
  await embedded.rebuild(documents)
  const engines: [string, SearchEngine][] = [['embedded', embedded]]
  // the stub answers from plain maps: more than a few hundred documents take it for ever
  const isMeasured = outside && (outside.name === 'meilisearch' || documents.length < 1000)
  if (isMeasured) engines.push([outside.name, await outside.fill(documents, settings)])
  for (const [name, engine] of engines)
    await work(async text => {
      const { hits } = await engine.search({ text, limit: POOL, offset: 0 })
      return rank(
        text,
        hits.map(({ id, score }) => ({ id, score, ...known(byId.get(id)) })),
      )
    }, name)
  for (const [, engine] of engines) await engine.close()
}

function known(document: EngineDocument | undefined) {
  return { fields: document?.fields ?? {}, worth: worthOf(document?.facets.kind ?? '') }
}

function topicOf(id: string): string | undefined {
  return content.find(document => document.id === id)?.fields.topic?.[0]
}

/** `place` is that of the first right hit, from 0; -1 when there is none. */
function count(
  tallies: Map<string, Tally>,
  [kind, engine]: [kind: string, engine: string],
  place: number,
  confident: boolean,
): void {
  const row = `${kind}\t${engine}`
  const tally = tallies.get(row) ?? { count: 0, first: 0, firstThree: 0, reciprocal: 0, confident: 0 }
  tally.count += 1
  if (place === 0) tally.first += 1
  if (place >= 0 && place < 3) tally.firstThree += 1
  if (place >= 0 && place < 10) tally.reciprocal += 1 / (place + 1)
  if (confident) tally.confident += 1
  tallies.set(row, tally)
}

function rowsOf(tallies: ReadonlyMap<string, Tally>): string[][] {
  const sorted = [...tallies].toSorted(([one], [other]) => (one < other ? -1 : 1))
  return sorted.map(([row, { count: all, first, firstThree, reciprocal, confident }]) => [
    ...row.split('\t'),
    String(all),
    ...[first, firstThree, reciprocal, confident].map(sum => (sum / all).toFixed(3)),
  ])
}
