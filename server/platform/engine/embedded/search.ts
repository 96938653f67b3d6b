import type { EngineQuery, EngineResult } from '#server/platform/engine/port.ts'
import type { Lexicon } from '#server/platform/text/lexicon.ts'
import { analyseQuery } from '#server/platform/text/query.ts'
import { planQuery, type Wish } from './plan.ts'
import {
  addList,
  bestSoFar,
  clearWorkspace,
  createWorkspace,
  followList,
  keepWithinReach,
  listsOf,
  type Workspace,
} from './scoring.ts'
import type { LiveSegment } from './segment.ts'
import { createSelection, judgeDocuments } from './selection.ts'

/** Answers queries from segments; see SearchEngine.search. */
export type Searcher = (live: readonly LiveSegment[], query: EngineQuery) => EngineResult

/** At least so many documents are compared by every wish, however few are wanted. */
const FEWEST_FOLLOWED = 300

/** Makes a searcher, which keeps room for scores between searches. */
export function createSearcher(lexicon: Lexicon): Searcher {
  let room = createWorkspace(0)
  return (live, query) => {
    if (query.text.trim() === '') return listByPrior(live, query)
    const documents = live.reduce((sum, { alive }) => sum + alive.length, 0)
    if (room.scores.length < documents) room = createWorkspace(documents)
    const wishes = planQuery(analyseQuery(query.text, lexicon), live)
    const result = select(live, query, wishes, room)
    clearWorkspace(room)
    return result
  }
}

function select(
  live: readonly LiveSegment[],
  query: EngineQuery,
  wishes: readonly Wish[],
  room: Workspace,
): EngineResult {
  const bases = firstDocuments(live)
  const standings = live.map(one => judgeDocuments(one, query))
  const lists = live.map(({ segment }, index) => listsOf(segment, wishes, index, bases[index] ?? 0))
  lists.forEach(({ leading }, index) => {
    for (const list of leading) addList(list, standings[index] ?? new Uint8Array(), room)
  })
  keepWithinReach(room)
  const followed = bestSoFar(room, Math.max(FEWEST_FOLLOWED, 4 * (query.offset + query.limit)))
  for (const { following } of lists) for (const list of following) followList(list, followed, room)
  const selection = createSelection(query)
  for (let at = 0; at < room.count; at += 1) {
    const document = room.touched[at] ?? 0
    const index = bases.findLastIndex(base => base <= document)
    const ordinal = document - (bases[index] ?? 0)
    selection.offer(
      live[index]!,
      document,
      ordinal,
      room.scores[document] ?? 0,
      standings[index]?.[ordinal] ?? 0,
    )
  }
  return selection.finish()
}

/** Where the documents of each segment begin when those of all are counted on. */
function firstDocuments(live: readonly LiveSegment[]): number[] {
  let next = 0
  return live.map(({ alive }) => {
    const first = next
    next += alive.length
    return first
  })
}

/** Without a text, everything that fits answers, the most deserving first. */
function listByPrior(live: readonly LiveSegment[], query: EngineQuery): EngineResult {
  const selection = createSelection(query)
  const bases = firstDocuments(live)
  live.forEach((one, index) => {
    judgeDocuments(one, query).forEach((standing, ordinal) => {
      const prior = (one.segment.documents.priors[ordinal] ?? 0) / 255
      if (standing > 0) selection.offer(one, (bases[index] ?? 0) + ordinal, ordinal, prior, standing)
    })
  })
  return selection.finish()
}
