import type {
  EngineChanges,
  EngineDocument,
  EngineSettings,
  EngineQuery,
  EngineResult,
  SearchEngine,
} from '#server/platform/engine/port.ts'
import { buildAside, type Replay } from './build.ts'
import {
  connect,
  isAtLeast,
  OLDEST_VERSION,
  type Connection,
  type ConnectionOptions,
  type Held,
} from './connection.ts'
import { remoteDocument } from './documents.ts'
import { sendChanges } from './sending.ts'
import { faultOf, RemoteFault } from './faults.ts'
import { createRemoteSearch } from './searching.ts'
import { indexSettings, layoutOf, markOf, newMark, type Mark } from './settings.ts'
import type { FrequencyOf } from './units.ts'

/** What the engine is made with. */
export interface MeilisearchOptions extends ConnectionOptions {
  settings: EngineSettings
  /** The installation whose index it is; that of another is never touched. */
  owner: string
  /** The index; what is built beside it has `-build` at its end. */
  uid?: string
  /** How many documents have a gram, where somebody knows; better sub-queries come of it. */
  frequencyOf?: FrequencyOf
}

/** What was found on the server: no index yet, one of other settings, or one that can be searched. */
export interface Inspection {
  state: 'missing' | 'stale' | 'ready'
  version: string
  documents: number
  /** Changes with each build. */
  build: string | undefined
}

/** How far a build is. */
export interface Progress {
  sent: number
  swapped: boolean
}

/** The engine on a server, and what keeping it in step takes besides. */
export interface MeilisearchEngine extends SearchEngine {
  /** Looks the server over; throws RemoteFault when it may not be used. Ends what an earlier process left in the queue. */
  inspect(): Promise<Inspection>
  /** What the index holds. */
  held(): AsyncIterable<Held>
  /** What `held` would say of a document. */
  fingerprint(document: EngineDocument): string
  /** As `apply`; the server keeps `position` with the change. Resolves to the ids of documents it would not take. */
  send(changes: EngineChanges, position: number): Promise<string[]>
  readonly progress: Progress | undefined
  readonly connection: Connection
}

/** Makes an engine on a server. Asks nothing before it is used. */
export function createMeilisearchEngine(options: MeilisearchOptions): MeilisearchEngine {
  return new RemoteEngine(options)
}

class RemoteEngine implements MeilisearchEngine {
  readonly name = 'meilisearch'
  readonly connection: Connection
  readonly #settings: EngineSettings
  readonly #owner: string
  readonly #uid: string
  readonly #searchIndex: ReturnType<typeof createRemoteSearch>
  readonly #changes = createQueue()
  readonly #builds = createQueue()
  readonly #replays = new Set<Replay>()
  #ready: Promise<void> | undefined
  #size = 0
  #progress: Progress | undefined
  #isClosed = false
  /** Whether its index was seen, or made, so that one that is missing is a fault. */
  #isMade = false

