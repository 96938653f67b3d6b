import { parentPort } from 'node:worker_threads'
import type { EngineDocument } from '#server/platform/engine/port.ts'
import { createBuilder, type BuildSettings, type SegmentBuilder } from './builder.ts'
import { mergeSegments } from './merge.ts'
import type { LiveSegment, Segment } from './segment.ts'

/** What the worker is asked: to build from documents that follow in batches, or to merge. */
export type WorkerRequest =
  | { do: 'begin'; settings: BuildSettings }
  | { do: 'add'; documents: EngineDocument[] }
  | { do: 'finish'; meanLengths: Record<string, number> | undefined }
  | { do: 'merge'; live: LiveSegment[] }

/** What it answers: that a batch was taken, or the segment asked for. */
export type WorkerReply = { done: 'batch' } | { done: 'segment'; segment: Segment }

let builder: SegmentBuilder | undefined

parentPort?.on('message', (request: WorkerRequest) => {
  const reply = answer(request)
  if (reply) parentPort?.postMessage(reply, [])
})

function answer(request: WorkerRequest): WorkerReply | undefined {
  if (request.do === 'merge') return { done: 'segment', segment: mergeSegments(request.live) }
  if (request.do === 'begin') {
    builder = createBuilder(request.settings)
    return undefined
  }
  if (!builder) throw new Error('documents came before begin')
  if (request.do === 'finish') return { done: 'segment', segment: builder.finish(request.meanLengths) }
  for (const document of request.documents) builder.add(document)
  return { done: 'batch' }
}
