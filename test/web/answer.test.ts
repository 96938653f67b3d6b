import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as answer from '../../web/desk/answer.ts'
import { current } from '../../web/desk/call.ts'
import { basisText, bodyText } from '../../web/desk/copies.ts'
import { linkedEntry, linkedPage } from '../../web/reading/links.ts'
import { later, problem, settle, stubServer, type Asked } from './server-stub.ts'

const brief = (id: number, say = '请先别修。') => ({
  id,
  kind: 'answer' as const,
  category: '供电可靠' as const,
  topic: '家电损坏赔偿',
  title: `家电烧坏了怎么赔 ${id}`,
  scope: {},
  labels: [],
  say,
})
const whole = (id: number) => ({
  ...brief(id),
  favourite: false,
  basis: [
    {
      sourceId: 1,
      title: '居民用户家用电器损坏处理办法',
      number: '电力工业部令第7号',
      clause: '第7条',
      status: 'current',
    },
  ],
  bodyHtml:
    '<h2>怎么算</h2><ul><li>能修的，<strong>修</strong></li></ul><table><tr><th>情形</th><th>处理</th></tr></table>',
})
const openCall = {
  id: 5,
  startedAt: new Date().toISOString(),
  endedAt: null,
  searches: [],
  opened: [],
  copied: [],
  followed: [],
}

let asked: Asked[]
const reads = () =>
  asked.filter(one => one.url.pathname.startsWith('/api/entries')).map(one => one.url.search)

beforeEach(() => {
  current.value = openCall as unknown as typeof current.value
  ;({ asked } = stubServer({
    'GET /api/entries/1': () => whole(1),
    'GET /api/entries/2': () => whole(2),
    'GET /api/calls/5': () => openCall,
    'PUT /api/favourite-entries/1': () => new Response(null, { status: 204 }),
  }))
})
afterEach(() => {
  answer.clearAnswer()
  current.value = null
  vi.unstubAllGlobals()
})

describe('the answer pane', () => {
  it('shows the say of a hit at once and the rest when it comes, without counting it', async () => {
    const shownInFull = answer.preview(brief(1))
    expect(answer.shownSay.value).toBe('请先别修。')
    expect(answer.shownEntry.value).toBeNull()
    await shownInFull
    expect(answer.shownEntry.value?.id).toBe(1)
    expect(reads()).toEqual([''])
    expect(answer.opened.value).toBe(false)
  })

  it('counts what is opened to the call, with how and at which rank', async () => {
    await answer.open(brief(2), { how: 'number', rank: 3 })
    expect(reads()).toEqual(['?call=5&how=number&rank=3'])
    expect(answer.opened.value).toBe(true)
  })

  it('counts nothing while there is no open call', async () => {
    current.value = { ...openCall, endedAt: openCall.startedAt } as unknown as typeof current.value
    await answer.open(brief(2), { how: 'recent' })
    expect(reads()).toEqual([''])
  })

  it('never shows an overtaken entry', async () => {
    const slow = later<unknown>()
    stubServer({ 'GET /api/entries/1': () => slow.promise, 'GET /api/entries/2': () => whole(2) })
    void answer.preview(brief(1))
    await answer.preview(brief(2))
    slow.give(whole(1))
    await settle()
    expect(answer.shown.value?.id).toBe(2)
  })

  it('takes away at once what was withdrawn meanwhile', async () => {
    stubServer({ 'GET /api/entries/1': () => problem('entry.not_found', 404) })
    await answer.preview(brief(1))
    expect(answer.shown.value).toBeNull()
    expect(answer.refusal.value).toMatchObject({ code: 'entry.not_found' })
  })

  it('turns the mark of a favourite', async () => {
    await answer.open(brief(1), { how: 'list' })
    expect(await answer.toggleFavourite()).toBe(true)
    expect(answer.shownEntry.value?.favourite).toBe(true)
  })
})

describe('what is copied', () => {
  beforeEach(() => answer.open(brief(1), { how: 'list' }))

  it('names each document with number and clause', () =>
    expect(basisText()).toBe('《居民用户家用电器损坏处理办法》（电力工业部令第7号）第7条'))

  it('is plain text: a block a line, cells by tabs', () =>
    expect(bodyText()).toBe('怎么算\n能修的，修\n情形\t处理'))
})

const pressed = (html: string) => {
  document.body.innerHTML = html
  return document.querySelector('b')
}

describe('links in an entry', () => {
  it('to an entry are told from others', () => {
    expect(linkedEntry(pressed('<a href="/desk?entry=12"><b>七天期限</b></a>'))).toBe(12)
    expect(linkedEntry(pressed('<a href="/desk?entry=12&role=admin"><b>x</b></a>'))).toBeUndefined()
    expect(linkedEntry(pressed('<p><b>x</b></p>'))).toBeUndefined()
  })

  it('to other sites are never followed in place of the desk', () => {
    expect(linkedPage(pressed('<a href="https://www.nea.gov.cn/"><b>x</b></a>'))).toBe(
      'https://www.nea.gov.cn/',
    )
    expect(linkedPage(pressed('<a href="javascript:alert(1)"><b>x</b></a>'))).toBeUndefined()
    expect(linkedPage(pressed('<a href="/desk?entry=12"><b>x</b></a>'))).toBeUndefined()
  })
})
