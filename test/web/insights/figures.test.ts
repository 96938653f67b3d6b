import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { i18n } from '../../../web/app/i18n.ts'
import { me } from '../../../web/api/index.ts'
import Insights from '../../../web/insights/Insights.vue'
import { behindFcr, by, counted, fcr, fcrCell, noRepeat } from '../../../web/insights/fcr.ts'
import { behindLoop, loop, loopCell } from '../../../web/insights/loop.ts'
import { ownFrom, ownUntil, span } from '../../../web/insights/period.ts'
import { goToAddress } from '../../../web/insights/place.ts'
import { commands } from '../../../web/ui/commands.ts'
import { listenForKeys } from '../../../web/ui/hotkeys.ts'
import { stubServer, type Asked } from '../server-stub.ts'
import { press } from './keys.ts'
import { fcrFigures, loopFigures, readings } from './sample.ts'

let asked: Asked[]
let roles: string[]
let stopKeys: () => void
const last = (path: string) => asked.findLast(one => one.url.pathname === path)?.url.searchParams
const open = async (address: string) => {
  goToAddress(address)
  const page = mount(Insights, { global: { plugins: [i18n] }, attachTo: document.body })
  await flushPromises()
  return page
}
const question = {
  id: 31,
  text: '光伏并网怎么结算电费',
  department: 'market',
  raisedAt: '2026-11-20T02:00:00.000Z',
  ms: 28_800_000,
  inTime: null,
  calls: null,
}
const contact = {
  callId: 12,
  questionId: null,
  at: '2026-11-20T02:00:00.000Z',
  agent: null,
  verdict: 'follow_up',
  entryId: null,
  scriptId: null,
  topic: '报装',
  category: '供电服务',
  department: 'market',
  counted: false,
}

beforeEach(() => {
  roles = ['supervisor']
  ;({ asked } = stubServer({
    ...readings(),
    'GET /api/session': () => readings(roles)['GET /api/session'](),
    'GET /api/figures/questions': () => loopFigures,
    'GET /api/figures/questions/answered': () => ({ total: 1, questions: [question] }),
    'GET /api/figures/fcr': () => fcrFigures(),
    'GET /api/figures/fcr/fcr_verdict': () => ({ total: 1, contacts: [contact] }),
    'GET /api/figures/fcr/fcr_no_repeat_days': () => ({ total: 0, contacts: [] }),
  }))
  stopKeys = listenForKeys(() => commands.value)
})
afterEach(() => {
  stopKeys()
  loop.value = loopCell.value = behindLoop.value = fcr.value = fcrCell.value = behindFcr.value = undefined
  counted.value = 'all'
  noRepeat.value = 'fcr_no_repeat_days'
  by.value = 'week'
  span.value = '28'
  ownFrom.value = ownUntil.value = ''
  me.value = undefined
  document.body.innerHTML = ''
  vi.unstubAllGlobals()
})

describe('the figures of the loop', () => {
  it('stand by department and week, with median and 90th percentile', async () => {
    const page = await open('/insights/loop')
    const lines = page.findAll('[data-line]').map(one => one.text())
    expect(lines).toHaveLength(5)
    expect(lines[0]).toContain('8小时90% 在 24小时 内 · 4 件')
    expect(lines[0]).toContain('75%3/4')
    expect(lines[1]).toContain('市场营销')
    page.unmount()
  })

  it('open by key to the questions behind them, and Esc goes back to the number', async () => {
    const page = await open('/insights/loop')
    expect(document.activeElement?.hasAttribute('data-cell')).toBe(true)
    for (const key of ['ArrowDown', 'ArrowRight']) await press(key)
    const number = document.activeElement
    await press('Enter')
    expect(last('/api/figures/questions/answered')?.get('department')).toBe('market')
    expect(document.activeElement?.getAttribute('href')).toBe('/questions/31')
    expect(page.find('.behind').text()).toContain('8小时')
    await press('Escape')
    expect(document.activeElement).toBe(number)
    page.unmount()
  })

  it('of an expert are those of their department: no department is asked for', async () => {
    roles = ['expert']
    const page = await open('/insights/loop')
    expect(page.find('#insights-department').exists()).toBe(false)
    expect(page.text()).toContain('只含本部门')
    expect(last('/api/figures/questions')?.has('department')).toBe(false)
    page.unmount()
  })

  it('are what an expert lands on', async () => {
    roles = ['expert']
    const page = await open('/insights')
    expect(page.find('.figure-table').exists()).toBe(true)
    page.unmount()
  })
})

