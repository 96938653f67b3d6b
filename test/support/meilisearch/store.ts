import { StubError } from './errors.ts'
import { list, StoredIndex, type Document, type Settings } from './stored-index.ts'
import { TaskQueue, type Task } from './tasks.ts'

const ID = /^[A-Za-z0-9_-]{1,511}$/u

/** Everything an instance keeps on its disk: it outlives the process. */
export class Store {
  readonly queue = new TaskQueue()
  indexes = new Map<string, StoredIndex>()

  index(uid: string): StoredIndex {
    const found = this.indexes.get(uid)
    if (!found) throw new StubError('index_not_found')
    return found
  }

  createIndex(uid: string, primaryKey: string | null): Task {
    if (!ID.test(uid)) throw new StubError('invalid_index_uid')
    return this.queue.add('indexCreation', uid, null, () => {
      if (this.indexes.has(uid)) throw new StubError('index_already_exists')
      this.indexes.set(uid, new StoredIndex(primaryKey))
      return { primaryKey }
    })
  }

  deleteIndex(uid: string): Task {
    return this.queue.add('indexDeletion', uid, null, () => {
      const { size } = this.index(uid).documents
      this.indexes.delete(uid)
      return { deletedDocuments: size }
    })
  }

  changeSettings(uid: string, settings: Settings): Task {
    return this.queue.add('settingsUpdate', uid, null, () => {
      const index = this.indexes.get(uid) ?? new StoredIndex(null)
      index.set(settings)
      this.indexes.set(uid, index)
      return settings
    })
  }

  addDocuments(uid: string, documents: Document[], primaryKey: string | null, metadata: string | null): Task {
    return this.queue.add('documentAdditionOrUpdate', uid, metadata, () => {
      const index = this.indexes.get(uid) ?? new StoredIndex(primaryKey)
      index.primaryKey ??= primaryKey ?? 'id'
      const key = index.primaryKey
      if (documents.some(one => !ID.test(String(one[key] ?? '')))) throw new StubError('invalid_document_id')
      for (const document of documents) index.put(document)
      this.indexes.set(uid, index)
      return { receivedDocuments: documents.length, indexedDocuments: documents.length }
    })
  }

  deleteDocuments(uid: string, ids: readonly string[], metadata: string | null): Task {
    if (!ID.test(uid)) throw new StubError('invalid_index_uid')
    return this.queue.add('documentDeletion', uid, metadata, () => {
      const index = this.index(uid)
      return { providedIds: ids.length, deletedDocuments: ids.filter(id => index.remove(id)).length }
    })
  }

  swap(pairs: readonly [string, string][]): Task {
    if (new Set(pairs.flat()).size < pairs.flat().length)
      throw new StubError('invalid_swap_duplicate_index_found')
    return this.queue.add('indexSwap', null, null, () => {
      for (const [one, other] of pairs) {
        const [left, right] = [this.index(one), this.index(other)]
        this.indexes.set(one, right)
        this.indexes.set(other, left)
      }
      return { swaps: pairs.map(indexes => ({ indexes })) }
    })
  }

  stats(uid: string) {
    const { documents } = this.index(uid)
    const isIndexing = this.queue.tasks.some(task => task.indexUid === uid && task.status === 'processing')
    const sizes = { indexSize: 4096, usedIndexSize: 4096, rawDocumentDbSize: 4096, avgDocumentSize: 64 }
    return { numberOfDocuments: documents.size, ...sizes, isIndexing, fieldDistribution: {} }
  }

  /** The keys of all documents of an index, sorted. */
  keysOf(uid: string): string[] {
    return Array.from(this.indexes.get(uid)?.documents.values() ?? [], one => String(one.key)).toSorted()
  }

  settings(uid: string): Settings {
    const { settings } = this.index(uid)
    return {
      displayedAttributes: ['*'],
      searchableAttributes: ['*'],
      filterableAttributes: list([]),
      ...settings,
    }
  }
}
