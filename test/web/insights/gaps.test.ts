import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { GapSummary } from '#server/contract/gap.ts'
import { i18n } from '../../../web/app/i18n.ts'
import Insights from '../../../web/insights/Insights.vue'
import { closeDialog, dialog } from '../../../web/insights/decisions.ts'
import { category } from '../../../web/insights/gaps.ts'
import { span } from '../../../web/insights/period.ts'
import { goToAddress } from '../../../web/insights/place.ts'
import { commands } from '../../../web/ui/commands.ts'
import { listenForKeys } from '../../../web/ui/hotkeys.ts'
import { toasts } from '../../../web/ui/toasts.ts'
import { problem, stubServer, type Asked } from '../server-stub.ts'
import { forgetBoard } from './forget.ts'
import { press } from './keys.ts'
import { boardOf, gap, gapView, readings } from './sample.ts'

let listed: GapSummary[]
let asked: Asked[]
let reply: () => unknown
let stopKeys: () => void
const open = async () => {
  const page = mount(Insights, { global: { plugins: [i18n] }, attachTo: document.body })
  await flushPromises()
  await vi.advanceTimersByTimeAsync(200)
  await flushPromises()
  return page
}
const put = () => asked.findLast(one => one.method === 'PUT')
const boards = () => asked.filter(one => one.url.pathname === '/api/gaps').map(one => one.url.searchParams)

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  listed = [gap(1), gap(2, { isVital: false, owner: { id: 4, name: '陈曦' } }), gap(3)]
  reply = () => boardOf(listed)
  const view = (id: number) => () => gapView(listed.find(one => one.id === id) ?? gap(id))
  ;({ asked } = stubServer({
    ...readings(),
    'GET /api/gaps': () => reply(),
    'GET /api/gaps/1': view(1),
    'GET /api/gaps/2': view(2),
    'PUT /api/gaps/1/mark': () => {
      listed = listed.map(one => (one.id === 1 ? { ...one, question: { id: 77, state: 'routed' } } : one))
      return view(1)()
    },
    'PUT /api/gaps/2/mark': view(2),
  }))
  stopKeys = listenForKeys(() => commands.value)
  goToAddress('/insights/gaps')
})
afterEach(() => {
  stopKeys()
  forgetBoard()
  document.body.innerHTML = ''
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('the gap board', () => {
  it('lists gaps with counts, age, owner, and reads the chosen one whole', async () => {
    const page = await open()
    const [first, second] = page.findAll('[role=option]').map(one => one.text())
    for (const words of [
      '10 次',
      '9 通来电',
      '已 40 天',
      '供电服务',
      '市场营销',
      '80% 以内',
      '无人负责',
      '0、1、0、2、0、3、0、4',
    ])
      expect(first).toContain(words)
    expect(second).toContain('陈曦')
    expect(second).not.toContain('80% 以内')
    const pane = page.find('.gap-reading').text()
    for (const words of ['装充电桩要什么材料7', '新装用电要带什么？']) expect(pane).toContain(words)
    page.unmount()
  })

  it('goes by arrows; Enter reads, Esc comes back to the list', async () => {
    const page = await open()
    await press('ArrowDown')
    await vi.advanceTimersByTimeAsync(200)
    await flushPromises()
    expect(page.find('[aria-selected=true]').text()).toContain('材料 2')
    expect(page.find('.gap-reading h2').text()).toContain('材料 2')
    await press('Enter')
    expect(document.activeElement?.id).toBe('gap-reading')
    await press('Escape')
    expect(document.activeElement?.id).toBe('gap-list')
    page.unmount()
  })

  it('Q makes a question of it once, and the row says which', async () => {
    const page = await open()
    await press('q')
    expect(put()?.body).toEqual({ kind: 'questioned' })
    expect(page.find('[role=option]').text()).toContain('待答 77')
    expect(toasts.value[0]).toMatchObject({ key: 'insights.gap.toast.questioned', values: { id: 77 } })
    await press('q')
    expect(asked.filter(one => one.method === 'PUT')).toHaveLength(1)
    page.unmount()
  })

  it('A gives it to an expert that is picked', async () => {
    const page = await open()
    await press('a')
    await page.find('[role=combobox]').trigger('focus')
    await vi.advanceTimersByTimeAsync(10)
    await flushPromises()
    await page.find('.combobox [role=option]').trigger('click')
    await page.find('form').trigger('submit')
    await flushPromises()
    expect(put()?.body).toEqual({ kind: 'assigned', ownerId: 4 })
    expect(dialog.value).toBeUndefined()
    page.unmount()
  })

  it('I wants a reason, and what was written outlives the dialog', async () => {
    const page = await open()
    await press('ArrowDown')
    await press('i')
    expect(page.find('dialog .main').attributes('disabled')).toBeDefined()
    await page.find('textarea').setValue('不是供电业务')
    closeDialog()
    await flushPromises()
    await press('i')
    expect(page.find('textarea').element.value).toBe('不是供电业务')
    await page.find('form').trigger('submit')
    await flushPromises()
    expect(put()?.body).toEqual({ kind: 'ignored', reason: '不是供电业务' })
    page.unmount()
  })

  it('V shows the ignore list, where R restores', async () => {
    listed = [gap(1, { isIgnored: true })]
    const page = await open()
    await press('v')
    expect(boards().at(-1)?.get('ignored')).toBe('true')
    await press('r')
    expect(put()?.body).toEqual({ kind: 'restored' })
    page.unmount()
  })

  it('is filtered by period and category; P, C and D lead to the filters', async () => {
    const page = await open()
    expect(boards().at(-1)?.has('from')).toBe(true)
    await press('c')
    expect(document.activeElement?.id).toBe('insights-category')
    await page.find('#insights-category').setValue('供电安全')
    await page.find('#insights-period').setValue('all')
    await flushPromises()
    expect([boards().at(-1)?.get('category'), boards().at(-1)?.has('from')]).toEqual(['供电安全', false])
    page.unmount()
  })

  it('says each chart in a table, for everyone with T', async () => {
    const page = await open()
    expect(page.find('.gap-charts .unseen table').text()).toContain('充电桩报装要带哪些材料 1')
    await press('t')
    expect(page.find('.gap-charts canvas').exists()).toBe(false)
    expect(page.find('.gap-charts .chart-table').attributes('tabindex')).toBe('0')
    page.unmount()
  })
})

describe('what the board says when there is nothing to show', () => {
  it.each([
    ['all', '', '还没有知识缺口。'],
    ['28', '', '这个时段没有知识缺口。'],
    ['28', '供电安全', '这个筛选下没有知识缺口。'],
  ] as const)('period %s, category %s', async (period, only, words) => {
    listed = []
    span.value = period
    category.value = only
    const page = await open()
    expect(page.find('.gap-state').text()).toContain(words)
    expect(page.find('.gap-charts').exists()).toBe(false)
    page.unmount()
  })

  it('keeps what was read when the server is gone, and says so', async () => {
    const page = await open()
    reply = () => {
      throw new TypeError('gone')
    }
    await press('v')
    expect(page.find('.gap-state').text()).toContain('连不上服务器')
    page.unmount()
  })

  it('says that gaps are not for everyone', async () => {
    reply = () => problem('right.missing', 403)
    const page = await open()
    expect(page.find('.gap-state').text()).toContain('您的角色不能这样操作')
    page.unmount()
  })
})
