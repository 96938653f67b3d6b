import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { degraded, look, watchConnection } from '../../../web/api/index.ts'
import TopBar from '../../../web/app/TopBar.vue'
import { i18n } from '../../../web/app/i18n.ts'
import { screens } from '../../../web/app/screens.ts'
import ListState from '../../../web/desk/ListState.vue'
import { current } from '../../../web/desk/call.ts'
import * as search from '../../../web/desk/search.ts'
import { stubServer } from '../server-stub.ts'

const CALL = { id: 5, startedAt: new Date().toISOString(), endedAt: null, area: null, outcome: null }
const MARK = '检索降级'
const LINE = '检索降级：备用引擎在作答，内容完整、最新，排序可能略有不同。'

let isDown: boolean
let top: VueWrapper
let list: VueWrapper
const mark = () => top.get('.connection')
const engine = () => ({ name: 'meilisearch', degraded: isDown, documents: 1 })
const hit = { kind: 'answer', id: 1, title: '甲' }
const ask = async () => {
  await search.ask()
  await flushPromises()
}

beforeEach(async () => {
  isDown = false
  vi.useFakeTimers()
  stubServer({
    'GET /api/health': () => ({ status: 'ok', version: '1', engine: engine(), database: { ok: true } }),
    'GET /api/search': () => {
      const facets = { kind: {}, category: {} }
      return { query: '停电', confident: true, total: 1, notices: [], hits: [hit], facets, degraded: isDown }
    },
    'GET /api/notifications': () => ({ total: 0, unread: 0, notifications: [] }),
    'POST /api/calls': () => CALL,
  })
  current.value = null
  search.reply.value = undefined
  search.text.value = '停电'
  const options = { global: { plugins: [i18n] }, attachTo: document.body }
  top = mount(TopBar, { ...options, props: { screen: screens[0]!, roles: ['agent'] } })
  list = mount(ListState, options)
  watchConnection()
  await flushPromises()
})

afterEach(async () => {
  isDown = false
  await look()
  top.unmount()
  list.unmount()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('the mark of a degraded search', () => {
  it('is there in words with the first answer of the engine that stands in, told politely and once', async () => {
    await ask()
    expect([mark().text(), list.text()]).toEqual(['', ''])
    isDown = true
    await ask()
    expect([mark().text(), list.text()]).toEqual([MARK, LINE])
    const regions = [...document.querySelectorAll('[role=status], [role=alert], [aria-live]')]
    const telling = regions.filter(one => one.textContent.includes(MARK))
    expect(telling).toEqual([mark().element])
    expect(mark().attributes('role')).toBe('status')
  })

  it('is not told again with every further search', async () => {
    isDown = true
    await ask()
    const told = vi.fn()
    const observer = new MutationObserver(told)
    observer.observe(mark().element, { childList: true, subtree: true, characterData: true })
    await ask()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(mark().text()).toBe(MARK)
    expect(told).not.toHaveBeenCalled()
    isDown = false
    await vi.advanceTimersByTimeAsync(3_000)
    expect(told).toHaveBeenCalled()
    observer.disconnect()
  })

  it('goes away by itself soon after the engine is back, though nobody searches', async () => {
    isDown = true
    await ask()
    await vi.advanceTimersByTimeAsync(6_000)
    expect([mark().text(), list.text()]).toEqual([MARK, LINE])
    isDown = false
    await vi.advanceTimersByTimeAsync(3_000)
    expect([mark().text(), list.text()]).toEqual(['', ''])
    isDown = true
    await vi.advanceTimersByTimeAsync(29_000)
    expect(degraded.value).toBe(false)
    await vi.advanceTimersByTimeAsync(1_000)
    expect([mark().text(), degraded.value]).toEqual([MARK, true])
  })

  it('goes away with the first answer of the engine that is back', async () => {
    isDown = true
    await ask()
    isDown = false
    await ask()
    expect([mark().text(), list.text()]).toEqual(['', ''])
  })
})
