import { STEP_NUMBERS } from '#server/contract/script-lists.ts'
import type { Finding } from '#server/contract/script-views.ts'
import type { StepTarget } from '#server/contract/script.ts'
import { finding, type CheckContext, type CheckedStep } from './check-context.ts'

const LAST = STEP_NUMBERS.length

/** Ways to nowhere, ways that never end, and steps no way leads to. A step that is not given goes on to the one after it. */
export function flowFindings(steps: readonly CheckedStep[], { whole = false }: CheckContext): Finding[] {
  const given = new Set(steps.map(one => one.step))
  const isThere = (to: StepTarget) => to === 'end' || (to >= 1 && to <= LAST && (!whole || given.has(to)))
  const ways = waysOf(steps, isThere)
  const back = new Map<StepTarget, StepTarget[]>()
  for (const [from, targets] of ways) for (const to of targets) back.set(to, [...(back.get(to) ?? []), from])
  const ending = reached('end', back)
  const begun = reached(1, ways)
  return steps.flatMap(step => [
    ...nowhere(step, isThere),
    ...(ending.has(step.step)
      ? []
      : [finding(step, 'flow.no-exit', { message: `从第 ${step.step} 步起绕来绕去，走不到结束通话` })]),
    ...(!given.has(1) || begun.has(step.step)
      ? []
      : [
          finding(step, 'flow.unreachable', {
            message: `没有哪一步通到第 ${step.step} 步，通话时永远用不上`,
          }),
        ]),
  ])
}

/** Where each of the nine steps leads. */
function waysOf(
  steps: readonly CheckedStep[],
  isThere: (to: StepTarget) => boolean,
): Map<StepTarget, StepTarget[]> {
  const ways = new Map<StepTarget, StepTarget[]>()
  for (const number of STEP_NUMBERS) {
    const step = steps.find(one => one.step === number)
    const next = step?.next ?? (number === LAST ? 'end' : number + 1)
    ways.set(number, [next, ...(step?.branches ?? []).map(one => one.to)].filter(isThere))
    if (!step?.next && number < LAST && ways.get(number)?.length === 0) ways.set(number, [number + 1])
  }
  return ways
}

function reached(from: StepTarget, ways: ReadonlyMap<StepTarget, readonly StepTarget[]>): Set<StepTarget> {
  const found = new Set<StepTarget>([from])
  for (const at of found) for (const to of ways.get(at) ?? []) found.add(to)
  return found
}

function nowhere(
  { step, branches = [], next }: CheckedStep,
  isThere: (to: StepTarget) => boolean,
): Finding[] {
  const lost = branches.flatMap(({ ifSays, to }, branch) =>
    isThere(to)
      ? []
      : finding({ step, branch }, 'branch.nowhere', {
          message: `客户说“${ifSays}”以后要去第 ${to} 步，没有这一步`,
          quote: ifSays,
        }),
  )
  if (next === undefined || isThere(next)) return lost
  return [
    ...lost,
    finding({ step }, 'branch.nowhere', { message: `这一步完了要去第 ${next} 步，没有这一步` }),
  ]
}
