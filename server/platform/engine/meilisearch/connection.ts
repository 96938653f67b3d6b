import { Meilisearch, type EnqueuedTask, type Settings } from 'meilisearch'
import type { RemoteDocument } from './documents.ts'
import { faultOf, RemoteFault } from './faults.ts'

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
}

/** The requests the service makes. Every failure is a RemoteFault; a change is done when its call resolves. */
export type Connection = ReturnType<typeof connect>

/** The ranking rule attributeRank is not known before. */
export const OLDEST_VERSION = '1.36.0'
const PAGE = 1000
const POLL = 20

/** Prepares to speak with a server; asks nothing yet. */
export function connect(options: ConnectionOptions) {
  const { url, key, searchTimeout = 300, timeout = 5_000, taskTimeout = 120_000 } = options
  const requestInit = { redirect: 'error' } as const // a key is sent nowhere else
  const client = new Meilisearch({ host: url, timeout, requestInit, ...(key ? { apiKey: key } : {}) })
  const carriedOut = async (enqueued: Promise<EnqueuedTask>): Promise<void> => {
    const wait = { timeout: taskTimeout, interval: POLL }
    const { status, error } = await guard(client.tasks.waitForTask(await guard(enqueued), wait))
    if (status !== 'succeeded') throw new RemoteFault('task', error?.code ?? status)
  }
  return {
    client,
    search: <T extends object>(body: T) =>
      // the client ignores its own timeout once a call brings a signal
      guard(
        client.httpRequest.post<unknown>({
          path: 'multi-search',
          body,
          extraRequestInit: { signal: AbortSignal.timeout(searchTimeout) },
        }),
      ),
    version: async () => (await guard(client.getVersion()))?.pkgVersion,
    settings: (uid: string): Promise<Settings> => guard(client.index(uid).getSettings()),
    count: async (uid: string) => (await guard(client.index(uid).getStats())).numberOfDocuments,
    create: async (uid: string, settings: Settings) => {
      await carriedOut(client.createIndex(uid, { primaryKey: 'id' })).catch(unlessThere)
      await carriedOut(client.index(uid).updateSettings(settings))
    },
    drop: (uid: string) => carriedOut(client.deleteIndex(uid)).catch(unlessGone),
    /** Asks for the swap alone: a key of these indexes only may not look that task up. */
    swap: async (uid: string, other: string) => {
      await guard(client.swapIndexes([{ indexes: [uid, other], rename: false }]))
    },
    put: (uid: string, documents: RemoteDocument[], metadata: string) =>
      carriedOut(
        client
          .index<RemoteDocument>(uid)
          .addDocuments(documents, { primaryKey: 'id', customMetadata: metadata }),
      ),
    remove: (uid: string, ids: string[], metadata: string) =>
      carriedOut(client.index(uid).deleteDocuments(ids, { customMetadata: metadata })),
    held: (uid: string) => listHeld(client, uid),
  }
}

async function* listHeld(client: Meilisearch, uid: string): AsyncGenerator<Held> {
  for (let offset = 0; ; offset += PAGE) {
    const query = { fields: ['id', 'key', 'v'] as const, limit: PAGE, offset }
    const { results } = await guard(
      client.index<RemoteDocument>(uid).getDocuments({ ...query, fields: [...query.fields] }),
    )
    if (!Array.isArray(results)) throw new RemoteFault('garbled')
    for (const { id, key, v } of results) yield { id, key, v }
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

function unlessThere(error: unknown): void {
  if (!(error instanceof RemoteFault && error.code === 'index_already_exists')) throw error
}

function unlessGone(error: unknown): void {
  const isGone = error instanceof RemoteFault && error.code === 'index_not_found'
  if (!isGone) throw error
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
