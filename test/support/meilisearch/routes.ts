import type { FastifyInstance, FastifyRequest } from 'fastify'
import { federatedSearch, shown, type Federated } from './federated.ts'
import { StubError } from './errors.ts'
import type { Key, Keys } from './keys.ts'
import type { Store } from './store.ts'
import type { Document, Settings, StoredIndex } from './stored-index.ts'
import type { Task } from './tasks.ts'

export interface Instance {
  store: Store
  keys: Keys
  version: string
}

type Answer = (request: FastifyRequest, uid: string) => unknown

/** The routes the service uses: method, path as the API describes it, the right it takes, and the answer. */
export function registerRoutes(app: FastifyInstance, instance: Instance): void {
  const { store, keys } = instance
  const route = (
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    described: string,
    right: string,
    answer: Answer,
  ) =>
    app.route({
      method,
      url: described.replace(/\{(\w+)\}/gu, ':$1'),
      config: { described },
      handler: async (request, reply) => {
        const { index_uid: uid } = request.params as { index_uid?: string }
        if (right !== '') keys.require(request.headers.authorization, right, uid === undefined ? [] : [uid])
        const body = await answer(request, uid ?? '')
        if (isTask(body)) return reply.code(202).send(summary(body))
        return reply.code(described === '/keys' && method === 'POST' ? 201 : 200).send(body)
      },
    })
  route('GET', '/health', '', () => ({ status: 'available' }))
  route('GET', '/version', 'version', () => {
    return { commitSha: 'none', commitDate: 'none', pkgVersion: instance.version }
  })
  route('GET', '/stats', 'stats.get', () => ({
    databaseSize: 4096,
    usedDatabaseSize: 4096,
    lastUpdate: null,
    indexes: Object.fromEntries(Array.from(store.indexes.keys(), uid => [uid, store.stats(uid)])),
  }))
  indexRoutes(route, store)
  documentRoutes(route, store)
  taskRoutes(route, instance)
  route('GET', '/keys', 'keys.get', () => page(keys.all, {}))
  route('POST', '/keys', 'keys.create', request => keys.create(request.body as Partial<Key>))
  route('POST', '/multi-search', 'search', request => {
    const body = request.body as Federated
    keys.require(
      request.headers.authorization,
      'search',
      body.queries.map(query => query.indexUid),
    )
    return federatedSearch(body, uid => store.index(uid))
  })
}

type Route = (
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  described: string,
  right: string,
  answer: Answer,
) => unknown

function indexRoutes(route: Route, store: Store): void {
  route('GET', '/indexes', 'indexes.get', request => {
    const all = Array.from(store.indexes, ([uid, index]) => viewOf(uid, index))
    return page(all, request.query as Paging)
  })
  route('POST', '/indexes', 'indexes.create', request => {
    const { uid, primaryKey } = request.body as { uid: string; primaryKey?: string }
    return store.createIndex(uid, primaryKey ?? null)
  })
  route('GET', '/indexes/{index_uid}', 'indexes.get', (_request, uid) => viewOf(uid, store.index(uid)))
  route('DELETE', '/indexes/{index_uid}', 'indexes.delete', (_request, uid) => store.deleteIndex(uid))
  route('GET', '/indexes/{index_uid}/stats', 'stats.get', (_request, uid) => store.stats(uid))
  route('GET', '/indexes/{index_uid}/settings', 'settings.get', (_request, uid) => store.settings(uid))
  route('PATCH', '/indexes/{index_uid}/settings', 'settings.update', (request, uid) =>
    store.changeSettings(uid, request.body as Settings),
  )
  route('POST', '/swap-indexes', 'indexes.swap', request => {
    const pairs = (request.body as { indexes: [string, string] }[]).map(({ indexes }) => indexes)
    return store.swap(pairs)
  })
}

function documentRoutes(route: Route, store: Store): void {
  route('GET', '/indexes/{index_uid}/documents', 'documents.get', (request, uid) => {
    const { fields, ...paging } = request.query as Paging & { fields?: string }
    const index = store.index(uid)
    const all = [...index.documents.values()]
    return page(
      all.map(one => shown(index, one, fields?.split(','))),
      paging,
    )
  })
  route('POST', '/indexes/{index_uid}/documents', 'documents.add', (request, uid) => {
    const { primaryKey, customMetadata } = request.query as { primaryKey?: string; customMetadata?: string }
    return store.addDocuments(uid, request.body as Document[], primaryKey ?? null, customMetadata ?? null)
  })
  route('POST', '/indexes/{index_uid}/documents/delete-batch', 'documents.delete', (request, uid) => {
    const { customMetadata } = request.query as { customMetadata?: string }
    return store.deleteDocuments(uid, request.body as string[], customMetadata ?? null)
  })
}

function taskRoutes(route: Route, { store, keys }: Instance): void {
  route('GET', '/tasks', 'tasks.get', request => {
    const { limit = '20', statuses, indexUids } = request.query as Record<string, string | undefined>
    const all = store.queue.tasks.filter(
      task => isOf(statuses, task.status) && isOf(indexUids, task.indexUid),
    )
    const results = all.toReversed().slice(0, Number(limit)).map(viewOfTask)
    return { results, total: all.length, limit: Number(limit), from: results[0]?.uid ?? null, next: null }
  })
  route('GET', '/tasks/{task_id}', 'tasks.get', request => {
    const task = store.queue.tasks[Number((request.params as { task_id: string }).task_id)]
    // what concerns no index, such as a swap, is seen by those alone who may touch all
    const isHidden = task?.indexUid === null && !keys.coversAll(request.headers.authorization)
    if (!task || isHidden) throw new StubError('task_not_found')
    return viewOfTask(task)
  })
}

const isOf = (wanted: string | undefined, value: string | null): boolean =>
  wanted === undefined || wanted.split(',').includes(value ?? '')

interface Paging {
  offset?: string
  limit?: string
}

function page<T>(all: readonly T[], { offset = '0', limit = '20' }: Paging) {
  const [from, most] = [Number(offset), Number(limit)]
  return { results: all.slice(from, from + most), offset: from, limit: most, total: all.length }
}

const viewOf = (uid: string, { createdAt, updatedAt, primaryKey }: StoredIndex) => ({
  uid,
  createdAt,
  updatedAt,
  primaryKey,
})

const isTask = (body: unknown): body is Task =>
  typeof body === 'object' &&
  body !== null &&
  'enqueuedAt' in body &&
  'batchUid' in body &&
  !('viewed' in body)

/** A task as it is looked up, not as it is announced. */
const viewOfTask = (task: Task) => Object.defineProperty({ ...task }, 'viewed', { enumerable: false })

const summary = ({ uid, indexUid, type, enqueuedAt, customMetadata }: Task) => {
  return { taskUid: uid, indexUid, status: 'enqueued', type, enqueuedAt, customMetadata }
}
