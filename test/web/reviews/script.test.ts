import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { i18n } from '../../../web/app/i18n.ts'
import ReadingPane from '../../../web/reviews/ReadingPane.vue'
import { METHOD, TEXT, revisionOf } from '../scripts/sample.ts'
import { problem, stubServer, type Answer } from '../server-stub.ts'
import { view } from './sample.ts'

const REASON = { step: 1, rule: 'step.long', reason: '客户一口气说完' }
const script = { ...TEXT, reasons: [REASON], steps: [...TEXT.steps] }
const review = view(1, { entryKind: 'script', revision: revisionOf(script, { reviewId: 1, mayEdit: false }) })

async function show(check: Answer) {
  const { asked } = stubServer({ 'GET /api/method': () => METHOD, 'POST /api/scripts/check': check })
  const pane = mount(ReadingPane, { props: { review }, global: { plugins: [i18n] }, attachTo: document.body })
  await flushPromises()
  await flushPromises()
  return { pane, asked }
}
const finding = {
  step: 1,
  line: 1,
  severity: 'warning',
  rule: 'step.long',
  message: '这一步太长',
  reasoned: true,
}

afterEach(() => {
  document.body.innerHTML = ''
  vi.unstubAllGlobals()
})

describe('a script under review', () => {
  it('is read by its steps, as it sounds, with the time each takes', async () => {
    const readSeconds = [{ step: 1, seconds: 41 }]
    const { pane } = await show(() => ({ findings: [], quotes: [], readSeconds }))
    expect(pane.find('.script-reading h2').text()).toBe('整栋楼停电，冰箱里有药')
    const [first, second] = pane.findAll('.heard-step')
    expect(first?.text()).toContain('模糊式分析')
    expect(first?.text()).toContain('约 41 秒读完')
    expect(first?.text()).toContain('听得出您很着急。')
    expect(second?.text()).toContain('先保住药，再说来电。')
    expect(pane.find('.report').text()).toContain('检查没有发现问题')
    expect(pane.find('.prose').exists()).toBe(false)
  })

  it('has what the checks say at its step, with the reason its author gave', async () => {
    const { pane, asked } = await show(() => ({ findings: [finding], quotes: [], readSeconds: [] }))
    expect(asked.find(one => one.method === 'POST')?.body).toMatchObject({
      reasons: [REASON],
      scope: {},
      whole: true,
    })
    expect(pane.find('.heard-step').text()).toContain('这一步太长')
    expect(pane.find('.heard-step').text()).toContain('客户一口气说完')
  })

  it('names what is missing in steps that say nothing', async () => {
    const missing = { step: 8, severity: 'error', rule: 'step.missing', message: '第 8 步没有' }
    const { pane } = await show(() => ({ findings: [missing], quotes: [], readSeconds: [] }))
    expect(pane.find('.report').text()).toContain('第 8 步没有')
  })

  it('is read without its report when the checks do not answer', async () => {
    const { pane } = await show(() => problem('server.fault', 500))
    expect(pane.find('.report').text()).toContain('检查结果暂时看不到')
    expect(pane.findAll('.heard-step')).toHaveLength(2)
  })
})
