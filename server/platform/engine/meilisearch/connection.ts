import { setTimeout as sleep } from 'node:timers/promises'
import { Meilisearch, type EnqueuedTask, type Settings } from 'meilisearch'
import type { RemoteDocument } from './documents.ts'
import { faultOf, RemoteFault } from './faults.ts'
import { slugOf } from './tokens.ts'

/** Where a server is and how long (ms) it may take. */
export interface ConnectionOptions {
  url: string
  key: string | undefined
  /** For one search. */
  searchTimeout?: number
  /** For any other request. */
  timeout?: number
  /** For the server to carry a change out. */
  taskTimeout?: number
}

/** A document as it is told apart from others of its id. */
export interface Held {
  id: string
  key: string
  v: string
  /** Whether somebody else put it there: no document of ours has that id. */
  isStray: boolean
}

/** The ranking rule attributeRank is not known before. */
export const OLDEST_VERSION = '1.36.0'
const PAGE = 1000
/** Milliseconds until a task is looked at again; each time half as much again, up to the most. */
const POLL = 20
const LONGEST_POLL = 500

/** The requests the service makes. Every failure is a RemoteFault; a change is done when its call resolves. */
export class Connection {
  readonly client: Meilisearch
  readonly #searchTimeout: number
  readonly #taskTimeout: number
  /** The last task of ours about each index. */
  readonly #last = new Map<string, number>()
  #isClosed = false

  /** Asks nothing yet. */
  constructor({ url, key, searchTimeout = 300, timeout = 5_000, taskTimeout = 120_000 }: ConnectionOptions) {
    const requestInit = { redirect: 'error' } as const // a key is sent nowhere else
    this.client = new Meilisearch({ host: url, timeout, requestInit, ...(key ? { apiKey: key } : {}) })
    this.#searchTimeout = searchTimeout
    this.#taskTimeout = taskTimeout
  }

  /** Nothing is waited for any more. */
  close(): void {
    this.#isClosed = true
  }

  search(body: object, patience = this.#searchTimeout): Promise<unknown> {
    // the client ignores its own timeout once a call brings a signal
    const extraRequestInit = { signal: AbortSignal.timeout(patience) }
    return guard(this.client.httpRequest.post<unknown>({ path: 'multi-search', body, extraRequestInit }))
  }

  async version(): Promise<string | undefined> {
    return (await guard(this.client.getVersion()))?.pkgVersion
  }

  settings(uid: string): Promise<Settings> {
    return guard(this.client.index(uid).getSettings())
  }

  async count(uid: string): Promise<number> {
    return (await guard(this.client.index(uid).getStats())).numberOfDocuments
  }

  async create(uid: string, settings: Settings): Promise<void> {
    const created = this.client.createIndex(uid, { primaryKey: 'id' })
    await this.#carriedOut(uid, created).catch(unless('index_already_exists'))
    await this.configure(uid, settings)
  }

  configure(uid: string, settings: Settings): Promise<void> {
    return this.#carriedOut(uid, this.client.index(uid).updateSettings(settings))
  }

  drop(uid: string): Promise<void> {
    return this.#carriedOut(uid, this.client.deleteIndex(uid)).catch(unless('index_not_found'))
  }

  /** Asks for the swap alone: a key of these indexes only may not look that task up. */
  async swap(uid: string, other: string): Promise<void> {
    await guard(this.client.swapIndexes([{ indexes: [uid, other], rename: false }]))
  }

  put(uid: string, documents: RemoteDocument[], customMetadata: string): Promise<void> {
    const options = { primaryKey: 'id', customMetadata }
    return this.#carriedOut(uid, this.client.index<RemoteDocument>(uid).addDocuments(documents, options))
  }

  remove(uid: string, ids: string[], customMetadata: string): Promise<void> {
    return this.#carriedOut(uid, this.client.index(uid).deleteDocuments(ids, { customMetadata }))
  }

  /** Everything an index holds. */
  held(uid: string): AsyncGenerator<Held> {
    return listHeld(this.client, uid)
  }

  /** Whether nothing was done to an index since we did something: it may have been restored, or changed by somebody. */
  async isUntouched(uid: string): Promise<boolean> {
    const { results } = await guard(this.client.tasks.getTasks({ indexUids: [uid], limit: 1 }))
    const last = this.#last.get(uid)
    return last !== undefined && results[0]?.uid === last
  }

  /** The client's own wait resolves for failed tasks too, and a look that hangs takes as long as the task may. */
  async #carriedOut(uid: string, enqueued: Promise<EnqueuedTask>): Promise<void> {
    const { taskUid } = (await guard(enqueued)) ?? {}
    if (typeof taskUid !== 'number') throw new RemoteFault('garbled')
    const until = performance.now() + this.#taskTimeout
    for (let wait = POLL; ; wait = Math.min(LONGEST_POLL, 1.5 * wait)) {
      const { status, error } = (await guard(this.client.tasks.getTask(taskUid))) ?? {}
      if (status === 'succeeded' || status === 'failed' || status === 'canceled') {
        this.#last.set(uid, taskUid)
        if (status === 'succeeded') return
        throw new RemoteFault('task', error?.code ?? status)
      }
      if (status !== 'enqueued' && status !== 'processing') throw new RemoteFault('garbled')
      if (this.#isClosed) throw new RemoteFault('closed')
      if (performance.now() > until) throw new RemoteFault('timeout', 'task')
      await sleep(wait)
    }
  }
}

async function* listHeld(client: Meilisearch, uid: string): AsyncGenerator<Held> {
  for (let offset = 0; ; offset += PAGE) {
    const query = { fields: ['id', 'key', 'v'] as const, limit: PAGE, offset }
    const { results } = await guard(
      client.index<RemoteDocument>(uid).getDocuments({ ...query, fields: [...query.fields] }),
    )
    if (!Array.isArray(results)) throw new RemoteFault('garbled')
    for (const { id, key, v } of results) yield { id, key, v, isStray: id !== slugOf(String(key)) }
    if (results.length < PAGE) return
  }
}

async function guard<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw faultOf(error)
  }
}

const unless =
  (code: string) =>
  (error: unknown): void => {
    if (!(error instanceof RemoteFault && error.code === code)) throw error
  }

/** Whether a version such as 1.53.0 is that or a later one. */
export function isAtLeast(version: string, least: string): boolean {
  const [have, need] = [version, least].map(text => text.split(/[.-]/u).map(Number))
  for (const place of [0, 1, 2]) {
    const difference = (have?.[place] ?? 0) - (need?.[place] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return !Number.isNaN(have?.[0] ?? NaN)
}
