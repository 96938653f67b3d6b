import type { ScriptLine } from '#server/contract/script.ts'
import type { CheckContext, CheckedStep, Place } from './check-context.ts'
import type { Hit, Lexicons, Mark } from './lexicon.ts'
import { quotesIn } from './quotes.ts'
import { speechOf, type Speech } from './speech.ts'

/** A line of a script with all that is known of its words, each worked out once. */
export interface Heard {
  place: Place
  line: ScriptLine
  speech: Speech
  hits: readonly Hit[]
  quotes: readonly string[]
}

/** A step as it is heard: its own lines, and those of each branch with what the customer says to get there. */
export interface HeardStep {
  given: CheckedStep
  lines: readonly Heard[]
  branches: readonly { says: Heard; lines: readonly Heard[] }[]
}

/** Reads the lines of a step; `hear` reads one line. */
export const heardStep = (given: CheckedStep, { lexicons }: CheckContext): HeardStep => {
  const hearAll = (lines: readonly ScriptLine[], place: Place) =>
    lines.map((line, index) => hear(lexicons, line, { ...place, line: index }))
  const { step } = given
  return {
    given,
    lines: hearAll(given.lines ?? [], { step }),
    branches: (given.branches ?? []).map(({ ifSays, lines }, branch) => ({
      says: hear(lexicons, { speaker: 'customer', text: ifSays }, { step, branch }),
      lines: hearAll(lines, { step, branch }),
    })),
  }
}

function hear(lexicons: Lexicons, line: ScriptLine, place: Place): Heard {
  const speech = speechOf(line.text)
  const quotes = line.text.includes('[[') ? quotesIn(line.text).map(one => one.ref) : []
  return { place, line, speech, hits: lexicons.find(speech), quotes }
}

/** Every line of a step, those of its branches too. */
export const allLines = ({ lines, branches }: HeardStep): Heard[] => [
  ...lines,
  ...branches.flatMap(one => one.lines),
]

export const byAgent = ({ line }: Heard): boolean => line.speaker === 'agent'

/** What the agent says in a step, without its branches. */
export const agentLines = (step: HeardStep): Heard[] => step.lines.filter(byAgent)

/** Whether a line holds a word of a list. */
export const has = ({ hits }: Heard, mark: Mark): boolean => hits.some(hit => hit.lexicon.group === mark)

/** Whether there is a list for a mark: without one, nothing can be said to be missing. */
export const isKnown = ({ lexicons }: CheckContext, mark: Mark): boolean =>
  lexicons.lists.some(({ group }) => group === mark)
