import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ScriptFigures } from '#server/contract/script-use.ts'
import { i18n } from '../../../web/app/i18n.ts'
import { me } from '../../../web/api/index.ts'
import Insights from '../../../web/insights/Insights.vue'
import { goToAddress } from '../../../web/insights/place.ts'
import {
  resolutionDrawing,
  stepsDrawing,
  stepsTable,
  usesDrawing,
} from '../../../web/insights/script-charts.ts'
import { chosenScriptId, scripts, scriptsFailure } from '../../../web/insights/scripts.ts'
import { choosing } from '../../../web/insights/tables.ts'
import { commands } from '../../../web/ui/commands.ts'
import { listenForKeys } from '../../../web/ui/hotkeys.ts'
import { problem, stubServer, type Answer } from '../server-stub.ts'
import { fcrFigures, loopFigures, readings } from './sample.ts'
import { press } from '../desk/following-page.ts'

const t = (key: string, values: Record<string, unknown> = {}) => i18n.global.t(key, values)
const figures: ScriptFigures = {
  from: '2026-10-26',
  until: '2026-11-22',
  scripts: [
    {
      scriptId: 7,
      title: '整栋楼停电，冰箱里有药',
      uses: 10,
      outcomes: [
        { verdict: 'resolved', calls: 6 },
        { verdict: 'escalated', calls: 1 },
        { verdict: null, calls: 3 },
      ],
      fcr: { numerator: 6, denominator: 7, value: 6 / 7 },
      reached: [10, 9, 9, 7, 7, 5, 4, 4, 3],
      practices: 2,
      averageScore: 7.5,
    },
    {
      scriptId: 8,
      title: '电费是上个月的三倍',
      uses: 1,
      outcomes: [{ verdict: null, calls: 1 }],
      fcr: { numerator: 0, denominator: 0, value: null },
      reached: [1, 0, 0, 0, 0, 0, 0, 0, 0],
      practices: 0,
      averageScore: null,
    },
  ],
  violations: [{ rule: 'promise.time', severity: 'error', submissions: 4 }],
}

let page: VueWrapper
let server: Record<string, Answer>
let stop: () => void

async function open(address: string): Promise<void> {
  goToAddress(address)
  page = mount(Insights, { global: { plugins: [i18n] }, attachTo: document.body })
  await flushPromises()
}

beforeEach(() => {
  server = {
    ...readings(),
    'GET /api/figures/scripts': () => figures,
    'GET /api/figures/questions': () => loopFigures,
    'GET /api/figures/fcr': () => fcrFigures(),
  }
  stubServer(server)
  stop = listenForKeys(() => commands.value)
})
afterEach(() => {
  stop()
  page.unmount()
  choosing.value = false
  scripts.value = chosenScriptId.value = scriptsFailure.value = undefined
  me.value = undefined
  document.body.innerHTML = ''
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

describe('the figures of scripts', () => {
  it('stand in a row a script, with every outcome, resolution and practice', async () => {
    await open('/insights/scripts')
    const rows = page.findAll('.figure-table tbody tr').map(one => one.findAll('td').map(cell => cell.text()))
    expect(rows[0]?.slice(1)).toEqual(['6', '0', '1', '3', '85.7%', '6/7', '2', '7.5'])
    expect(page.text()).toContain(t('scriptRule.promise.time'))
    expect(rows[1]?.slice(1)).toEqual(['0', '0', '0', '1', '—', '0/0', '0', '—'])
  })

  it('show how far another script was followed, by arrow and Enter', async () => {
    await open('/insights/scripts')
    expect(page.text()).toContain('走到每一步的有多少 · 整栋楼停电')
    await press('ArrowDown')
    await press('Enter')
    expect(page.text()).toContain('走到每一步的有多少 · 电费是上个月的三倍')
  })

  it('say what they are not: no figure yet, or no answer of the server', async () => {
    server['GET /api/figures/scripts'] = () => problem('route.not_found', 404)
    await open('/insights/scripts')
    expect(page.find('.failed').text()).toBe('没有这个地址。')
    page.unmount()
    server['GET /api/figures/scripts'] = () => ({ ...figures, scripts: [], violations: [] })
    await open('/insights/scripts')
    expect(page.find('.none').text()).toContain('这段时间没有跟过话术')
  })
})

describe('what is drawn of scripts', () => {
  const [first, second] = figures.scripts

  it('leaves out of resolution what no call counts for: a dash is not 0', () => {
    expect(resolutionDrawing(figures.scripts, t, 'zh-CN').labels).toEqual(['整栋楼停电，冰箱里有药'])
    expect(usesDrawing(figures.scripts, t).series[0]?.values).toEqual([10, 1])
  })

  it('shows the drop from step to step', () => {
    expect(stepsDrawing(first!, t, 'zh-CN').series[0]?.texts?.at(-1)).toBe('30%')
    expect(stepsTable(first!, t, 'zh-CN').rows[3]).toEqual(['4', '7', '70%', '2'])
    expect(stepsTable({ ...second!, uses: 0 }, t, 'zh-CN').rows[0]?.[2]).toBe('—')
  })
})

describe('tables as files', () => {
  it.each([
    ['/insights/scripts', '各份话术的使用、结果和演练'],
    ['/insights/loop', t('insights.loop.caption')],
    ['/insights/fcr', t('insights.fcr.caption')],
    ['/insights/gaps', t('insights.page.gaps')],
  ])('are offered by X on %s, each under a figure', async (address, title) => {
    await open(address)
    await press('x')
    const names = page.findAll('.downloads button').map(one => one.text())
    expect(names.some(name => name.startsWith(title))).toBe(true)
    expect(names[0]).toMatch(/1$/u)
  })

  it('are handed over by their figure, named by their title', async () => {
    const files: string[] = []
    URL.createObjectURL ??= () => ''
    vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:1')
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(
      this: HTMLAnchorElement,
    ) {
      files.push(this.download)
    })
    await open('/insights/scripts')
    await press('x')
    page.find<HTMLElement>('dialog .close, dialog button').element.focus()
    await press('1', { isComposing: true })
    expect(files).toEqual([])
    await press('1')
    expect(files).toEqual(['各份话术用了多少次.csv'])
    expect(page.find('.downloads').exists()).toBe(false)
  })
})
