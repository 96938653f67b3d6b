import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { dialog } from '../../../web/questions/dialogs.ts'
import { toasts } from '../../../web/ui/toasts.ts'
import { problem } from '../server-stub.ts'
import { open, run, serve } from './desk.ts'
import { answer, view } from './sample.ts'

afterEach(async () => {
  dialog.value = undefined
  await flushPromises()
  document.body.innerHTML = ''
  localStorage.clear()
  sessionStorage.clear()
  vi.unstubAllGlobals()
})

const at = '2026-09-01T02:00:00.000Z'
const step = (kind: 'answer_returned' | 'submitted' | 'refused', reason: string | null = null) => ({
  kind,
  at,
  by: { id: 5, name: '赵岚' },
  department: null,
  reason,
  otherId: null,
})

describe('a question', () => {
  it('shows every wording with what was searched, what is near, and each step with who and why', async () => {
    serve({
      'GET /api/questions/1': () =>
        view(1, { steps: [...view(1).steps, step('refused', '暂无政策依据')], state: 'refused', may: [] }),
    })
    const page = await open('/questions/1')
    const wordings = page.findAll('.wordings li').map(one => one.text())
    expect(wordings[0]).toContain('当时查：光伏 验收')
    expect(wordings[1]).toContain('没有查询')
    expect(
      page
        .findAll('.near')
        .map(one => one.text())
        .join(),
    ).toContain('相似 62%')
    expect(
      page
        .findAll('.near')
        .map(one => one.text())
        .join(),
    ).toContain('光伏并网要多久')
    expect(page.findAll('.steps li').map(one => one.find('b').text())).toEqual(['提出', '派给', '不予答复'])
    expect(page.findAll('.steps li').at(-1)?.text()).toContain('暂无政策依据')
    expect(page.find('.outcome').text()).toContain('不予答复的原因')
    expect(page.find('.answer-form').exists()).toBe(false)
    page.unmount()
  })

  it('offers what the server says may be done, and nothing else', async () => {
    serve({ 'GET /api/questions/1': () => view(1, { may: ['releasing'] }) })
    const page = await open('/questions/1')
    expect(page.findAll('.answer-pane .button').map(one => one.find('span').text())).toEqual(['放回'])
    expect(await run('takeQuestion')).toBe(false)
    expect(await run('mergeQuestion', '1')).toBe(false)
    page.unmount()
  })

  it('that a colleague took first names them, and keeps what was typed', async () => {
    let isTaken = false
    serve({
      'GET /api/questions/1': () =>
        view(1, isTaken ? { state: 'taken', taker: { id: 8, name: '吴宁' }, may: [] } : {}),
      'PUT /api/questions/1/taking': () => {
        isTaken = true
        return problem('question.taken', 409)
      },
    })
    const page = await open('/questions/1')
    await page.find('#question-say').setValue('我马上给您登记催办。')
    await run('takeQuestion')
    expect(toasts.value[0]).toMatchObject({ key: 'questions.takenBy', values: { name: '吴宁' }, tone: 'bad' })
    expect(page.find('.answer-pane .state').text()).toContain('吴宁在办')
    expect(localStorage.getItem('firstline.answer.9.1')).toContain('登记催办')
    page.unmount()
  })

  it('is joined to a near one by its number, after a look at both', async () => {
    const { asked } = serve({ 'PUT /api/questions/1/merge': () => ({ state: 'merged' }) })
    const page = await open('/questions/1')
    await run('mergeQuestion', '１')
    expect(page.find('dialog').text()).toContain('光伏并网没人验收')
    await page.find('dialog form').trigger('submit')
    await flushPromises()
    expect(asked.find(one => one.method === 'PUT')?.body).toEqual({ intoId: 71 })
    expect(toasts.value[0]?.commands).toEqual(['unmergeQuestion'])
    page.unmount()
  })

  it('lets a merged asking be split off', async () => {
    const { asked } = serve({ 'DELETE /api/questions/1001/merge': () => ({ state: 'routed' }) })
    const page = await open('/questions/1')
    expect(page.findAll('.wordings button')).toHaveLength(1)
    await page.find('.wordings button').trigger('click')
    await flushPromises()
    expect(asked.some(one => one.method === 'DELETE')).toBe(true)
    expect(location.pathname).toBe('/questions/1001')
    page.unmount()
  })

  it.each([
    ['askForFacts', 'return', '/api/questions/1/return'],
    ['refuseQuestion', 'refusal', '/api/questions/1/refusal'],
  ])('asks for a reason, which outlives a refusal: %s', async (command, name, path) => {
    let isDown = true
    const { asked } = serve({
      [`POST ${path}`]: () => (isDown ? problem('question.in_review', 409) : { state: 'returned' }),
    })
    const page = await open('/questions/1')
    await run(command)
    await page.find('dialog textarea').setValue('要知道电压等级')
    await page.find('dialog form').trigger('submit')
    await flushPromises()
    expect(page.find('dialog [role=alert]').text()).toContain('评审')
    expect(sessionStorage.getItem(`firstline.questions.${name}.1`)).toBe('要知道电压等级')
    isDown = false
    await page.find('dialog form').trigger('submit')
    await flushPromises()
    expect(asked.findLast(one => one.url.pathname === path)?.body).toEqual({ reason: '要知道电压等级' })
    expect(sessionStorage.getItem(`firstline.questions.${name}.1`)).toBeNull()
    page.unmount()
  })

  it('is routed elsewhere with a reason, those that support it first', async () => {
    const { asked } = serve({ 'POST /api/questions/1/routing': () => ({ state: 'routed' }) })
    const page = await open('/questions/1')
    await run('routeQuestion')
    expect(page.findAll('dialog option').map(one => one.attributes('value'))).toEqual(['service', 'safety'])
    await page.find('dialog textarea').setValue('属于客户服务')
    await page.find('dialog form').trigger('submit')
    await flushPromises()
    expect(asked.find(one => one.method === 'POST')?.body).toEqual({
      department: 'service',
      reason: '属于客户服务',
    })
    page.unmount()
  })

  it('says what became of the answer: with the committee, sent back, published and called back', async () => {
    let shown = view(1, { state: 'in_review', answer: answer(), may: [] })
    serve({ 'GET /api/questions/1': () => shown })
    const page = await open('/questions/1')
    const again = async (now: typeof shown) => {
      shown = now
      document.dispatchEvent(new Event('visibilitychange'))
      await flushPromises()
      return page.find('.outcome')
    }
    expect(page.find('.outcome').text()).toContain('看评审')
    const back = [step('submitted'), step('answer_returned', '口径缺时限')]
    const sent = await again(view(1, { state: 'taken', answer: answer(), steps: back }))
    expect(sent.text()).toContain('运维小组退回')
    expect(sent.text()).toContain('口径缺时限')
    const out = await again(
      view(1, { state: 'published', answer: answer({ say: '五个工作日内上门。' }), steps: [], may: [] }),
    )
    expect(out.text()).toContain('五个工作日内上门。')
    expect(out.find('a').attributes('href')).toBe('/desk?entry=41')
    expect(out.find('.callbacks').text()).toContain('等答案后回拨 1')
    page.unmount()
  })
})
