import type { Stub } from './stub.ts'

/** From now on the server will not take a document, whatever batch it comes in. Returns what makes it take it again. */
export function refuseDocument({ store }: Stub, key: string): () => void {
  const { addDocuments } = store
  store.addDocuments = (uid, documents, ...rest) =>
    addDocuments.call(
      store,
      uid,
      documents.map(one => (one.key === key ? { ...one, id: '坏' } : one)),
      ...rest,
    )
  return () => (store.addDocuments = addDocuments)
}
