import { setTimeout as sleep } from 'node:timers/promises'
import { createBreath } from '#server/platform/engine/breath.ts'
import type { EngineChanges, EngineDocument, EngineSettings } from '#server/platform/engine/port.ts'
import type { Connection } from './connection.ts'
import { remoteDocument } from './documents.ts'
import { RemoteFault } from './faults.ts'
import { asideOf } from './own-index.ts'
import { createRemoteSearch } from './searching.ts'
import type { Refused } from './sending.ts'
import { indexSettings, layoutOf, newMark, type Mark } from './settings.ts'

/** What changed since a build began, by id; undefined: it is gone. */
export type Replay = Map<string, EngineDocument | undefined>

/** Every document there is to be. */
export type Documents = Iterable<EngineDocument> | AsyncIterable<EngineDocument>

/** How far a build is. */
export interface Progress {
  sent: number
  swapped: boolean
}

/** What building takes. */
export interface Build {
  connection: Connection
  settings: EngineSettings
  owner: string
  uid: string
  documents: Documents
  replay: Replay
  markOf: (uid: string) => Promise<Mark | undefined>
  change: (uid: string, changes: EngineChanges) => Promise<Refused>
  /** Runs work while no change is made. */
  exclusively: <T>(work: () => Promise<T>) => Promise<T>
  progress: Progress
  requireOpen: () => void
}

const BATCH = 500
/** How many documents are searched for before an index is put in place. */
const SAMPLES = 3
/** Milliseconds a sample may take: an index just built answers slowly, and nobody waits for it. */
const PATIENCE = 10_000
const POLL = 20
/** Polls until the swap must have been carried out: a minute. */
const MOST_POLLS = 3000

/**
 * Builds an index beside the one in use and puts it in its place, so that searches are answered all the while. Broken
 * off at any point it is simply begun again: what an index beside it holds already is not sent twice.
 */
export async function buildAside(build: Build): Promise<void> {
  const aside = asideOf(build.uid)
  const held = await prepare(build, aside)
  const ids = await load(build, aside, held)
  await build.exclusively(async () => {
    await replayInto(build, aside, ids)
    await verify(build, aside, ids)
    await swap(build, aside)
  })
  await build.connection.drop(aside)
}

/** What an index beside the one in use holds that can be gone on with; anything else of ours there is dropped. */
async function prepare(
  { connection, settings, owner, markOf }: Build,
  aside: string,
): Promise<Map<string, string>> {
  const mark = await markOf(aside)
  if (mark?.layout === layoutOf(settings)) {
    const [held, strays] = [new Map<string, string>(), [] as string[]]
    for await (const { id, key, v, isStray } of connection.held(aside)) {
      if (isStray) strays.push(id)
      else held.set(key, v)
    }
    if (strays.length === 0) return held
  }
  await connection.drop(aside)
  await connection.create(aside, indexSettings(settings, newMark(owner, settings)))
  return new Map()
}

async function load(
  build: Build,
  aside: string,
  held: ReadonlyMap<string, string>,
): Promise<Map<string, EngineDocument>> {
  const documents = new Map<string, EngineDocument>()
  const waiting = new Map<string, EngineDocument>()
  const breathe = createBreath()
  const send = async () => {
    build.requireOpen()
    const refused = await build.change(aside, { put: [...waiting.values()], remove: [] })
    for (const id of refused.keys()) documents.delete(id)
    waiting.clear()
    build.progress.sent = documents.size
  }
  for await (const document of build.documents) {
    documents.set(document.id, document)
    await breathe()
    const v = held.get(document.id)
    const isThere = v !== undefined && v === remoteDocument(document, build.settings).v
    if (isThere) waiting.delete(document.id)
    else waiting.set(document.id, document)
    if (waiting.size >= BATCH) await send()
  }
  await send()
  const left = [...held.keys()].filter(key => !documents.has(key))
  await build.change(aside, { put: [], remove: left })
  return documents
}

async function replayInto(
  { change, replay }: Build,
  aside: string,
  documents: Map<string, EngineDocument>,
): Promise<void> {
  for (const [id, document] of replay) {
    if (document) documents.set(id, document)
    else documents.delete(id)
  }
  const put = [...replay.values()].filter(document => document !== undefined)
  const remove = [...replay].filter(([, document]) => document === undefined).map(([id]) => id)
  for (const id of (await change(aside, { put, remove })).keys()) documents.delete(id)
}

/** Counts what is there and looks for some of it, before anybody depends on it. */
async function verify(
  { connection, settings }: Build,
  aside: string,
  documents: ReadonlyMap<string, EngineDocument>,
): Promise<void> {
  if ((await connection.count(aside)) !== documents.size) throw new RemoteFault('task', 'count_differs')
  const all = [...documents.values()]
  const search = createRemoteSearch(connection, settings, () => undefined, PATIENCE)
  const step = Math.max(1, Math.floor(all.length / SAMPLES))
  for (const { fields } of all.filter((_, at) => at % step === 0)) {
    const text = Object.values(fields)
      .flat()
      .find(value => /[\p{L}\p{N}]{2}/u.test(value))
    if (text === undefined) continue
    const { hits } = await search(aside, { text: text.slice(0, 40), limit: 1, offset: 0 }, all.length)
    if (hits.length === 0) throw new RemoteFault('task', 'sample_not_found')
  }
}

/** Waits until the index in use is the one that was beside it, which only its mark tells. */
async function swap({ connection, uid, markOf, progress, requireOpen }: Build, aside: string): Promise<void> {
  const fresh = (await markOf(aside))?.build
  await connection.swap(uid, aside)
  for (let poll = 0; poll < MOST_POLLS; poll += 1) {
    requireOpen()
    if ((await markOf(uid))?.build === fresh) {
      progress.swapped = true
      return
    }
    await sleep(POLL)
  }
  throw new RemoteFault('timeout', 'swap')
}

/** What changes while a build is under way wins over what the build brings. */
export function note(replay: Replay, { put, remove }: EngineChanges): void {
  for (const id of remove) replay.set(id, undefined)
  for (const document of put) replay.set(document.id, document)
}