  constructor(options: MeilisearchOptions) {
    this.connection = connect(options)
    this.#settings = options.settings
    this.#owner = options.owner
    this.#uid = options.uid ?? 'firstline'
    this.#searchIndex = createRemoteSearch(
      this.connection,
      options.settings,
      options.frequencyOf ?? (() => undefined),
    )
  }

  get size(): number {
    return this.#size
  }

  get progress(): Progress | undefined {
    return this.#progress
  }

  async search(query: EngineQuery): Promise<EngineResult> {
    try {
      return await this.#searchIndex(this.#uid, query, this.#size)
    } catch (error) {
      // nothing was put in yet: as empty as any new engine
      if (!this.#isMade && faultOf(error).kind === 'missing') return { hits: [], total: 0, facets: {} }
      throw error
    }
  }

  async apply(changes: EngineChanges): Promise<void> {
    const refused = await this.send(changes, 0)
    if (refused.length > 0) throw new RemoteFault('task', 'document_refused')
  }

  send(changes: EngineChanges, position: number): Promise<string[]> {
    for (const replay of this.#replays) note(replay, changes)
    return this.#changes(async () => {
      this.#requireOpen()
      await (this.#ready ??= this.#makeReady())
      const refused = await this.#change(this.#uid, changes, position)
      this.#size = await this.connection.count(this.#uid)
      return refused
    })
  }

  rebuild(documents: Iterable<EngineDocument> | AsyncIterable<EngineDocument>): Promise<void> {
    const replay: Replay = new Map()
    this.#replays.add(replay)
    const work = this.#builds(() => this.#rebuild(documents, replay))
    return work.finally(() => {
      this.#replays.delete(replay)
      this.#progress = undefined
    })
  }

  async inspect(): Promise<Inspection> {
    const version = await this.connection.version()
    if (typeof version !== 'string') throw new RemoteFault('garbled')
    if (!isAtLeast(version, OLDEST_VERSION)) throw new RemoteFault('version', version)
    await this.#settle()
    this.#isMade = true
    const mark = await this.#markOf(this.#uid)
    if (mark === undefined) return { state: 'missing', version, documents: 0, build: undefined }
    this.#size = await this.connection.count(this.#uid)
    const state = mark.layout === layoutOf(this.#settings) ? 'ready' : 'stale'
    if (state === 'ready') await this.#dropLeftover()
    return { state, version, documents: this.#size, build: mark.build }
  }

  held(): AsyncIterable<Held> {
    return this.connection.held(this.#uid)
  }

  fingerprint(document: EngineDocument): string {
    return remoteDocument(document, this.#settings).v
  }

  async close(): Promise<void> {
    this.#isClosed = true
  }

  #requireOpen(): void {
    if (this.#isClosed) throw new RemoteFault('closed')
  }

  /** Tasks are carried out in their order: once this one is, so is all that a process before this one asked for. */
  async #settle(): Promise<void> {
    await this.connection.remove(this.#uid, ['-'], 'firstline:fence').catch(error => {
      if (faultOf(error).code !== 'index_not_found') throw error
    })
  }

  /** Whose an index is; undefined when there is none, or an empty one that nobody has marked yet. */
  async #markOf(uid: string): Promise<Mark | undefined> {
    try {
      const mark = markOf(await this.connection.settings(uid))
      if (mark?.owner === this.#owner) return mark
      if (mark || (await this.connection.count(uid)) > 0) throw new RemoteFault('foreign')
    } catch (error) {
      if (faultOf(error).kind !== 'missing') throw error
    }
    return undefined
  }

  async #makeReady(): Promise<void> {
    try {
      this.#isMade = true
      if (await this.#markOf(this.#uid)) return
      await this.connection.create(
        this.#uid,
        indexSettings(this.#settings, newMark(this.#owner, this.#settings)),
      )
    } catch (error) {
      this.#ready = undefined
      throw error
    }
  }

  #change(uid: string, changes: EngineChanges, position: number): Promise<string[]> {
    this.#requireOpen()
    return sendChanges(this.connection, uid, changes, position, this.#settings)
  }

  async #rebuild(
    documents: Iterable<EngineDocument> | AsyncIterable<EngineDocument>,
    replay: Replay,
  ): Promise<void> {
    this.#requireOpen()
    this.#progress = { sent: 0, swapped: false }
    await (this.#ready ??= this.#makeReady())
    await buildAside({
      connection: this.connection,
      settings: this.#settings,
      owner: this.#owner,
      uid: this.#uid,
      documents,
      replay,
      markOf: uid => this.#markOf(uid),
      change: (uid, changes) => this.#change(uid, changes, 0),
      search: this.#searchIndex,
      exclusively: work => this.#changes(work),
      progress: this.#progress,
      requireOpen: () => this.#requireOpen(),
    })
    this.#size = await this.connection.count(this.#uid)
  }

  /** What a build that was broken off after its swap left behind. */
  async #dropLeftover(): Promise<void> {
    if (await this.#markOf(`${this.#uid}-build`)) await this.connection.drop(`${this.#uid}-build`)
  }
}

/** What changes while a build is under way wins over what the build brings. */
function note(replay: Replay, { put, remove }: EngineChanges): void {
  for (const id of remove) replay.set(id, undefined)
  for (const document of put) replay.set(document.id, document)
}

/** Runs jobs one after the other; a failed one does not hold up the next. */
function createQueue(): <T>(job: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return job => {
    const next = last.then(job)
    last = next.catch(() => undefined)
    return next
  }
}