describe('first contact resolution', () => {
  it('stands three ways side by side, each with its own numerator and denominator in words', async () => {
    const page = await open('/insights/fcr')
    const three = page.findAll('.fcr-three .fcr-figure').map(one => one.text())
    expect(three).toHaveLength(3)
    expect(three[0]).toContain('10%分子1最后判定为“已解决”的来电分母10有判定的来电')
    expect(three[1]).toContain('7 天')
    expect(three[2]).toContain('40%')
    expect(page.find('.fcr-three').text()).not.toContain('首次解答率')
    expect(page.text()).toContain('首次解答率：另一个指标')
    page.unmount()
  })

  it('W turns the window between the days of the policy and 48 hours', async () => {
    const page = await open('/insights/fcr')
    await press('w')
    expect(page.findAll('.fcr-three h3')[1]?.text()).toBe('首次解决率（48 小时内未再来电）')
    await press('w')
    expect(page.findAll('.fcr-three h3')[1]?.text()).toBe('首次解决率（7 天内未再来电）')
    page.unmount()
  })

  it('opens a numerator to the contacts in it, and shows the rest of the denominator', async () => {
    const page = await open('/insights/fcr')
    await press('Enter')
    expect(last('/api/figures/fcr/fcr_verdict')?.get('counted')).toBe('true')
    await page.findAll('.counted input')[2]?.trigger('change')
    await flushPromises()
    expect(last('/api/figures/fcr/fcr_verdict')?.get('counted')).toBe('false')
    expect(page.find('.behind li').text()).toContain('来电 12')
    page.unmount()
  })

  it('by group opens what is behind one of them; what has no such thing is asked for as such', async () => {
    by.value = 'topic'
    const page = await open('/insights/fcr')
    expect(last('/api/figures/fcr')?.get('by')).toBe('topic')
    const cells = page.findAll('.figure-table .figure-cell')
    await cells[0]?.trigger('click')
    await flushPromises()
    expect(last('/api/figures/fcr/fcr_verdict')?.get('topic')).toBe('报装')
    expect(cells[4]?.text()).toContain('—')
    await cells[4]?.trigger('click')
    await flushPromises()
    expect(last('/api/figures/fcr/fcr_verdict')?.get('without')).toBe('topic')
    page.unmount()
  })

  it('says when nothing can be counted', async () => {
    stubServer({
      ...readings(),
      'GET /api/figures/fcr': () =>
        fcrFigures({
          total: 0,
          groups: [],
          figures: fcrFigures().figures.map(one => ({ ...one, numerator: 0, denominator: 0, value: null })),
        }),
    })
    const page = await open('/insights/fcr')
    expect(page.text()).toContain('这个时段没有可以统计的来电')
    expect(page.text()).toContain('没有分母，就没有比率')
    expect(page.find('.figure-table').exists()).toBe(false)
    page.unmount()
  })
})

describe('a period of one’s own', () => {
  it('that is none is not asked for; what was read stays', async () => {
    const page = await open('/insights/loop')
    const before = asked.length
    span.value = 'own'
    ownUntil.value = '2020-01-01'
    await flushPromises()
    expect(asked.slice(before).filter(one => one.url.searchParams.get('until') === '2020-01-01')).toEqual([])
    expect(page.find('[role=alert]').text()).toContain('结束不早于开始')
    expect(page.find('.figure-table').exists()).toBe(true)
    page.unmount()
  })
})
