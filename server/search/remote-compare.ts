import { createBreath } from '#server/platform/engine/breath.ts'
import type { MeilisearchEngine } from '#server/platform/engine/meilisearch/engine.ts'
import type { EngineDocument } from '#server/platform/engine/port.ts'

/** Takes what is not ours out of an index, and gives the ids of what it has otherwise than it should, too much or not at all. */
export async function differences(
  main: MeilisearchEngine,
  documents: Iterable<EngineDocument>,
): Promise<string[]> {
  const wanted = new Map<string, string>()
  const breathe = createBreath()
  for (const document of documents) {
    wanted.set(document.id, main.fingerprint(document))
    await breathe()
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

/** All of what takes time to make. */
export async function gathered<T>(made: Iterable<T>): Promise<T[]> {
  const all: T[] = []
  const breathe = createBreath()
  for (const one of made) {
    all.push(one)
    await breathe()
  }
  return all
}
