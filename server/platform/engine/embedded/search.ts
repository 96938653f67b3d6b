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
    const scores = new Float32Array(scored.count)
    for (let at = 0; at < scored.count; at += 1) scores[at] = room.scores[ordinals[at]!]!
    clearWorkspace(room, scored.count)
    return { one, ordinals, scores, standings }
  })
  const selection = createSelection(query)
  parts.forEach(({ one, ordinals, scores, standings }, index) => {
    ordinals.forEach((ordinal, at) => {
      const score = scores[at] ?? 0
      if (score >= REACH * best) selection.offer(one, index, ordinal, score, standings[ordinal] ?? 0)
    })
  })
  return selection.finish()
}

/** Without a text, everything that fits answers, the most deserving first. */
function listByPrior(live: readonly LiveSegment[], query: EngineQuery): EngineResult {
  const selection = createSelection(query)
  live.forEach((one, index) => {
    judgeDocuments(one, query).forEach((standing, ordinal) => {
      const prior = (one.segment.documents.priors[ordinal] ?? 0) / 255
      if (standing > 0) selection.offer(one, index, ordinal, prior, standing)
    })
  })
  return selection.finish()
}
