import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Finding } from '#server/contract/script-views.ts'
import { linesAt } from '../../../web/scripts/editing.ts'
import { check, findings, isChecked, reply } from '../../../web/scripts/findings.ts'
import { clauseAround, current } from '../../../web/scripts/mending.ts'
import { progress } from '../../../web/scripts/progress.ts'
import { blocking, lookOnce, maySend } from '../../../web/scripts/submission.ts'
import { script, shownStep } from '../../../web/scripts/writing.ts'
import { later, problem, stubServer } from '../server-stub.ts'
import { build, type Built } from './builder-page.ts'
import { agent, revisionOf, script as sample, step, TEXT } from './sample.ts'

const PROMISE: Finding = {
  step: 2,
  line: 0,
  severity: 'error',
  rule: 'promise.absolute',
  message: '“一定来电”是绝对承诺',
  quote: '一定来电',
  instead: '几点来电现在说不准',
  source: '规范用语',
}
const LONG: Finding = { step: 1, line: 1, severity: 'warning', rule: 'step.long', message: '太长' }
const PROMISED = revisionOf({
  ...TEXT,
  steps: [TEXT.steps[0]!, step(2, [agent('您别急，今晚一定来电，放心。')])],
})

let it1: Built
const first = () => linesAt(script.value!, { step: 2 })[0]?.text

beforeEach(() => localStorage.clear())
afterEach(() => it1.page.unmount())

describe('what the checks found', () => {
  beforeEach(async () => {
    it1 = await build({ revision: PROMISED, found: [PROMISE, LONG] })
    await it1.checked()
  })

  it('is told at its step, by count', () => {
    expect(progress.value.slice(0, 3)).toEqual([
      { step: 1, state: 'warning', count: 1 },
      { step: 2, state: 'error', count: 1 },
      { step: 3, state: 'empty', count: 0 },
    ])
  })

  it('is gone through by key, across the steps and round', async () => {
    await it1.run('nextFinding')
    expect(it1.area().value).toBe('听得出您很着急。我先看停电记录。')
    await it1.run('nextFinding')
    expect([shownStep.value, it1.area().value]).toEqual([2, '您别急，今晚一定来电，放心。'])
    expect(it1.page.find('.blamed-error').text()).toBe('一定来电')
    expect(it1.page.find('.finding.error').text()).toContain('必须改')
    await it1.run('nextFinding')
    expect(shownStep.value).toBe(1)
    await it1.run('previousFinding')
    expect(shownStep.value).toBe(2)
  })

  it('is mended by key: the clause becomes the one that would pass', async () => {
    await it1.run('previousFinding')
    await it1.run('mendFinding')
    expect(first()).toBe('您别急，几点来电现在说不准，放心。')
    expect(findings.value.map(one => one.rule)).toEqual(['step.long'])
    await it1.run('undo')
    expect(first()).toBe('您别急，今晚一定来电，放心。')
  })

  it('stands with a word of reason, which is kept with the script', async () => {
    await it1.run('nextFinding')
    expect(current.value?.rule).toBe('step.long')
    await it1.run('explainFinding')
    await it1.type('客户一口气说完，坐席要都接住')
    await it1.press('Enter')
    expect(script.value?.reasons).toEqual([
      { step: 1, rule: 'step.long', reason: '客户一口气说完，坐席要都接住' },
    ])
  })

  it('shows why only when it is asked for', async () => {
    await it1.run('previousFinding')
    expect(it1.page.text()).not.toContain('规范用语')
    await it1.page.find('.finding.error [aria-expanded]').trigger('click')
    expect(it1.page.find('.finding.error').text()).toContain('规范用语')
  })

  it('keeps an error from being submitted, and leads to it', async () => {
    await it1.run('submit')
    expect(lookOnce.value).toBe(true)
    expect(blocking.value).toHaveLength(1)
    expect(maySend.value).toBe(false)
    await it1.run('submit')
    expect(it1.asked.some(one => one.url.pathname.endsWith('/submission'))).toBe(false)
  })
})

it('a step that nobody began is not blamed while one writes, and still keeps the script here', async () => {
  const missing: Finding = { step: 8, severity: 'error', rule: 'step.missing', message: '还没有第 8 步' }
  it1 = await build({ found: [missing] })
  await it1.checked()
  expect(findings.value).toEqual([])
  expect(blocking.value).toEqual([missing])
})

it('a clean script is handed over, and what the server still misses is shown at its place', async () => {
  const field = { path: 'steps.2.lines.0', message: 'error promise.absolute: “一定来电”是绝对承诺' }
  it1 = await build(
    {},
    { 'POST /api/revisions/40/submission': () => problem('request.invalid', 422, { fields: [field] }) },
  )
  await it1.checked()
  await it1.run('submit')
  await it1.run('submit')
  const alarm = it1.page.find('.alarm.live')
  expect(alarm.text()).toContain('第 2 步：“一定来电”是绝对承诺')
  await alarm.find('a').trigger('click')
  await flushPromises()
  expect(it1.area().value).toBe('先保住药，再说来电。')
})

it('only the newest check counts, however late the one before answers', async () => {
  it1 = await build()
  const old = later<unknown>()
  let count = 0
  stubServer({
    'POST /api/scripts/check': () =>
      (count += 1) === 1 ? old.promise : { findings: [LONG], quotes: [], readSeconds: [] },
  })
  const running = check(sample())
  await check(sample())
  old.give({ findings: [PROMISE], quotes: [], readSeconds: [] })
  await running
  expect(reply.value?.findings).toEqual([LONG])
})

it('without an answer of the checks, writing goes on', async () => {
  it1 = await build({}, { 'POST /api/scripts/check': () => problem('route.not_found', 404) })
  await it1.checked()
  expect(isChecked.value).toBe(false)
  expect(it1.area().value).toBe('我冰箱里有药！')
})

it('a clause is what stands between two pauses', () => {
  const text = '您别急，今晚一定来电，放心。'
  expect(text.slice(...clauseAround(text, '一定'))).toBe('今晚一定来电')
  expect(clauseAround(text, '不在这里')).toEqual([0, text.length])
})
