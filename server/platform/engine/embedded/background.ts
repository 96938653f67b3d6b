import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { EngineDocument } from '#server/platform/engine/port.ts'
import { createBuilder, type BuildSettings } from './builder.ts'
import type { LiveSegment, Segment } from './segment.ts'
import type { WorkerReply, WorkerRequest } from './worker.ts'

/** Work on segments done off the main thread; each job has a worker of its own, which gives its memory back. */
export interface Background {
  build(documents: DocumentStream, meanLengths?: Record<string, number>): Promise<Segment>
  /** Builds on this thread: a worker takes longer to start than a few documents to index. */
  buildHere(documents: readonly EngineDocument[], meanLengths?: Record<string, number>): Promise<Segment>
  merge(live: readonly LiveSegment[]): Promise<Segment>
  /** Stops all jobs; they are rejected. */
  close(): Promise<void>
}

/** Documents to be indexed, of which a later one replaces an earlier one of the same id. */
export type DocumentStream = Iterable<EngineDocument> | AsyncIterable<EngineDocument>

const BATCH = 500

/** Prepares for background work with the settings of an engine. */
export function createBackground(settings: BuildSettings): Background {
  const workers = new Set<Worker>()
  let isClosed = false
  const run = async (job: (worker: Worker) => Promise<Segment>) => {
    if (isClosed) throw new Error('the search engine is closed')
    const worker = new Worker(new URL('./worker.ts', import.meta.url))
    workers.add(worker)
    try {
      return await job(worker)
    } finally {
      workers.delete(worker)
      await worker.terminate()
    }
  }
  return {
    build: (documents, meanLengths) => run(worker => buildIn(worker, settings, documents, meanLengths)),
    buildHere: async (documents, meanLengths) => {
      if (isClosed) throw new Error('the search engine is closed')
      const builder = createBuilder(settings)
      for (const document of documents) builder.add(document)
      return builder.finish(meanLengths)
    },
    merge: live => run(worker => ask(worker, { do: 'merge', live: [...live] }).then(expectSegment)),
    close: async () => {
      isClosed = true
      await Promise.all(Array.from(workers, worker => worker.terminate()))
    },
  }
}

async function buildIn(
  worker: Worker,
  settings: BuildSettings,
  documents: DocumentStream,
  meanLengths: Record<string, number> | undefined,
): Promise<Segment> {
  tell(worker, { do: 'begin', settings })
  let batch: EngineDocument[] = []
  for await (const document of documents) {
    batch.push(document)
    if (batch.length < BATCH) continue
    await ask(worker, { do: 'add', documents: batch })
    batch = []
  }
  await ask(worker, { do: 'add', documents: batch })
  return expectSegment(await ask(worker, { do: 'finish', meanLengths }))
}

/** Nothing is ever transferred: the arrays of a segment are shared, documents are copied. */
function tell(worker: Worker, request: WorkerRequest): void {
  worker.postMessage(request, [])
}

async function ask(worker: Worker, request: WorkerRequest): Promise<WorkerReply> {
  const stop = new AbortController()
  const { signal } = stop
  tell(worker, request)
  try {
    return await Promise.race([
      once(worker, 'message', { signal }).then(([reply]) => reply as WorkerReply),
      once(worker, 'exit', { signal }).then(() => {
        throw new Error('the search engine was closed during its work')
      }),
    ])
  } finally {
    stop.abort()
  }
}

function expectSegment(reply: WorkerReply): Segment {
  if (reply.done !== 'segment') throw new Error('the index worker gave no segment')
  return reply.segment
}
