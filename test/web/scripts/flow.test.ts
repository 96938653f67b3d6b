import { describe, expect, it } from 'vitest'
import type { ScriptStep, StepTarget } from '#server/contract/script.ts'
import { END_ROW, LOST_ROW, arcsOf, flowOf } from '../../../web/scripts/flow.ts'
import { agent, script, step } from './sample.ts'

const to = (...targets: StepTarget[]) => targets.map(one => ({ ifSays: '那…', lines: [], to: one }))
const flow = (...steps: ScriptStep[]) => flowOf(script({ steps }))
const said = (number: number, more: Partial<ScriptStep> = {}) => step(number, [agent('好。')], more)

describe('the way of a call', () => {
  it('leads from step to step that says something, and after the last to the end', () => {
    const { steps, ways, faults } = flow(said(1), said(4), said(9))
    expect(steps).toEqual([1, 4, 9])
    expect(ways.map(way => [way.from, way.to])).toEqual([
      [1, 4],
      [4, 9],
      [9, 'end'],
    ])
    expect(faults.size).toBe(0)
  })

  it('marks a branch that leads to a step that is not there', () => {
    const { ways } = flow(said(1, { branches: to(7, 2) }), said(2))
    expect(ways.filter(way => way.isLost).map(way => way.to)).toEqual([7])
  })

  it('marks steps that a call never comes to, and steps from which it never ends', () => {
    const { faults } = flow(said(1, { next: 3 }), said(2), said(3, { next: 4 }), said(4, { next: 3 }))
    expect([...faults]).toEqual([
      [1, 'noExit'],
      [2, 'unreachable'],
      [3, 'noExit'],
      [4, 'noExit'],
    ])
  })

  it('may turn in a circle that has a way out', () => {
    expect(flow(said(1, { branches: to('end'), next: 1 })).faults.size).toBe(0)
  })
})

describe('the drawing', () => {
  it('has straight ways to the next step, arcs for the others, and one arc for branches to the same step', () => {
    const arcs = arcsOf(flow(said(1, { branches: to(3, 3) }), said(2), said(3, { branches: to(1) })))
    const drawn = arcs.map(({ from, to: row, lane }) => [from, row, lane])
    expect(drawn).toHaveLength(5)
    expect(drawn).toEqual(
      expect.arrayContaining([
        [1, 2, 0],
        [2, 3, 0],
        [1, 3, 1],
        [3, 1, -1],
        [3, END_ROW, 0],
      ]),
    )
  })

  it('has arcs that overlap beside each other, and a place for what is nowhere', () => {
    const arcs = arcsOf(
      flow(said(1, { branches: to(3, 4, 8) }), said(2, { branches: to(4) }), said(3), said(4)),
    )
    const lanes = arcs.filter(arc => arc.lane > 0).map(arc => arc.lane)
    expect(new Set(lanes).size).toBe(lanes.length)
    expect(arcs.filter(arc => arc.to === LOST_ROW).map(arc => arc.way.to)).toEqual([8])
  })
})
