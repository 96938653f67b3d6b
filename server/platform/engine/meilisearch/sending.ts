import { createBreath } from '#server/platform/engine/breath.ts'
import type { EngineChanges, EngineDocument, EngineSettings } from '#server/platform/engine/port.ts'
import type { Connection } from './connection.ts'
import { remoteDocument, type RemoteDocument } from './documents.ts'
import { faultOf } from './faults.ts'
import { slugOf } from './tokens.ts'

/** The most documents of one request, and about the most characters. */
const BATCH = 1000
const MOST_LETTERS = 8_000_000
/** With more refused than this it is the server that is at fault, not the documents. */
const MOST_REFUSED = 20
/** Failures of the index or the machine, which no document is to blame for. */
const NOT_THEIRS = [
  'index_not_found',
  'no_space_left_on_device',
  'too_many_open_files',
  'io_error',
  'canceled',
]

/** Documents that were not taken: by id, the server's code for why, where it gave one. */
export type Refused = ReadonlyMap<string, string | undefined>

/**
 * Sends changes and waits until they are carried out. A batch that fails is halved until the document is found that is
 * not taken; such are given back, everything else is in. Throws RemoteFault.
 */
export async function sendChanges(
  connection: Connection,
  uid: string,
  { put, remove }: EngineChanges,
  position: number,
  settings: EngineSettings,
): Promise<Refused> {
  const documents = new Map(put.map(document => [document.id, document]))
  const gone = [...new Set(remove)].filter(id => !documents.has(id)).map(slugOf)
  const metadata = `firstline:${position}`
  for (let at = 0; at < gone.length; at += BATCH)
    await connection.remove(uid, gone.slice(at, at + BATCH), metadata)
  const refused = new Map<string, string | undefined>()
  const send = async (batch: RemoteDocument[]): Promise<void> => {
    try {
      await connection.put(uid, batch, metadata)
    } catch (error) {
      if (!isTheirs(error)) throw error
      if (batch.length === 1) refused.set(batch[0]!.key, codeOf(error))
      if (refused.size > MOST_REFUSED) throw error
      const half = Math.ceil(batch.length / 2)
      if (batch.length > 1) for (const part of [batch.slice(0, half), batch.slice(half)]) await send(part)
    }
  }
  for await (const batch of batches(documents.values(), settings)) await send(batch)
  // what it has of them from before is not true any more
  if (refused.size > 0) await connection.remove(uid, Array.from(refused.keys(), slugOf), metadata)
  return refused
}

function isTheirs(error: unknown): boolean {
  const { kind, code } = faultOf(error)
  return (kind === 'task' || kind === 'rejected') && !NOT_THEIRS.includes(code ?? '')
}

const codeOf = (error: unknown): string | undefined => faultOf(error).code

async function* batches(
  documents: Iterable<EngineDocument>,
  settings: EngineSettings,
): AsyncGenerator<RemoteDocument[]> {
  const breathe = createBreath()
  let [batch, letters] = [[] as RemoteDocument[], 0]
  for (const document of documents) {
    await breathe()
    const made = remoteDocument(document, settings)
    batch.push(made)
    letters += JSON.stringify(made).length
    if (batch.length < BATCH && letters < MOST_LETTERS) continue
    yield batch
    ;[batch, letters] = [[], 0]
  }
  if (batch.length > 0) yield batch
}
