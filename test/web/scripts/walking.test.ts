import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Finding } from '#server/contract/script-views.ts'
import { linesAt } from '../../../web/scripts/editing.ts'
import { findings } from '../../../web/scripts/findings.ts'
import { current } from '../../../web/scripts/mending.ts'
import { script } from '../../../web/scripts/writing.ts'
import { build, type Built } from './builder-page.ts'
import { agent, revisionOf, TEXT } from './sample.ts'

const LONG: Finding = { step: 1, line: 1, severity: 'warning', rule: 'step.long', message: '太长' }
const FIELD: Finding = {
  step: 1,
  field: '已知事实',
  severity: 'error',
  rule: 'field.required',
  message: '必填',
}
const WHOLE: Finding = { step: 1, severity: 'warning', rule: 'question.missing', message: '没有一句问话' }
const BRANCH: Finding = {
  step: 1,
  branch: 0,
  line: 0,
  severity: 'warning',
  rule: 'jargon',
  message: '行话',
  quote: '公变',
  instead: '变压器',
}
const ASKED = revisionOf({
  ...TEXT,
  steps: [
    { ...TEXT.steps[0]!, branches: [{ ifSays: '几点来电？', lines: [agent('看公变。')], to: 2 }] },
    TEXT.steps[1]!,
  ],
})

let it1: Built

beforeEach(() => localStorage.clear())
afterEach(() => it1.page.unmount())

it('findings are gone through as they stand on the page: lines, step, branches, fields', async () => {
  it1 = await build({ revision: ASKED, found: [FIELD, BRANCH, WHOLE, LONG] })
  await it1.checked()
  expect(findings.value.map(one => one.rule)).toEqual([
    'step.long',
    'question.missing',
    'jargon',
    'field.required',
  ])
})

it('acts on no key in a step where it is not', async () => {
  it1 = await build({ revision: ASKED, found: [BRANCH] })
  await it1.checked()
  await it1.run('nextFinding')
  await it1.run('scriptSteps', { code: 'Digit0', key: '0' })
  expect(current.value).toBeUndefined()
  await it1.run('mendFinding')
  expect(linesAt(script.value!, { step: 1, branch: 0 })).toEqual([agent('看公变。')])
})

it('keeps the focus in the step when the line that had it is taken back', async () => {
  it1 = await build()
  await it1.run('scriptSteps', { code: 'Digit1', key: '1' })
  await it1.run('addLine')
  await it1.run('addLine')
  await it1.run('undo')
  expect(it1.area().id).toBe('line-1-2')
  await it1.run('undo')
  expect(it1.area().id).toBe('line-1-1')
})
