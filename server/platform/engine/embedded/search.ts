import type { EngineQuery, EngineResult } from '#server/platform/engine/port.ts'
import type { Lexicon } from '#server/platform/text/lexicon.ts'
import { analyseQuery } from '#server/platform/text/query.ts'
import { planQuery, type Wish } from './plan.ts'
import { clearWorkspace, createWorkspace, REACH, scoreSegment, type Workspace } from './scoring.ts'
import type { LiveSegment } from './segment.ts'
import { createSelection, judgeDocuments } from './selection.ts'

/** Answers queries from segments; see SearchEngine.search. */
export type Searcher = (live: readonly LiveSegment[], query: EngineQuery) => EngineResult

/** Makes a searcher, which keeps room for scores between searches. */
export function createSearcher(lexicon: Lexicon): Searcher {
  let room = createWorkspace(0)
  return (live, query) => {
    if (query.text.trim() === '') return listByPrior(live, query)
    const largest = Math.max(0, ...live.map(({ alive }) => alive.length))
    if (room.scores.length < largest) room = createWorkspace(largest)
    const wishes = planQuery(analyseQuery(query.text, lexicon), live)
    return select(live, query, wishes, room)
  }
}

function select(
  live: readonly LiveSegment[],
  query: EngineQuery,
  wishes: readonly Wish[],
  room: Workspace,
): EngineResult {
  let best = 0
  const parts = live.map((one, index) => {
    const standings = judgeDocuments(one, query)
    const scored = scoreSegment(one.segment, wishes, index, standings, room, best)
    best = scored.best
    const ordinals = room.touched.slice(0, scored.count)
    const scores = Float32Array.from(ordinals, ordinal => room.scores[ordinal] ?? 0)
    clearWorkspace(room, scored.count)
    return { segment: one.segment, ordinals, scores, standings }
  })
  const selection = createSelection(query)
  for (const { segment, ordinals, scores, standings } of parts) {
    ordinals.forEach((ordinal, at) => {
      const score = scores[at] ?? 0
      if (score >= REACH * best) selection.offer(segment, ordinal, score, standings[ordinal] ?? 0)
    })
  }
  return selection.finish()
}

/** Without a text, everything that fits answers, the most deserving first. */
function listByPrior(live: readonly LiveSegment[], query: EngineQuery): EngineResult {
  const selection = createSelection(query)
  for (const one of live) {
    judgeDocuments(one, query).forEach((standing, ordinal) => {
      const prior = (one.segment.documents.priors[ordinal] ?? 0) / 255
      if (standing > 0) selection.offer(one.segment, ordinal, prior, standing)
    })
  }
  return selection.finish()
}
