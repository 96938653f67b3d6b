import type { EmbeddedEngine } from '#server/platform/engine/embedded/engine.ts'
import { Connection } from '#server/platform/engine/meilisearch/connection.ts'
import {
  createMeilisearchEngine,
  type MeilisearchEngine,
} from '#server/platform/engine/meilisearch/engine.ts'
import type { EngineDocument, EngineSettings } from '#server/platform/engine/port.ts'
import { MASTER_KEY, startStub } from '../test/support/meilisearch/stub.ts'

/** A Meilisearch to measure: that of MEILI_URL and MEILI_KEY, or the stub of the tests, whose times tell nothing. */
export interface Outside {
  name: 'meilisearch' | 'stub'
  /** Makes an engine of its own that holds the documents; `known`, which has them too, tells how frequent words are. */
  fill(
    documents: readonly EngineDocument[],
    settings: EngineSettings,
    known: EmbeddedEngine,
  ): Promise<MeilisearchEngine>
  /** Takes away what was made. */
  close(): Promise<void>
}

/** Opens the server, or starts the stub. */
export async function openOutside(): Promise<Outside> {
  const { MEILI_URL: real, MEILI_KEY } = process.env
  const stub = real ? undefined : await startStub()
  const [url, key] = stub ? [stub.url, MASTER_KEY] : [real!, MEILI_KEY]
  const made: string[] = []
  return {
    name: stub ? 'stub' : 'meilisearch',
    async fill(documents, settings, { frequencyOf }) {
      const uid = `firstline-bench-${process.pid}-${made.length}`
      const patience = { searchTimeout: 60_000, timeout: 60_000 }
      const engine = createMeilisearchEngine({
        url,
        key,
        settings,
        uid,
        owner: 'bench',
        frequencyOf,
        ...patience,
      })
      made.push(uid)
      await engine.rebuild(documents)
      return engine
    },
    async close() {
      const connection = new Connection({ url, key })
      for (const uid of made) await connection.drop(uid)
      await stub?.kill()
    },
  }
}
