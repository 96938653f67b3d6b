import { computed, shallowRef } from 'vue'
import type { BehindLoop, LoopFigure, LoopFigures } from '#server/contract/insight.ts'
import { call, latest } from '../api/index.ts'
import { department } from './gaps.ts'
import { LONGEST, figurePeriod, periodFault } from './period.ts'
import { seesAll } from './place.ts'

export const loop = shallowRef<LoopFigures>()
/** Why the figures could not be read; what was read before stays. */
export const loopFailure = shallowRef<unknown>()

/** A number of the loop: which figure, and of which department or week; of all of them without either. */
export interface LoopCell {
  figure: LoopFigure
  department?: string
  week?: string
}

/** The number that was last looked behind, and the questions there. */
export const loopCell = shallowRef<LoopCell>()
export const behindLoop = shallowRef<BehindLoop>()
export const behindLoopFailure = shallowRef<unknown>()
export const hasMoreLoop = computed(
  () => (behindLoop.value?.questions.length ?? 0) < (behindLoop.value?.total ?? 0),
)

const PAGE = 50

/** What is asked for: experts are given their own department's without asking. */
const filterNow = () => ({
  ...figurePeriod(),
  department: (seesAll.value && department.value) || undefined,
})

const newest = latest((signal: AbortSignal) =>
  call('GET /api/figures/questions', { query: filterNow(), signal }),
)
const newestBehind = latest((signal: AbortSignal, { figure, ...cell }: LoopCell, offset: number) =>
  call('GET /api/figures/questions/:figure', {
    params: { figure },
    query: { ...filterNow(), ...cell, limit: PAGE, offset },
    signal,
  }),
)

/** Reads the figures anew, and what is behind the number that is looked at. */
export async function loadLoop(): Promise<void> {
  if (periodFault(LONGEST)) return
  try {
    loop.value = (await newest.run()) ?? loop.value
    loopFailure.value = undefined
  } catch (error) {
    loopFailure.value = error
  }
  if (loopCell.value) await lookBehindLoop(loopCell.value)
}

/** Shows the questions behind a number. */
export async function lookBehindLoop(cell: LoopCell): Promise<void> {
  if (!isSameCell(loopCell.value, cell)) behindLoop.value = undefined
  loopCell.value = cell
  await readBehind(0)
}

export const moreBehindLoop = (): Promise<void> => readBehind(behindLoop.value?.questions.length ?? 0)

async function readBehind(offset: number): Promise<void> {
  const cell = loopCell.value
  if (!cell) return
  try {
    const found = await newestBehind.run(cell, offset)
    if (!found) return
    const before = offset === 0 ? [] : (behindLoop.value?.questions ?? [])
    behindLoop.value = { ...found, questions: [...before, ...found.questions] }
    behindLoopFailure.value = undefined
  } catch (error) {
    behindLoopFailure.value = error
  }
}

export const isSameCell = (a: LoopCell | undefined, b: LoopCell): boolean =>
  a?.figure === b.figure && a.department === b.department && a.week === b.week
