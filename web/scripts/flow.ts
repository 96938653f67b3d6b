import { STEP_NUMBERS } from '#server/contract/script-lists.ts'
import type { ScriptStep, StepTarget } from '#server/contract/script.ts'
import { stepOf } from './editing.ts'
import { sortedBy } from '../ui/sorted.ts'
import { isEmptyStep, type Script } from './texts.ts'

/** One way from a step: by order, or by a branch (from 0). `isLost`: it leads to a step that is not there. */
export interface Way {
  from: number
  to: StepTarget
  branch?: number
  isLost: boolean
}
export type FlowFault = 'noExit' | 'unreachable'
/** How a call goes through a script: steps that say something, the ways between them, and what is wrong with a step. */
export interface Flow {
  steps: number[]
  ways: Way[]
  faults: ReadonlyMap<number, FlowFault>
}

const follower = (steps: readonly number[], from: number): StepTarget =>
  steps.find(one => one > from) ?? 'end'

/** Draws the ways of a script from its steps and branches; the call begins at the first step that says something. */
export function flowOf(script: Script): Flow {
  const steps = STEP_NUMBERS.filter(number => !isEmptyStep(stepOf(script, number)))
  const isThere = (to: StepTarget) => to === 'end' || (steps as number[]).includes(to)
  const ways = steps
    .flatMap(from => waysFrom(stepOf(script, from), follower(steps, from)))
    .map(way => ({ ...way, isLost: !isThere(way.to) }))
  return { steps, ways, faults: faultsOf(steps, ways) }
}

const waysFrom = ({ step, next, branches }: ScriptStep, follows: StepTarget): Omit<Way, 'isLost'>[] => [
  { from: step, to: next ?? follows },
  ...branches.map(({ to }, branch) => ({ from: step, to, branch })),
]

function faultsOf(steps: readonly number[], ways: readonly Way[]): Map<number, FlowFault> {
  const reached = closure(steps.slice(0, 1), ways, way => [way.from, way.to])
  const ending = closure(['end'], ways, way => [way.to, way.from])
  return new Map(
    steps.flatMap(step => {
      const fault = reached.has(step) ? (ending.has(step) ? undefined : 'noExit') : 'unreachable'
      return fault ? [[step, fault] as const] : []
    }),
  )
}

/** All that `begin` leads to over the ways, each taken from its first end to its second. */
function closure(
  begin: readonly StepTarget[],
  ways: readonly Way[],
  ends: (way: Way) => readonly [StepTarget, StepTarget],
): Set<StepTarget> {
  const found = new Set(begin)
  for (let before = -1; before !== found.size;) {
    before = found.size
    for (const way of ways) {
      const [from, to] = ends(way)
      if (found.has(from) && !way.isLost) found.add(to)
    }
  }
  return found
}

/** Where the end of the call and what is nowhere are drawn, after the nine steps. */
export const END_ROW = 10
export const LOST_ROW = 11

/** Ways as they are drawn: between two rows, at a distance from the line of steps. Long ways run further out. */
export interface Arc {
  way: Way
  from: number
  to: number
  lane: number
}

const rowOf = (way: Way): number => (way.isLost ? LOST_ROW : way.to === 'end' ? END_ROW : way.to)

/** Ways to the next step are drawn straight (lane 0), others as arcs that do not lie upon each other: back left (-), on right (+). Branches of one step to one other are one arc. */
export function arcsOf({ steps, ways }: Flow): Arc[] {
  const drawn = new Map(ways.map(way => [`${way.from} ${rowOf(way)} ${way.branch === undefined}`, way]))
  const bySpan = sortedBy(
    [...drawn.values()].map(way => ({ way, from: way.from, to: rowOf(way) })),
    one => Math.abs(one.to - one.from),
  )
  const taken: Arc[] = []
  for (const one of bySpan) {
    const side = one.to > one.from ? 1 : -1
    const onSide = taken.filter(other => other.lane * side > 0)
    taken.push({ ...one, lane: isStraight(one, steps) ? 0 : side * freeLane(onSide, one) })
  }
  return taken
}

/** Whether a way only goes on to what stands below it. */
function isStraight({ way, from, to }: Omit<Arc, 'lane'>, steps: readonly number[]): boolean {
  const below = follower(steps, from)
  return way.branch === undefined && to === (below === 'end' ? END_ROW : below)
}

/** The nearest lane on its side in which a way lies upon no other. */
function freeLane(taken: readonly Arc[], one: Omit<Arc, 'lane'>): number {
  const lanes = new Set(taken.filter(other => overlap(other, one)).map(other => Math.abs(other.lane)))
  let lane = 1
  while (lanes.has(lane)) lane += 1
  return lane
}

function overlap(a: Pick<Arc, 'from' | 'to'>, b: Pick<Arc, 'from' | 'to'>): boolean {
  const [aTop, aEnd] = [Math.min(a.from, a.to), Math.max(a.from, a.to)]
  const [bTop, bEnd] = [Math.min(b.from, b.to), Math.max(b.from, b.to)]
  return aTop <= bEnd && bTop <= aEnd
}
