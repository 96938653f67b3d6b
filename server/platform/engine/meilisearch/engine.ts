import type {
  EngineChanges,
  EngineDocument,
  EngineQuery,
  EngineResult,
  EngineSettings,
  SearchEngine,
} from '#server/platform/engine/port.ts'
import { buildAside, note, type Documents, type Progress, type Replay } from './build.ts'
import { Connection, type ConnectionOptions, type Held } from './connection.ts'
import { remoteDocument } from './documents.ts'
import { faultOf, RemoteFault } from './faults.ts'
import { createQueue } from './in-turn.ts'
import { OwnIndex, type Inspection } from './own-index.ts'
import { createRemoteSearch, type SearchIndex } from './searching.ts'
import { sendChanges, type Refused } from './sending.ts'
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

/** The engine on a server, and what keeping it in step takes besides. */
export interface MeilisearchEngine extends SearchEngine {
  readonly connection: Connection
  /** How far a build is; absent when there is none. */
  readonly progress: Progress | undefined
  /** Looks the server over; throws RemoteFault when it may not be used. Ends what an earlier process left in the queue. */
  inspect(): Promise<Inspection>
  /** What the index holds. */
  held(): AsyncIterable<Held>
  /** Takes strays out of it, by their ids there. */
  discard(ids: readonly string[]): Promise<void>
  /** How many documents it has, and whether nothing was done to it since this process did something. */
  standing(): Promise<Pick<Inspection, 'documents' | 'isUntouched'>>
  /** What `held` would say of a document. */
  fingerprint(document: EngineDocument): string
  /** As `apply`; the server keeps `position` with the change. Resolves to the documents it would not take. */
  send(changes: EngineChanges, position: number): Promise<Refused>
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
  readonly #own: OwnIndex
  readonly #searchIndex: SearchIndex
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
    const { settings, owner, uid = 'firstline', frequencyOf = () => undefined } = options
    this.connection = new Connection(options)
    this.#settings = settings
    this.#owner = owner
    this.#uid = uid
    this.#own = new OwnIndex(this.connection, settings, owner, uid)
    this.#searchIndex = createRemoteSearch(this.connection, settings, frequencyOf)
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
    if (refused.size > 0) throw new RemoteFault('task', 'document_refused')
  }

  send(changes: EngineChanges, position: number): Promise<Refused> {
    for (const replay of this.#replays) note(replay, changes)
    return this.#changes(async () => {
      this.#requireOpen()
      await (this.#ready ??= this.#makeReady())
      const refused = await this.#change(this.#uid, changes, position)
      this.#size = await this.connection.count(this.#uid)
      return refused
    })
  }

  rebuild(documents: Documents): Promise<void> {
    const replay: Replay = new Map()
    this.#replays.add(replay)
    const work = this.#builds(() => this.#rebuild(documents, replay))
    return work.finally(() => {
      this.#replays.delete(replay)
      this.#progress = undefined
    })
  }

  async inspect(): Promise<Inspection> {
    const found = await this.#own.inspect()
    this.#isMade = true
    this.#size = found.documents
    return found
  }

  held(): AsyncIterable<Held> {
    return this.connection.held(this.#uid)
  }

  discard(ids: readonly string[]): Promise<void> {
    return this.#changes(() => this.connection.remove(this.#uid, [...ids], 'firstline:stray'))
  }

  async standing(): Promise<Pick<Inspection, 'documents' | 'isUntouched'>> {
    this.#size = await this.connection.count(this.#uid)
    return { documents: this.#size, isUntouched: await this.connection.isUntouched(this.#uid) }
  }

  fingerprint(document: EngineDocument): string {
    return remoteDocument(document, this.#settings).v
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.connection.close()
  }

  #requireOpen(): void {
    if (this.#isClosed) throw new RemoteFault('closed')
  }

  async #makeReady(): Promise<void> {
    this.#isMade = true
    try {
      await this.#own.make()
    } catch (error) {
      this.#ready = undefined
      throw error
    }
  }

  #change(uid: string, changes: EngineChanges, position: number): Promise<Refused> {
    this.#requireOpen()
    return sendChanges(this.connection, uid, changes, position, this.#settings)
  }

  async #rebuild(documents: Documents, replay: Replay): Promise<void> {
    this.#requireOpen()
    this.#progress = { sent: 0, swapped: false }
    this.#ready = this.#makeReady() // somebody may have deleted what was there
    await this.#ready
    await buildAside({
      connection: this.connection,
      settings: this.#settings,
      owner: this.#owner,
      uid: this.#uid,
      documents,
      replay,
      markOf: uid => this.#own.markOf(uid),
      change: (uid, changes) => this.#change(uid, changes, 0),
      exclusively: work => this.#changes(work),
      progress: this.#progress,
      requireOpen: () => this.#requireOpen(),
    })
    this.#size = await this.connection.count(this.#uid)
  }
}
