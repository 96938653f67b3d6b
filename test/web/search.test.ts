import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import type { SearchReply } from '#server/contract/search.ts'
import { i18n } from '../../web/app/i18n.ts'
import SearchBox from '../../web/desk/SearchBox.vue'
import { area, current } from '../../web/desk/call.ts'
import * as search from '../../web/desk/search.ts'
import { later, problem, settle, stubServer, type Answer, type Asked } from './server-stub.ts'

const reply = (query: string, titles: string[] = [], more: Partial<SearchReply> = {}): SearchReply => ({
  query,
  confident: true,
  total: titles.length,
  notices: [],
  engine: 'embedded',
  degraded: false,
  hits: titles.map(
    (title, index) => ({ kind: 'answer', id: index + 1, title }) as SearchReply['hits'][number],
  ),
  facets: { kind: { answer: titles.length }, category: {} },
  ...more,
})
const call = { id: 5, startedAt: new Date().toISOString(), endedAt: null, area: null, outcome: null }
const echo: Answer = url => reply(url.searchParams.get('q') ?? '', ['甲', '乙'])

let stop: () => void
let asked: Asked[]
const searches = () =>
  asked.filter(one => one.url.pathname === '/api/search').map(one => one.url.searchParams.get('q'))
const serve = (answer: Answer) =>
  ({ asked } = stubServer({ 'GET /api/search': answer, 'POST /api/calls': () => call }))

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  serve(echo)
  search.text.value = ''
  search.reply.value = undefined
  search.clearFilters()
  area.value = ''
  current.value = null
  stop = search.searchAsTyped()
})
afterEach(() => {
  stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const type = async (words: string) => {
  search.text.value = words
  await nextTick()
}
const pause = async (ms = 60) => {
  await vi.advanceTimersByTimeAsync(ms)
  vi.useRealTimers()
  await settle()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
}

describe('search as one types', () => {
  it('asks once for a burst of keys', async () => {
    await type('停')
    await type('停电')
    await type('停电赔')
    await pause()
    expect(searches()).toEqual(['停电赔'])
    expect(search.reply.value?.query).toBe('停电赔')
    expect(search.isFresh.value).toBe(true)
  })

  it('keeps the old reply until the new one is there, and never lets a late one win', async () => {
    const slow = later<SearchReply>()
    serve(url => (url.searchParams.get('q') === '电' ? slow.promise : echo(url, {})))
    await type('停电')
    await pause()
    await type('电')
    await pause()
    expect(search.reply.value?.query).toBe('停电')
    expect(search.isFresh.value).toBe(false)
    await type('电费')
    await pause()
    slow.give(reply('电', ['晚到']))
    await pause(0)
    expect(search.reply.value?.query).toBe('电费')
  })

  it('begins a call by itself with the first words, and only then', async () => {
    await search.ask()
    await type('停电')
    await pause()
    await type('停电赔偿')
    await pause()
    expect(asked.filter(one => one.method === 'POST')).toHaveLength(1)
    const counted = asked
      .filter(one => one.url.pathname === '/api/search')
      .map(one => one.url.searchParams.get('call'))
    expect(counted).toEqual([null, '5', '5'])
  })

  it('goes on searching when a call cannot begin', async () => {
    ;({ asked } = stubServer({
      'GET /api/search': echo,
      'POST /api/calls': () => problem('database.busy', 503),
    }))
    await type('停电')
    await pause()
    expect(search.reply.value?.query).toBe('停电')
  })

  it('keeps what is shown when a search fails, and says why', async () => {
    await type('停电')
    await pause()
    serve(() => problem('server.fault', 500))
    await type('停电了')
    await pause()
    expect(search.reply.value?.query).toBe('停电')
    expect(search.failure.value).toMatchObject({ code: 'server.fault' })
    serve(echo)
    await search.freshen()
    expect(search.failure.value).toBeUndefined()
  })

  it('chooses the first hit of new results, none of the start page, and stays in the list', async () => {
    await search.ask()
    expect(search.chosen.value).toBe(-1)
    await type('停电')
    await pause()
    expect(search.chosen.value).toBe(0)
    search.choose(9)
    expect(search.chosen.value).toBe(1)
    search.choose(-9)
    expect(search.chosen.value).toBe(0)
  })

  it('keeps the choice when the same question is asked again', async () => {
    await type('停电')
    await pause()
    search.choose(1)
    await search.ask()
    expect(search.chosen.value).toBe(1)
  })

  it('still offers the other kinds while one is chosen', async () => {
    serve(url =>
      reply('停电', ['甲'], {
        facets: { kind: url.searchParams.get('kind') ? { rule: 1 } : { rule: 1, answer: 4 }, category: {} },
      }),
    )
    await type('停电')
    await pause()
    search.kind.value = 'rule'
    await pause()
    expect(search.kindCounts.value).toEqual({ rule: 1, answer: 4 })
  })
})

describe('the box', () => {
  it('searches composed words only', async () => {
    const box = mount(SearchBox, { global: { plugins: [i18n] } }).find('input')
    await box.trigger('compositionstart')
    box.element.value = 'ting'
    await box.trigger('input')
    await pause()
    expect(search.text.value).toBe('')
    expect(searches()).toEqual([])
    box.element.value = '停电'
    await box.trigger('compositionend')
    await box.trigger('input')
    await pause()
    expect(searches()).toEqual(['停电'])
  })
})
