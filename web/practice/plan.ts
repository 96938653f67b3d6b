import type { NewPractice } from '#server/contract/script-use.ts'
import type { ScriptLine, ScriptStep, StepTarget } from '#server/contract/script.ts'
import { afterStep, spokenBy, stepAt } from '../reading/script-flow.ts'

/** A way at a fork: the words with which the answer begins, none for going on as before, and where it leads. */
export interface Way {
  words: string
  to: StepTarget
}

/** One beat of a run. What the agent says is said aloud first and then compared; a fork asks which way the script goes. */
export type Turn =
  | { kind: 'customer'; step: number; text: string }
  | { kind: 'agent'; step: number; lines: readonly ScriptLine[] }
  | { kind: 'fork'; step: number; text: string; ways: readonly Way[]; right: number }

/** A run through a script: what comes, and by which steps and branches it leads. */
export interface Plan {
  turns: readonly Turn[]
  path: NewPractice['path']
}

/** So many steps a run has at most; a script may lead back to a step. */
const LONGEST = 60

/** A source of numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A run through the steps: at each the customer goes on, or says one of the things the script has a branch for, each once. */
export function planOf(steps: readonly ScriptStep[], seed: number): Plan {
  const random = randomOf(seed)
  const [turns, path]: [Turn[], Plan['path']] = [[], []]
  const taken = new Set<ScriptStep['branches'][number]>()
  let at: ScriptStep | undefined = steps[0]
  let by: number | undefined
  while (at && path.length < LONGEST) {
    path.push({ step: at.step, ...(by !== undefined && { branch: by }) })
    turns.push(...turnsOf(at.step, at.lines))
    const left = at.branches.filter(one => !taken.has(one))
    const branch = left[Math.floor(random() * (left.length + 1))]
    if (branch) {
      taken.add(branch)
      turns.push(forkOf(steps, at, branch), ...turnsOf(at.step, branch.lines))
    }
    by = branch && at.branches.indexOf(branch)
    at = stepAt(steps, branch ? branch.to : afterStep(steps, at))
  }
  return { turns, path }
}

/** Lines as they are spoken in turn: what the agent says between two words of the customer belongs together. */
function turnsOf(step: number, lines: readonly ScriptLine[]): Turn[] {
  const turns: Turn[] = []
  for (const line of lines) {
    const last = turns.at(-1)
    if (line.speaker === 'customer') turns.push({ kind: 'customer', step, text: line.text })
    else if (last?.kind === 'agent') turns[turns.length - 1] = { ...last, lines: [...last.lines, line] }
    else turns.push({ kind: 'agent', step, lines: [line] })
  }
  return turns
}

/** All that the step has for what a customer may say, and going on as before. */
function forkOf(steps: readonly ScriptStep[], at: ScriptStep, taken: ScriptStep['branches'][number]): Turn {
  const ways = at.branches.map(({ lines, to }) => ({ words: spokenBy('agent', lines)[0]?.text ?? '', to }))
  const onward = { words: '', to: afterStep(steps, at) }
  const right = at.branches.indexOf(taken)
  return { kind: 'fork', step: at.step, text: taken.ifSays, ways: [...ways, onward], right }
}
