import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { i18n } from '../../../web/app/i18n.ts'
import { problem, stubServer, type Asked } from '../server-stub.ts'
import { done, later, openSystem, serving, type Told } from './page.ts'

let told: Told
let page: VueWrapper
let asked: Asked[]
let close: () => void
const open = async () => ({ page, asked, close } = await openSystem(told))

beforeEach(() => {
  told = { remote: serving(), documents: [], attempt: done }
})
afterEach(() => close())

describe('the state of the engine', () => {
  it('serving: who answers and since when, and the figures', async () => {
    told.remote = serving({ waiting: 2, stale: 3 })
    await open()
    expect(page.get('.state').text()).toBe('检索由 Meilisearch 作答，运行正常。')
    expect(page.get('.since').text()).toBe('自 10:03 起由它作答（18分钟前）')
    expect(page.findAll('dd').map(one => one.text())).toEqual([
      '312 条',
      '2 条',
      '0 条',
      '3 次自服务启动以来',
    ])
  })

  it('down: why, what to do, and the word of the server, in both languages', async () => {
    told.remote = serving({ state: 'down', fault: 'unauthorized', code: 'invalid_api_key' })
    await open()
    expect(page.text()).toContain('坐席照常检索')
    const answers = () => page.findAll('.engine-state dd').map(one => one.text())
    expect(answers()).toEqual([
      '密钥不对，或权限不够。',
      '在本机运行 npm run meili -- doctor --make-key 生成新密钥，写进 MEILI_KEY，再重启服务。',
      'invalid_api_key',
    ])
    expect(page.get('.doctor').text()).toContain('npm run meili -- doctor')
    i18n.global.locale.value = 'en'
    await flushPromises()
    expect(answers()[0]).toBe('The key is wrong or may not do enough.')
    expect(page.get('.state').text()).toMatch(/^Meilisearch cannot be used/u)
  })

  it('building: how far, and then that the new index is in place', async () => {
    told.remote = serving({ state: 'building', build: { sent: 200, swapped: false } })
    await open()
    expect(page.get('.build').text()).toContain('已送 200 条，共 312 条')
    expect(page.get('progress').attributes()).toMatchObject({ value: '200', max: '312' })
    told.remote = serving({ state: 'building', build: { sent: 320, swapped: true } })
    await later(3_000)
    expect(page.get('.build').text()).toContain('新索引已换上')
    expect(page.get('progress').attributes('value')).toBe('312')
  })

  it('without a server outside: that the engine in the process answers, with how many documents', async () => {
    told.remote = null
    await open()
    expect(page.get('.state').text()).toBe('检索由本机引擎作答，运行正常。')
    expect(page.findAll('dd').map(one => one.text())).toEqual(['312 条'])
    expect(page.find('.set-aside').exists()).toBe(false)
  })

  it('is read again while the page is in sight, and told politely when it changes', async () => {
    await open()
    const region = page.get('.engine-state [role=status]')
    told.remote = serving({ state: 'down', fault: 'refused' })
    await later(3_000)
    expect(region.text()).toBe('Meilisearch 用不了，由本机引擎作答。')
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    const before = asked.length
    await later(30_000)
    expect(asked.length).toBe(before)
    vi.restoreAllMocks()
    document.dispatchEvent(new Event('visibilitychange'))
    await flushPromises()
    expect(asked.length).toBeGreaterThan(before)
  })

  it('stays when it cannot be read, with why', async () => {
    await open()
    stubServer({ 'GET /api/engine': () => problem('right.missing', 403) })
    await later(3_000)
    expect(page.get('.failed').text()).not.toBe('')
    expect(page.find('.state').exists()).toBe(true)
  })

  it('is not asked for any more once the page is left', async () => {
    await open()
    page.unmount()
    const before = asked.length
    await later(30_000)
    expect(asked.length).toBe(before)
  })
})
