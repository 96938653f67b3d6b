import { setImmediate as breathe } from 'node:timers/promises'
import type { MeilisearchEngine } from '#server/platform/engine/meilisearch/engine.ts'
import type { EngineDocument } from '#server/platform/engine/port.ts'

/** So many documents are compared before others have their turn. */
const AT_ONCE = 200

/** Takes what is not ours out of an index, and gives the ids of what it has otherwise than it should, too much or not at all. */
export async function differences(
  main: MeilisearchEngine,
  documents: Iterable<EngineDocument>,
): Promise<string[]> {
  const wanted = new Map<string, string>()
  for (const document of documents) {
    wanted.set(document.id, main.fingerprint(document))
    if (wanted.size % AT_ONCE === 0) await breathe()
  }
  const [differing, strays] = [new Set<string>(), [] as string[]]
  for await (const { id, key, v, isStray } of main.held()) {
    if (isStray) strays.push(id)
    else if (wanted.get(key) === v) wanted.delete(key)
    else differing.add(key)
  }
  if (strays.length > 0) await main.discard(strays)
  return [...differing, ...wanted.keys()]
}
